// Turns a fragment of a page into nodes: the only HTML a page ever parses is one that it fetched from its own origin.

const policy = /** @type {any} */ (window).trustedTypes?.createPolicy('sprechzimmer', { createHTML: (/** @type {string} */ html) => html });

/** @param {string} html */
export function parse(html) {
  const parsed = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, 'text/html');
  return [...parsed.body.childNodes];
}
