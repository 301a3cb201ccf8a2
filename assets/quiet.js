// Posts the forms of a live part without leaving the page, so that admitting somebody never hangs up the call.
// Needs: [data-quiet] around the forms, data-failed="words" on it, and the status region; without this file the forms post as usual.
import { say } from './status.js';

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || event.defaultPrevented || form.method !== 'post') return;
  const part = form.closest('[data-quiet]');
  if (!(part instanceof HTMLElement)) return;
  event.preventDefault();
  const fields = new FormData(form, event.submitter);
  const buttons = [...form.querySelectorAll('button')];
  for (const button of buttons) button.disabled = true;
  form.closest('dialog')?.close();
  try {
    // the answer is a redirect to the full page, which nobody needs here
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams([...fields].map(([name, value]) => [name, String(value)])), redirect: 'manual' });
    if (!answer.ok && answer.type !== 'opaqueredirect') say(part.dataset.failed);
  } catch {
    say(part.dataset.failed);
  }
  for (const button of buttons) button.disabled = false;
  document.dispatchEvent(new CustomEvent('sprechzimmer:refresh'));
});
