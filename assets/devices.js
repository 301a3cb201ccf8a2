// The camera and microphone check: see and hear oneself, choose devices, or go on without a camera.
// Needs, inside [data-devices]: <video data-picture muted playsinline hidden>, [data-picture-off], <meter data-level>,
// <button data-ask>, <button data-without-camera aria-pressed>, <select data-kind="camera|microphone" data-name="words"> in a
// hidden .field each, and hidden notices [data-problem="NotAllowedError|NotFoundError|NotReadableError|insecure|other"].
import { isAllowed, keep, nameOf, open, openChosen, read } from './choice.js';
import { listen } from './level.js';

const part = document.querySelector('[data-devices]');
if (part instanceof HTMLElement) check(part);

/** @param {HTMLElement} part */
async function check(part) {
  const find = (/** @type {string} */ selector) => part.querySelector(selector);
  const video = /** @type {HTMLVideoElement} */ (find('[data-picture]'));
  const meter = /** @type {HTMLMeterElement} */ (find('[data-level]'));
  const selects = /** @type {NodeListOf<HTMLSelectElement>} */ (part.querySelectorAll('select[data-kind]'));
  const choice = read();
  /** @type {Record<import('./choice.js').Kind, MediaStreamTrack | null>} */
  let tracks = { camera: null, microphone: null };
  /** @type {ReturnType<typeof listen> | undefined} */
  let ear;

  video.disablePictureInPicture = true;
  find('[data-ask]')?.addEventListener('click', start);
  find('[data-without-camera]')?.addEventListener('click', () => {
    choice.camera = choice.camera === false ? '' : false;
    start();
  });
  for (const select of selects) select.addEventListener('change', () => change(select));
  window.addEventListener('pagehide', stop);
  navigator.mediaDevices?.addEventListener('devicechange', list);
  setInterval(() => { meter.value = ear?.read() ?? 0; }, 100);
  show();
  if (!navigator.mediaDevices) problem('insecure');
  // who has already said yes in this browser sees the picture without another click
  else if (await isAllowed('camera') || await isAllowed('microphone')) await start();

  async function start() {
    stop();
    const opened = await openChosen(choice);
    tracks = opened.tracks;
    problem(opened.problems[0]?.[1] ?? '');
    show();
    await list();
  }

  /** @param {HTMLSelectElement} select */
  async function change(select) {
    const kind = /** @type {import('./choice.js').Kind} */ (select.dataset.kind);
    choice[kind] = select.value;
    tracks[kind]?.stop();
    try {
      tracks[kind] = await open(kind, select.value);
      problem('');
    } catch (error) {
      tracks[kind] = null;
      problem(nameOf(error));
    }
    show();
  }

  function stop() {
    for (const track of Object.values(tracks)) track?.stop();
    tracks = { camera: null, microphone: null };
    show();
  }

  function show() {
    const { camera, microphone } = tracks;
    keep(choice);
    video.srcObject = camera ? new MediaStream([camera]) : null;
    video.hidden = !camera;
    if (camera) video.play().catch(() => {});
    ear?.stop();
    ear = microphone ? listen(microphone) : undefined;
    find('[data-picture-off]')?.toggleAttribute('hidden', Boolean(camera));
    find('[data-ask]')?.toggleAttribute('hidden', Boolean(camera || microphone));
    find('[data-without-camera]')?.setAttribute('aria-pressed', String(choice.camera === false));
  }

  /** @param {string} name empty: no problem */
  function problem(name) {
    const notices = [...part.querySelectorAll('[data-problem]')];
    const known = notices.some((notice) => notice.getAttribute('data-problem') === name);
    for (const notice of notices) notice.toggleAttribute('hidden', !name || notice.getAttribute('data-problem') !== (known ? name : 'other'));
  }

  async function list() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    for (const select of selects) {
      const kind = /** @type {import('./choice.js').Kind} */ (select.dataset.kind);
      const found = devices.filter((device) => device.kind === (kind === 'camera' ? 'videoinput' : 'audioinput') && device.deviceId);
      const used = tracks[kind]?.getSettings().deviceId;
      select.replaceChildren(...found.map((device, place) => new Option(device.label || `${select.dataset.name} ${place + 1}`, device.deviceId, false, device.deviceId === used)));
      select.closest('.field')?.toggleAttribute('hidden', found.length < 2 || choice[kind] === false);
    }
  }
}
