// Says one sentence in the page's status region, for eyes and for screen readers.
// Needs: an element with id="status" and role="status".

const SHOWN_FOR = 6000;
const MOST = 3;

/** @param {string | undefined} text */
export function say(text) {
  const region = document.getElementById('status');
  if (!region || !text) return;
  const line = document.createElement('p');
  line.textContent = text;
  region.append(line);
  if (region.childElementCount > MOST) region.firstElementChild?.remove();
  setTimeout(() => line.remove(), SHOWN_FOR);
}
