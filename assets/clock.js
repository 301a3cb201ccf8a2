// Keeps "since" and "until" times on the page current, in whole minutes, in the page's language.
// Needs: <time data-since="RFC 3339"> or <time data-until="RFC 3339">; data-under="words" for less than a minute.

const MINUTE = 60_000;
const minutes = new Intl.NumberFormat(document.documentElement.lang || undefined, { style: 'unit', unit: 'minute', unitDisplay: 'long' });
const hours = new Intl.NumberFormat(document.documentElement.lang || undefined, { style: 'unit', unit: 'hour', unitDisplay: 'long' });

/** @param {number} span in milliseconds */
function words(span) {
  const whole = Math.floor(span / MINUTE);
  if (whole < 60) return minutes.format(whole);
  return whole % 60 === 0 ? hours.format(whole / 60) : `${hours.format(Math.floor(whole / 60))} ${minutes.format(whole % 60)}`;
}

function tick() {
  for (const time of document.querySelectorAll('time[data-since], time[data-until]')) {
    if (!(time instanceof HTMLTimeElement)) continue;
    const { since, until, under } = time.dataset;
    const span = until ? Date.parse(until) - Date.now() : Date.now() - Date.parse(since ?? '');
    if (Number.isNaN(span)) continue;
    const text = span < MINUTE && under ? under : words(Math.max(span, 0));
    if (time.textContent !== text) time.textContent = text;
  }
}

tick();
setInterval(tick, 5000);
document.addEventListener('visibilitychange', tick);
document.addEventListener('sprechzimmer:fragment', tick);
