// Keeps the single-use hand-over of the start page fresh while somebody looks at it, and says so when it cannot any more.
// Needs: <form data-start data-renew="URL" method="post" target="_blank"> with <input type="hidden" data-handover name="…">.
// The renewal posts the form's fields and gets the new value as text/plain. When it is over, the form makes way for the hidden
// [data-start-over] ("open it again from the course"); after a click for [data-start-opened], if the page has one.

const EVERY = 20_000;
const LONGEST = 10 * 60_000;
const start = document.querySelector('form[data-start]');
const handover = start?.querySelector('[data-handover]');
if (start instanceof HTMLFormElement && handover instanceof HTMLInputElement) keepFresh(start, handover);

/** @param {HTMLFormElement} form @param {HTMLInputElement} field */
function keepFresh(form, field) {
  const began = Date.now();
  const timer = setInterval(renew, EVERY);

  const finish = (/** @type {string} */ next) => {
    clearInterval(timer);
    const part = document.querySelector(next) ?? document.querySelector('[data-start-over]');
    if (!part) return;
    form.hidden = true;
    part.removeAttribute('hidden');
  };

  async function renew() {
    if (document.visibilityState !== 'visible') return;
    if (Date.now() - began > LONGEST) return finish('[data-start-over]');
    try {
      const answer = await fetch(form.dataset.renew ?? '', { method: 'POST', body: new URLSearchParams([[field.name, field.value]]) });
      if (!answer.ok) return finish('[data-start-over]');
      field.value = (await answer.text()).trim();
    } catch { /* the next turn tries again */ }
  }

  document.addEventListener('visibilitychange', renew);
  // the value is spent with the click; the page waits until the browser has sent it
  form.addEventListener('submit', () => setTimeout(() => finish('[data-start-opened]'), 1000));
}
