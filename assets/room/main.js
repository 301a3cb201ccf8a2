// Wires the room together: connection, people, devices, code and view. The page says everything else in its data attributes.
import '../awake.js';
import { say } from '../status.js';
import { connect } from './signal.js';
import { devices } from './media.js';
import { fingerprintIn, fingerprintOf, verification } from './code.js';
import { mesh } from './peers.js';
import { panels } from './panels.js';
import { speaking } from './speaking.js';
import { stats } from './stats.js';
import * as view from './view.js';

const page = /** @type {HTMLElement} */ (document.getElementById('main'));
const { ticket = '', socket = '' } = page.dataset;

/** @type {ReturnType<typeof mesh> | undefined} */
let people;
/** @type {ReturnType<typeof verification> | undefined} */
let check;
/** @type {string} */
let self = '';
/** @type {unknown} */
let code = 'alone';
let roster = '';
let queue = Promise.resolve();

const own = devices({ changed: ownChanged, problem: (kind, name) => view.notice(kind === 'screen' ? 'screen' : `${kind}-${name}`) });
const voices = speaking(view.setSpeaking);

// also while the browser still asks for the camera
panels({
  microphone: () => own.toggleMicrophone(),
  camera: () => own.toggleCamera(),
  screen: () => own.toggleScreen(),
  leave: () => line.leave(),
});
// the way in, the certificate and the camera come side by side: whoever is first does not wait for the slowest
const opening = own.start();
// one certificate per person and stay, so that everybody sees one fingerprint for this person
const identity = RTCPeerConnection.generateCertificate(/** @type {AlgorithmIdentifier} */ ({ name: 'ECDSA', namedCurve: 'P-256' }))
  .then(async (certificate) => ({ certificate, fingerprint: await fingerprintOf(certificate) }));
const line = connect({ ticket, socket }, {
  // one after another: an answer must not overtake its offer
  message: (message) => { queue = queue.then(() => receive(message)).catch((error) => console.warn(message.t, error)); },
  lost: () => view.notice('lost'),
  over,
});
// some browsers let others be heard only once the own camera or microphone runs
opening.then(() => view.playAll());

/** @param {any} message as in the protocol table */
async function receive(message) {
  switch (message.t) {
    case 'admitted': return admitted(message);
    case 'peer-joined': return joined(message);
    case 'peer-left': return left(message.id);
    case 'peer-away': return view.setConnection(message.id, 'lost');
    case 'peer-back': return back(message.id);
    case 'signal':
      await people?.receive(message.from, message.d);
      return check?.proceed();
    case 'code': return check?.receive(message.from, message.d);
    case 'state': return heard(message.from, message.d);
    // `returned` and `ended` come with a close code, which decides
  }
}

/** Comes at first, and again after a lost connection: resumed in the same seat, or afresh with a new ticket. @param {any} message */
async function admitted(message) {
  view.clearNotice('lost');
  if (!message.resumed || !people) start(message, await identity);
  const known = people?.peers ?? new Map();
  for (const id of [...known.keys()]) if (!message.peers.some((/** @type {any} */ peer) => peer.id === id)) left(id);
  for (const peer of message.peers) {
    if (known.has(peer.id)) check?.repeat(peer.id);
    else welcome(peer, true);
  }
  line.send({ t: 'state', d: own.state() });
  await begin();
}

/** @param {any} message @param {{ certificate: RTCCertificate, fingerprint: string }} identity */
function start(message, { certificate, fingerprint }) {
  for (const id of [self, ...(people?.peers.keys() ?? [])]) view.removeTile(id);
  people?.close();
  self = message.self;
  const me = { id: self, name: message.name, seat: message.seat };
  people = mesh({ self, ice: message.ice, certificate, media: own.media, send: (frame) => line.send(frame), changed: connectionChanged });
  check = verification({
    self: me,
    fingerprint,
    send: (to, d) => line.send({ t: 'code', to, d }),
    remote: (id) => fingerprintIn(people?.peers.get(id)?.pc.remoteDescription),
    show: (now) => { code = now; view.showCode(now); },
  });
  roster = '';
  view.addTile({ ...me, self: true });
  ownChanged();
}

/** @param {any} person @param {boolean} offers */
function welcome(person, offers) {
  const peer = people?.add(person, offers);
  if (!peer) return;
  view.addTile(person);
  view.setConnection(person.id, 'connecting');
  view.setStream(person.id, peer.stream);
}

/** @param {any} person */
async function joined(person) {
  welcome(person, false);
  view.announce('joined', person.name);
  await begin();
}

/** @param {string} id */
async function left(id) {
  const name = people?.peers.get(id)?.person.name;
  people?.remove(id);
  voices.forget(id);
  view.removeTile(id);
  if (name) view.announce('left', name);
  await begin();
}

/** @param {string} id */
function back(id) {
  const peer = people?.peers.get(id);
  if (!peer) return;
  connectionChanged(peer);
  if (peer.pc.connectionState !== 'connected' || peer.pc.signalingState !== 'stable') people?.renew(id);
  check?.repeat(id);
}

/** Only the moderator can share a screen; the server passes nothing else on, and this page believes nothing else. @param {string} from @param {any} d */
function heard(from, d) {
  const isModerator = people?.peers.get(from)?.person.seat === 'moderator';
  view.setState(from, { mic: Boolean(d?.mic), cam: Boolean(d?.cam), screen: Boolean(d?.screen) && isModerator });
}

async function begin() {
  const others = [...(people?.peers.values() ?? [])].map(({ person }) => person);
  const now = JSON.stringify(others.map(({ id }) => id).sort());
  if (now === roster) return; // nobody came or went: the code stays
  roster = now;
  await check?.begin(others);
}

/** @param {import('./peers.js').Peer} peer */
function connectionChanged(peer) {
  const state = peer.pc.connectionState;
  view.setStream(peer.person.id, peer.stream);
  view.setConnection(peer.person.id, state === 'connected' ? 'ok' : state === 'new' || state === 'connecting' ? 'connecting' : 'lost');
  voices.hear(peer.person.id, peer.pc);
}

function ownChanged() {
  const state = own.state();
  view.setPressed('microphone', !state.mic);
  view.setPressed('camera', !state.cam);
  view.setPressed('screen', state.screen);
  if (!self) return;
  view.setStream(self, own.media.video ? new MediaStream([own.media.video]) : null);
  view.setState(self, state);
  voices.listen(self, state.mic ? own.media.audio : null);
  people?.attachAll();
  line.send({ t: 'state', d: state });
}

/** @param {string} why */
function over(why) {
  people?.close();
  own.stop();
  voices.stop();
  const next = page.dataset[`on${why.replace(/(^|-)(.)/g, (_, __, letter) => letter.toUpperCase())}`];
  if (next) return location.replace(next);
  view.clearNotice('lost');
  view.notice(`over-${why}`);
  page.dataset.over = why;
}

window.addEventListener('pagehide', () => { own.stop(); people?.close(); line.close(); });
window.addEventListener('pageshow', ({ persisted }) => { if (persisted) location.reload(); });
window.addEventListener('offline', () => say(page.dataset.offline));
Object.defineProperty(window, 'sprechzimmerStats', { value: Object.freeze(() => stats(people?.peers, code)) });
