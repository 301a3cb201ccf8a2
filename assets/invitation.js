// Takes the secret of a personal link out of the address bar at once; a click hands it over in the body of a request.
// A click, because programs that look at links in mail and chat run scripts too: the first browser must be a person's.
// Needs: hidden <form method="post" data-invitation> with <input type="hidden" name="secret">; hidden [data-invitation-missing] for a bare address.

const form = document.querySelector('form[data-invitation]');

function takeIn() {
  const secret = location.hash.slice(1);
  history.replaceState(null, '', location.pathname + location.search);
  const field = form instanceof HTMLFormElement && form.elements.namedItem('secret');
  if (secret && form instanceof HTMLFormElement && field instanceof HTMLInputElement) {
    field.value = secret;
    form.hidden = false;
    document.querySelector('[data-invitation-missing]')?.setAttribute('hidden', '');
  } else {
    document.querySelector('[data-invitation-missing]')?.removeAttribute('hidden');
  }
}

takeIn();
window.addEventListener('hashchange', () => { if (location.hash.length > 1) takeIn(); });
