// Shows the room: a tile for every person, what each one's state is in words, notices, and the code. Decides nothing.

import { say } from '../status.js';

/** @typedef {{ id: string, name: string, self?: boolean }} Someone */

const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const fill = (/** @type {string} */ id) => /** @type {DocumentFragment} */ (/** @type {HTMLTemplateElement} */ (element(id)).content.cloneNode(true));

const tiles = element('tiles');
const notices = element('notices');
/** @type {Map<string, HTMLElement>} */
const shown = new Map();

/** @param {Someone} someone */
export function addTile({ id, name, self }) {
  const known = shown.get(id);
  if (known) return known;
  const tile = /** @type {HTMLElement} */ (fill('tile').firstElementChild);
  const video = /** @type {HTMLVideoElement} */ (tile.querySelector('video'));
  video.disablePictureInPicture = true;
  video.disableRemotePlayback = true;
  video.playsInline = true;
  video.muted = Boolean(self);
  part(tile, 'name').textContent = name;
  part(tile, 'initial').textContent = [...name.trim()][0]?.toUpperCase() ?? '';
  tile.classList.toggle('self', Boolean(self));
  if (self) part(tile, 'self').hidden = false;
  shown.set(id, tile);
  if (self) tiles.append(tile);
  else tiles.insertBefore(tile, tiles.querySelector('.self'));
  arrange();
  return tile;
}

/** @param {string} id */
export function removeTile(id) {
  const tile = shown.get(id);
  if (!tile) return;
  /** @type {HTMLVideoElement} */ (tile.querySelector('video')).srcObject = null;
  tile.remove();
  shown.delete(id);
  arrange();
}

/** @param {string} id @param {MediaStream | null} stream */
export function setStream(id, stream) {
  const video = shown.get(id)?.querySelector('video');
  if (!video) return;
  if (video.srcObject !== stream) video.srcObject = stream;
  if (stream) play(video);
}

/** Tries again what the browser did not let play before. */
export function playAll() {
  clearNotice('play');
  for (const video of tiles.querySelectorAll('video')) if (video.srcObject) play(video);
}

/** @param {HTMLVideoElement} video */
function play(video) {
  video.play().catch((error) => { if (error.name === 'NotAllowedError') notice('play'); });
}

/** @param {string} id @param {{ mic: boolean, cam: boolean, screen: boolean }} state */
export function setState(id, { mic, cam, screen }) {
  const tile = shown.get(id);
  if (!tile) return;
  tile.dataset.picture = cam || screen ? 'on' : 'off';
  tile.toggleAttribute('data-screen', screen);
  part(tile, 'muted').hidden = mic;
  part(tile, 'no-camera').hidden = cam || screen;
  part(tile, 'screen').hidden = !screen;
  arrange();
}

/** @param {string} id @param {'ok' | 'connecting' | 'lost'} connection */
export function setConnection(id, connection) {
  const tile = shown.get(id);
  if (!tile) return;
  tile.dataset.connection = connection;
  part(tile, 'connecting').hidden = connection !== 'connecting';
  part(tile, 'away').hidden = connection !== 'lost';
}

/** @param {string} id @param {boolean} speaks */
export function setSpeaking(id, speaks) {
  const tile = shown.get(id);
  if (!tile || tile.classList.contains('speaking') === speaks) return;
  tile.classList.toggle('speaking', speaks);
  part(tile, 'speaks').hidden = !speaks;
}

function arrange() {
  const all = [...shown.values()];
  tiles.dataset.others = String(all.filter((tile) => !tile.classList.contains('self')).length);
  tiles.toggleAttribute('data-shared', all.some((tile) => tile.hasAttribute('data-screen') && !tile.classList.contains('self')));
  element('alone').hidden = tiles.dataset.others !== '0';
}

/** Shows one of the page's notices; the same one only once. @param {string} name */
export function notice(name) {
  if (notices.querySelector(`[data-notice="${name}"]`)) return;
  const template = document.querySelector(`template[data-notice="${name}"]`) ?? document.querySelector('template[data-notice="other"]');
  if (!(template instanceof HTMLTemplateElement)) return;
  const shownNotice = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (template.content.cloneNode(true)).firstElementChild);
  shownNotice.dataset.notice = name;
  notices.append(shownNotice);
}

/** @param {string} name */
export function clearNotice(name) {
  notices.querySelector(`[data-notice="${name}"]`)?.remove();
}

notices.addEventListener('click', (event) => {
  const button = event.target instanceof Element && event.target.closest('button[data-do]');
  if (!(button instanceof HTMLElement)) return;
  if (button.dataset.do === 'play') for (const video of tiles.querySelectorAll('video')) video.play().catch(() => {});
  button.closest('[data-notice]')?.remove();
});

/** Says that somebody came or went, with the page's words around the name. @param {string} name of the sentence @param {string} person */
export function announce(name, person) {
  const sentence = tiles.getAttribute(`data-say-${name}`);
  if (sentence) say(sentence.replace('%', () => person)); // a function, because a name may contain a dollar sign
}

/** @param {{ signs: number[], digits: string } | 'checking' | 'alone' | 'mismatch'} code */
export function showCode(code) {
  const state = typeof code === 'string' ? code : 'shown';
  for (const line of document.querySelectorAll('[data-code]')) line.toggleAttribute('hidden', line.getAttribute('data-code') !== state);
  const { signs, words } = element('code').dataset;
  const list = typeof code === 'string' ? [] : code.signs;
  element('code-signs').replaceChildren(...list.map((place) => {
    const item = /** @type {HTMLElement} */ (fill('sign').firstElementChild);
    part(item, 'sign').textContent = (signs ?? '').split(' ')[place];
    part(item, 'word').textContent = (words ?? '').split(',')[place]?.trim() ?? '';
    return item;
  }));
  element('code-digits').textContent = typeof code === 'string' ? '' : `${code.digits.slice(0, 3)} ${code.digits.slice(3)}`;
  if (code === 'mismatch') notice('mismatch');
}

/** @param {string} name @param {boolean} pressed */
export function setPressed(name, pressed) {
  document.querySelector(`[data-toggle="${name}"]`)?.setAttribute('aria-pressed', String(pressed));
}

/** @param {HTMLElement} tile @param {string} name */
function part(tile, name) {
  return /** @type {HTMLElement} */ (tile.querySelector(`[data-part="${name}"]`));
}
