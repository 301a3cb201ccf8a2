// Plays one soft sound when somebody begins to wait, unless it is switched off.
// Needs: <button data-sound aria-pressed="true" hidden>, whose words name the sound; pressed means on.

const KEY = 'sprechzimmer-sound';
/** @type {AudioContext | undefined} */
let context;

// browsers let a page sound only after the person has touched it
for (const gesture of ['pointerdown', 'keydown']) {
  document.addEventListener(gesture, () => { context ??= new AudioContext(); }, { once: true });
}

const isOff = () => {
  try { return localStorage.getItem(KEY) === 'off'; } catch { return false; }
};

for (const button of document.querySelectorAll('[data-sound]')) {
  button.removeAttribute('hidden');
  button.setAttribute('aria-pressed', String(!isOff()));
  button.addEventListener('click', () => {
    const off = !isOff();
    try { localStorage.setItem(KEY, off ? 'off' : 'on'); } catch { /* then it lasts for this page only */ }
    button.setAttribute('aria-pressed', String(!off));
    if (!off) knock();
  });
}

export function knock() {
  if (!context || isOff()) return;
  context.resume();
  [523.25, 659.25].forEach((pitch, place) => tone(/** @type {AudioContext} */ (context), pitch, place * 0.28));
}

/** @param {AudioContext} audio @param {number} pitch in Hz @param {number} delay in seconds */
function tone(audio, pitch, delay) {
  const start = audio.currentTime + delay;
  const voice = audio.createOscillator();
  const loudness = audio.createGain();
  voice.frequency.value = pitch;
  loudness.gain.setValueAtTime(0, start);
  loudness.gain.linearRampToValueAtTime(0.12, start + 0.03);
  loudness.gain.exponentialRampToValueAtTime(0.001, start + 0.9);
  voice.connect(loudness).connect(audio.destination);
  voice.start(start);
  voice.stop(start + 1);
}
