// Carries the sealed launch through the learning platform where cookies are blocked: kept in this frame's own storage under its state,
// and in the platform's storage where it offers one.
// Login page: <a data-launch="keep" data-key="state" data-pending="sealed value" data-platform="its origin" data-target="lti_storage_target"
// href="authorization URL">: stored, then followed.
// Launch page: <form method="post" data-launch="return" data-key="state" data-platform data-target> with <input type="hidden" name="pending">:
// filled and sent, else the hidden [data-launch-failed] part ("open in own window") is shown.

import { platformStorage } from './storage.js';

const PREFIX = 'sprechzimmer-launch-';
const step = document.querySelector('[data-launch]');

if (step instanceof HTMLAnchorElement && step.dataset.launch === 'keep') {
  const { key = '', pending = '', target } = step.dataset;
  const kept = keep(PREFIX + key, pending);
  // who can store here need not wait for a platform that offers nothing
  if (!kept || target !== undefined) await (await theirs(step))?.put(name(key), pending);
  location.replace(step.href);
}

if (step instanceof HTMLFormElement && step.dataset.launch === 'return') {
  const { key = '' } = step.dataset;
  const own = take(PREFIX + key);
  const found = own ?? (await fromPlatform(step, key));
  const field = step.elements.namedItem('pending');
  if (found && field instanceof HTMLInputElement) {
    field.value = found;
    if (!own) send(step, 'storage', step.dataset.platform ?? '');
    step.submit();
  } else {
    step.hidden = true;
    document.querySelector('[data-launch-failed]')?.removeAttribute('hidden');
  }
}

/** Reads the value from the platform's storage, and removes it there. @param {HTMLElement} element @param {string} key */
async function fromPlatform(element, key) {
  const storage = await theirs(element);
  const value = await storage?.get(name(key));
  if (typeof value !== 'string') return null;
  storage?.put(name(key), null);
  return value;
}

/** @param {HTMLElement} element */
function theirs({ dataset: { platform = '', target } }) {
  return platformStorage(platform, target);
}

/** Keys name their value, so that launches side by side do not meet. @param {string} state */
function name(state) {
  return `lti_state_${state}`;
}

/** Adds a field to a form. @param {HTMLFormElement} form @param {string} field @param {string} value */
function send(form, field, value) {
  const input = document.createElement('input');
  Object.assign(input, { type: 'hidden', name: field, value });
  form.append(input);
}

/** Stores a value; false where the browser lets us store nothing: then the cookie may still come back. @param {string} key @param {string} value */
function keep(key, value) {
  try {
    sessionStorage.setItem(key, value);
    return true;
  } catch {
    return false;
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
