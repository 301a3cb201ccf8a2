// Keeps the screen on while somebody waits or talks, because a dark phone hears nothing.

async function stayAwake() {
  if (document.visibilityState !== 'visible') return;
  try { await navigator.wakeLock?.request('screen'); } catch { /* low battery: then the screen may sleep */ }
}

stayAwake();
document.addEventListener('visibilitychange', stayAwake);
