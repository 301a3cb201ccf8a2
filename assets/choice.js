// The camera and microphone somebody chose, kept for this tab only, and the one way to open them.

const KEY = 'sprechzimmer-devices';

/** @typedef {'camera' | 'microphone'} Kind */
/** @typedef {Record<Kind, string | false>} Choice an empty id means "whatever the browser prefers", false "none" */

/** @returns {Choice} */
export function read() {
  try {
    return { camera: '', microphone: '', ...JSON.parse(sessionStorage.getItem(KEY) ?? '{}') };
  } catch {
    return { camera: '', microphone: '' };
  }
}

/** @param {Choice} choice */
export function keep(choice) {
  try { sessionStorage.setItem(KEY, JSON.stringify(choice)); } catch { /* then the room asks again */ }
}

/** Opens one kind of device; a remembered one that is gone makes way for any. @param {Kind} kind @param {string | false} id */
export async function open(kind, id) {
  const stream = await ask(kind === 'camera' ? { video: picture(id) } : { audio: sound(id) });
  return stream.getTracks()[0];
}

/**
 * Opens what was chosen with one question of the browser; what fails is named, the rest is there all the same.
 * @param {Choice} choice
 * @returns {Promise<{ tracks: Record<Kind, MediaStreamTrack | null>, problems: [Kind, string][] }>}
 */
export async function openChosen(choice) {
  const tracks = /** @type {Record<Kind, MediaStreamTrack | null>} */ ({ camera: null, microphone: null });
  /** @type {[Kind, string][]} */
  const problems = [];
  const wanted = /** @type {Kind[]} */ (['camera', 'microphone']).filter((kind) => choice[kind] !== false);
  if (wanted.length === 2) {
    try {
      const stream = await ask({ video: picture(choice.camera), audio: sound(choice.microphone) });
      return { tracks: { camera: stream.getVideoTracks()[0], microphone: stream.getAudioTracks()[0] }, problems };
    } catch (error) {
      // after a No only what is already allowed is opened: nobody is asked again and again
      if (nameOf(error) === 'NotAllowedError') {
        for (const kind of [...wanted]) {
          if (await isAllowed(kind)) continue;
          wanted.splice(wanted.indexOf(kind), 1);
          problems.push([kind, 'NotAllowedError']);
        }
      }
    }
  }
  for (const kind of wanted) {
    try {
      tracks[kind] = await open(kind, choice[kind]);
    } catch (error) {
      problems.push([kind, nameOf(error)]);
    }
  }
  return { tracks, problems };
}

/** @param {unknown} error */
export const nameOf = (error) => (error instanceof DOMException ? error.name : 'other');

/** @param {MediaStreamConstraints} constraints */
function ask(constraints) {
  if (!navigator.mediaDevices) throw new DOMException('', 'insecure');
  return navigator.mediaDevices.getUserMedia(constraints);
}

/** @param {Kind} kind */
export async function isAllowed(kind) {
  try {
    return (await navigator.permissions.query({ name: /** @type {PermissionName} */ (kind) })).state === 'granted';
  } catch {
    return false; // not every browser answers
  }
}

const device = (/** @type {string | false} */ id) => (id ? { deviceId: { ideal: id } } : {});
const picture = (/** @type {string | false} */ id) => ({ ...device(id), width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 20, max: 24 } });
const sound = (/** @type {string | false} */ id) => ({ ...device(id), echoCancellation: true, noiseSuppression: true, autoGainControl: true });
