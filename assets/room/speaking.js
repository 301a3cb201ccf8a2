// Finds out who is speaking, from the loudness the browser already knows; no sound leaves this file.
import { listen } from '../level.js';

const LOUD = 0.03;
const LINGER = 900; // between two words somebody is still speaking
const EVERY = 200;

/** @param {(id: string, speaks: boolean) => void} show */
export function speaking(show) {
  /** @type {Map<string, () => number>} */
  const ears = new Map();
  /** @type {Map<string, number>} */
  const heard = new Map();
  /** @type {ReturnType<typeof listen> | undefined} */
  let ownEar;
  /** @type {MediaStreamTrack | null} */
  let ownTrack = null;

  const timer = setInterval(() => {
    const now = performance.now();
    for (const [id, loudness] of ears) {
      if (loudness() > LOUD) heard.set(id, now);
      show(id, now - (heard.get(id) ?? -LINGER) < LINGER);
    }
  }, EVERY);

  const forget = (/** @type {string} */ id) => {
    ears.delete(id);
    heard.delete(id);
    show(id, false);
  };

  return {
    forget,
    /** @param {string} id @param {RTCPeerConnection} pc */
    hear(id, pc) {
      const receiver = pc.getReceivers().find(({ track }) => track.kind === 'audio');
      if (receiver) ears.set(id, () => receiver.getSynchronizationSources()[0]?.audioLevel ?? 0);
    },
    /** One's own voice; nothing while muted. @param {string} id @param {MediaStreamTrack | null} track */
    listen(id, track) {
      if (track === ownTrack) return;
      ownEar?.stop();
      ownEar = undefined;
      ownTrack = track;
      forget(id);
      if (!track) return;
      ownEar = listen(track);
      ears.set(id, ownEar.read);
    },
    stop() {
      clearInterval(timer);
      ownEar?.stop();
    },
  };
}
