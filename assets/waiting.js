// Makes waiting easy: a small picture of oneself, the time, and a screen that stays on; live.js brings the news.
// Needs: optional .preview[data-self] (hidden) with a <video muted playsinline>; <time data-since> for clock.js; [data-live] for live.js.
import './awake.js';
import './clock.js';
import './live.js';
import { isAllowed, open, read } from './choice.js';

const preview = document.querySelector('[data-self]');
const video = preview?.querySelector('video');
const { camera } = read();

// no question here: the device check has asked
if (preview instanceof HTMLElement && video && camera !== false && await isAllowed('camera')) {
  try {
    const track = await open('camera', camera);
    video.disablePictureInPicture = true;
    video.srcObject = new MediaStream([track]);
    preview.hidden = false;
    window.addEventListener('pagehide', () => track.stop());
    await video.play();
  } catch { /* the device check has already said why */ }
}
