// Carries the sealed launch through the learning platform where cookies are blocked: kept in this frame's own storage under its state.
// Login page: <a data-launch="keep" data-key="state" data-pending="sealed value" href="authorization URL">: stored, then followed.
// Launch page: <form method="post" data-launch="return" data-key="state"> with <input type="hidden" name="pending">: filled and sent,
// else the hidden [data-launch-failed] part ("open in own window") is shown.

const PREFIX = 'sprechzimmer-launch-';
const step = document.querySelector('[data-launch]');

if (step instanceof HTMLAnchorElement && step.dataset.launch === 'keep') {
  try {
    sessionStorage.setItem(PREFIX + step.dataset.key, step.dataset.pending ?? '');
  } catch { /* storage is blocked as well: the cookie may still come back, else the own window helps */ }
  location.replace(step.href);
}

if (step instanceof HTMLFormElement && step.dataset.launch === 'return') {
  const pending = take(PREFIX + step.dataset.key);
  const field = step.elements.namedItem('pending');
  if (pending && field instanceof HTMLInputElement) {
    field.value = pending;
    step.submit();
  } else {
    step.hidden = true;
    document.querySelector('[data-launch-failed]')?.removeAttribute('hidden');
  }
}

/** Reads a value once. @param {string} key */
function take(key) {
  try {
    const value = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return value;
  } catch {
    return null;
  }
}
