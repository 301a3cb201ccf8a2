// The buttons of the room: toggles that carry words, panels that open and close, and the way out.

/** @param {Record<string, () => unknown>} actions by the name in data-toggle or data-action */
export function panels(actions) {
  for (const button of document.querySelectorAll('[data-toggle], [data-action]')) {
    const action = actions[button.getAttribute('data-toggle') ?? button.getAttribute('data-action') ?? ''];
    button.addEventListener('click', async () => {
      if (button.hasAttribute('aria-busy')) return; // a second click while the browser asks changes nothing
      button.setAttribute('aria-busy', 'true');
      await action?.();
      button.removeAttribute('aria-busy');
    });
  }
  for (const button of document.querySelectorAll('[data-panel]')) button.addEventListener('click', () => show(button, button.getAttribute('aria-expanded') !== 'true'));
  for (const button of document.querySelectorAll('[data-panel-close]')) button.addEventListener('click', close);
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && !document.querySelector('dialog[open]')) close(); });
  if (!navigator.mediaDevices?.getDisplayMedia) document.querySelector('[data-toggle="screen"]')?.setAttribute('hidden', '');

  // on a desk there is room for both, the people and who waits
  const first = document.querySelector('[data-panel][data-open-on-desk]');
  if (first && window.matchMedia('(min-width: 62em)').matches) show(first, true);
}

/** @param {Element} button @param {boolean} open */
function show(button, open) {
  for (const other of document.querySelectorAll('[data-panel]')) {
    const panel = document.getElementById(other.getAttribute('data-panel') ?? '');
    const now = other === button && open;
    other.setAttribute('aria-expanded', String(now));
    panel?.toggleAttribute('hidden', !now);
  }
}

function close() {
  const button = document.querySelector('[data-panel][aria-expanded="true"]');
  if (!(button instanceof HTMLElement)) return;
  show(button, false);
  button.focus();
}
