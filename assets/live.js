// Keeps one part of a page current: the server says "page", the part is fetched again and put in place.
// Needs: <section data-live="events URL" data-fragment="fragment URL">, inside or beside it a hidden .lost notice;
// with data-load the part comes empty and is fetched at once.
// The fragment may carry on its first element data-announce="words" (said when they change) and data-waiting-count="n"
// (title badge, [data-waiting-badge], soft sound). The event `go` with a path of our own leads to that page.
import { parse } from './fragment.js';
import { knock } from './sound.js';
import { say } from './status.js';

const PATIENCE = 3000; // a short gap is nobody's concern
const RETRY = 4000;
const title = document.title;
let waiting = 0;

for (const part of document.querySelectorAll('[data-live]')) {
  if (part instanceof HTMLElement) follow(part);
}

/** @param {HTMLElement} part */
function follow(part) {
  const lost = part.querySelector(':scope > .lost') ?? document.querySelector('.lost');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let worry;
  let missed = false;

  const connected = (/** @type {boolean} */ yes) => {
    clearTimeout(worry);
    worry = undefined;
    part.toggleAttribute('data-lost', !yes);
    lost?.toggleAttribute('hidden', yes);
  };
  const listen = () => {
    const events = new EventSource(part.dataset.live ?? '');
    events.addEventListener('open', () => {
      connected(true);
      if (missed) refresh(part);
      missed = false;
    });
    events.addEventListener('page', () => refresh(part));
    events.addEventListener('go', (event) => go(event.data));
    events.addEventListener('error', () => {
      missed = true;
      worry ??= setTimeout(() => connected(false), PATIENCE);
      if (events.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      setTimeout(listen, RETRY);
      refresh(part); // the part may be gone for good: then its page knows what to say
    });
    window.addEventListener('pagehide', () => events.close(), { once: true });
  };
  document.addEventListener('sprechzimmer:refresh', () => refresh(part));
  count(part.firstElementChild, true);
  if (part.hasAttribute('data-load')) refresh(part);
  listen();
}

/** @param {string} path */
function go(path) {
  const target = new URL(path, location.href);
  if (target.origin === location.origin) location.assign(target.href);
}

/** @param {HTMLElement} part */
async function refresh(part) {
  const turn = (Number(part.dataset.turn) || 0) + 1;
  part.dataset.turn = String(turn);
  let answer;
  try {
    answer = await fetch(part.dataset.fragment ?? '', { headers: { accept: 'text/html' } });
  } catch {
    return; // the lost connection is already being said
  }
  if (answer.redirected || [401, 403, 404, 410].includes(answer.status)) {
    if (performance.now() > RETRY && !part.closest('.room')) location.reload();
    return;
  }
  if (!answer.ok) return;
  const html = await answer.text();
  if (part.dataset.turn !== String(turn)) return; // a newer answer is on its way
  whenClosed(part, () => replace(part, html));
}

/** An open question is answered first. @param {HTMLElement} part @param {() => void} then */
function whenClosed(part, then) {
  const dialog = part.querySelector('dialog[open]');
  if (dialog) dialog.addEventListener('close', then, { once: true });
  else then();
}

/** @param {HTMLElement} part @param {string} html */
function replace(part, html) {
  const lost = part.querySelector(':scope > .lost');
  const fresh = parse(html);
  const before = part.firstElementChild;
  const said = before instanceof HTMLElement ? before.dataset.announce : undefined;
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const open = [...part.querySelectorAll('details[open][id]')].map((details) => details.id);
  const begun = [...part.querySelectorAll('input[id], textarea[id]')].filter(isBegun);
  const left = window.scrollX;
  const top = window.scrollY;

  part.replaceChildren(...fresh, ...(lost ? [lost] : []));

  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  for (const was of begun) carryOver(was);
  if (focused) refocus(part, focused);
  window.scrollTo({ left, top, behavior: 'instant' });
  const first = part.firstElementChild;
  if (first instanceof HTMLElement && first.dataset.announce !== said) say(first.dataset.announce);
  count(first, false);
  document.dispatchEvent(new CustomEvent('sprechzimmer:fragment'));
}

/** Whether somebody has typed or ticked something that is not sent yet. @param {any} field */
const isBegun = (field) => field.type !== 'hidden' && (field.value !== field.defaultValue || (field.checked ?? false) !== (field.defaultChecked ?? false));

/** @param {any} was */
function carryOver(was) {
  const field = /** @type {any} */ (document.getElementById(was.id));
  if (field?.type !== was.type) return;
  field.value = was.value;
  field.checked = was.checked;
}

/** @param {HTMLElement} part @param {Element} was */
function refocus(part, was) {
  const same = was.id && document.getElementById(was.id);
  if (same instanceof HTMLElement) return same.focus({ preventScroll: true });
  part.tabIndex = -1; // the button is gone with its row: stay near
  part.focus({ preventScroll: true });
}

/** @param {Element | null} first @param {boolean} silent */
function count(first, silent) {
  if (!(first instanceof HTMLElement) || first.dataset.waitingCount === undefined) return;
  const now = Number(first.dataset.waitingCount) || 0;
  if (now > waiting && !silent) knock();
  waiting = now;
  document.title = now > 0 ? `(${now}) ${title}` : title;
  for (const badge of document.querySelectorAll('[data-waiting-badge]')) {
    badge.textContent = String(now);
    badge.toggleAttribute('hidden', now === 0);
  }
}
