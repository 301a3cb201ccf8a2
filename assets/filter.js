// Shows only the rows of a list that contain what is typed; rows that are ticked stay.
// Needs: <div data-filter="id of the list" hidden><input type="search"></div>, and on the list data-none="words".
import { say } from './status.js';

const plain = (/** @type {string} */ text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

for (const field of document.querySelectorAll('[data-filter]')) {
  const input = field.querySelector('input');
  const list = field instanceof HTMLElement && document.getElementById(field.dataset.filter ?? '');
  if (!input || !list) continue;
  field.removeAttribute('hidden');
  input.addEventListener('input', () => {
    let shown = 0;
    for (const row of list.children) {
      const name = row.querySelector('.name')?.textContent ?? '';
      const stays = plain(name).includes(plain(input.value.trim())) || row.querySelector('input')?.checked;
      row.toggleAttribute('hidden', !stays);
      if (stays) shown += 1;
    }
    if (shown === 0) say(list.dataset.none);
  });
  // Enter here searches; it must not send the form
  input.addEventListener('keydown', (event) => { if (event.key === 'Enter') event.preventDefault(); });
}
