// One's own microphone, camera and shared screen: opened, silenced, switched off for real, and never a surprise.
import { nameOf, open, openChosen, read } from '../choice.js';

/**
 * @param {{ changed: () => void, problem: (kind: 'camera' | 'microphone' | 'screen', name: string) => void }} tell
 */
export function devices(tell) {
  /** @type {{ audio: MediaStreamTrack | null, video: MediaStreamTrack | null, screen: boolean }} what goes out to the others */
  const media = { audio: null, video: null, screen: false };
  const choice = read();
  /** @type {MediaStreamTrack | null} the camera while the screen is shown in its place */
  let aside = null;
  let muted = false;
  let stopped = false;

  /** @param {'camera' | 'microphone'} kind */
  async function turnOn(kind) {
    try {
      return watch(kind, await open(kind, choice[kind]));
    } catch (error) {
      tell.problem(kind, nameOf(error));
      return null;
    }
  }

  /** @param {'camera' | 'microphone'} kind @param {MediaStreamTrack | null} track */
  function watch(kind, track) {
    if (stopped) {
      release(track); // the page went while the browser was still opening it
      return null;
    }
    if (track) track.onended = () => lost(kind); // unplugged, or taken by another program
    return track;
  }

  /** @param {'camera' | 'microphone'} kind */
  function lost(kind) {
    if (kind === 'microphone') media.audio = null;
    else if (media.screen) aside = null;
    else media.video = null;
    tell.problem(kind, 'NotReadableError');
    tell.changed();
  }

  const release = (/** @type {MediaStreamTrack | null} */ track) => {
    if (!track) return;
    track.onended = null;
    track.stop();
  };

  return {
    media,
    state: () => ({ mic: Boolean(media.audio) && !muted, cam: media.screen ? Boolean(aside) : Boolean(media.video), screen: media.screen }),

    async start() {
      const { tracks, problems } = await openChosen(choice);
      media.audio = watch('microphone', tracks.microphone);
      media.video = watch('camera', tracks.camera);
      for (const [kind, name] of problems) tell.problem(kind, name);
      tell.changed();
    },

    async toggleMicrophone() {
      if (!media.audio) {
        media.audio = await turnOn('microphone');
        muted = false;
      } else {
        muted = !muted;
        media.audio.enabled = !muted;
      }
      tell.changed();
    },

    // off means off: the device is let go and its light goes out
    async toggleCamera() {
      const current = media.screen ? aside : media.video;
      const next = current ? null : await turnOn('camera');
      release(current);
      if (media.screen) aside = next;
      else media.video = next;
      tell.changed();
    },

    async toggleScreen() {
      if (media.screen) return this.stopScreen();
      try {
        const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 8 } }, audio: false });
        const [track] = stream.getVideoTracks();
        track.contentHint = 'detail';
        track.onended = () => this.stopScreen(); // the browser has its own stop button
        aside = media.video;
        media.video = track;
        media.screen = true;
      } catch (error) {
        // closing the browser's question is an answer, not a problem
        if (nameOf(error) !== 'NotAllowedError') tell.problem('screen', 'other');
      }
      tell.changed();
    },

    stopScreen() {
      if (!media.screen) return;
      release(media.video);
      media.video = aside;
      aside = null;
      media.screen = false;
      tell.changed();
    },

    stop() {
      stopped = true;
      for (const track of [media.audio, media.video, aside]) release(track);
    },
  };
}
