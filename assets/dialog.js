// Opens a native dialog in place of the page its link leads to; without this file the link simply leads there.
// Needs: <a href="…" data-dialog="id of the dialog"> and, inside the dialog, optional [data-close].

document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  const opener = event.target.closest('[data-dialog]');
  if (opener instanceof HTMLElement) {
    const dialog = document.getElementById(opener.dataset.dialog ?? '');
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    }
    return;
  }
  const closer = event.target.closest('[data-close]');
  const dialog = closer?.closest('dialog');
  if (dialog) {
    event.preventDefault();
    dialog.close();
  }
});
