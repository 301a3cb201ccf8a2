// Shows the print buttons, which make sense only with a script, and lets them print.
// Needs: <button data-print hidden>.

for (const button of document.querySelectorAll('[data-print]')) {
  button.removeAttribute('hidden');
  button.addEventListener('click', () => window.print());
}
