// Takes the secret of a personal link out of the address bar at once and hands it over in the body of a request.
// Needs: <form method="post" data-invitation> with <input type="hidden" name="secret">; hidden [data-invitation-missing] for a bare address.

const form = document.querySelector('form[data-invitation]');

function redeem() {
  const secret = location.hash.slice(1);
  history.replaceState(null, '', location.pathname + location.search);
  const field = form instanceof HTMLFormElement && form.elements.namedItem('secret');
  if (secret && form instanceof HTMLFormElement && field instanceof HTMLInputElement) {
    field.value = secret;
    form.submit();
  } else {
    document.querySelector('[data-invitation-missing]')?.removeAttribute('hidden');
  }
}

redeem();
window.addEventListener('hashchange', () => { if (location.hash.length > 1) redeem(); });
