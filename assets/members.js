// Looks for people while somebody types; whoever is ticked stays. Without this script a button does the same.
// Needs: <section data-members="URL of the part" data-loading="words" data-failed="words"> in a form, in it an input [name=search],
// [data-members-status] and [data-members-part]; with data-load the part is fetched at once.
import { parse } from './fragment.js';

const PAUSE = 150; // between two letters

for (const section of document.querySelectorAll('[data-members]')) {
  if (section instanceof HTMLElement) follow(section);
}

/** @param {HTMLElement} section */
function follow(section) {
  const part = section.querySelector('[data-members-part]');
  const input = section.querySelector('input[name=search]');
  if (!(part instanceof HTMLElement) || !(input instanceof HTMLInputElement)) return;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  let turn = new AbortController();

  const look = async () => {
    clearTimeout(soon);
    turn.abort();
    turn = new AbortController();
    const { signal } = turn;
    const patience = setTimeout(() => tell(section, section.dataset.loading), PAUSE);
    try {
      const body = new URLSearchParams({ search: input.value });
      const answer = await fetch(section.dataset.members ?? '', { method: 'POST', body, headers: { accept: 'text/html' }, signal });
      if (answer.redirected || answer.status === 404) return location.reload(); // the draft is gone, or this visit
      if (!answer.ok) throw new Error();
      const html = await answer.text();
      if (!signal.aborted) tell(section, replace(part, html));
    } catch {
      if (!signal.aborted) tell(section, section.dataset.failed);
    } finally {
      clearTimeout(patience);
    }
  };

  input.addEventListener('input', () => {
    clearTimeout(soon);
    soon = setTimeout(look, PAUSE);
  });
  // Enter here searches; it must not send the form
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    look();
  });
  section.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || !event.target.closest('[data-members-again]')) return;
    event.preventDefault();
    look();
  });
  if (section.hasAttribute('data-load')) look();
}

/** Puts the new people in place, below those who are ticked. @param {HTMLElement} part @param {string} html */
function replace(part, html) {
  const ticked = [...part.querySelectorAll('.person')].filter((row) => row.querySelector('input:checked'));
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  part.replaceChildren(...parse(html));
  const first = part.firstElementChild;
  if (ticked.length > 0) keep(part, ticked);
  if (focused instanceof HTMLElement && focused.id) document.getElementById(focused.id)?.focus({ preventScroll: true });
  return first instanceof HTMLElement ? first.dataset.announce : undefined;
}

/** @param {HTMLElement} part @param {Element[]} ticked */
function keep(part, ticked) {
  const rows = new Set(ticked.map((row) => row.getAttribute('data-row')));
  for (const row of part.querySelectorAll('.person')) {
    if (rows.has(row.getAttribute('data-row'))) row.remove();
  }
  const list = part.querySelector('.people') ?? document.createElement('ul');
  list.className = 'people pickable';
  list.prepend(...ticked);
  if (!list.isConnected) part.append(list);
}

/** @param {HTMLElement} section @param {string | undefined} words */
function tell(section, words) {
  const status = section.querySelector('[data-members-status]');
  if (status) status.textContent = words ?? '';
}
