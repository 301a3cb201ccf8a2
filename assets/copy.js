// Copies the value of a field to the clipboard and says whether it worked.
// Needs: <button data-copy="id of the field" data-copied="words" data-failed="words">, the field, and the status region.
import { say } from './status.js';

document.addEventListener('click', async (event) => {
  const button = event.target instanceof Element && event.target.closest('[data-copy]');
  if (!(button instanceof HTMLElement)) return;
  const field = document.getElementById(button.dataset.copy ?? '');
  if (!(field instanceof HTMLInputElement)) return;
  try {
    await navigator.clipboard.writeText(field.value);
    say(button.dataset.copied);
  } catch {
    field.focus();
    field.select();
    say(button.dataset.failed);
  }
});
