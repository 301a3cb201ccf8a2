// Makes or proves a passkey: asks the device, fills the answer into the form of the page and sends it.

const form = document.querySelector("form[data-passkey]");
const button = form.querySelector("[data-ask]");

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const descriptors = (list) => list.map((one) => ({ ...one, id: bytes(one.id) }));

function options() {
  const wish = JSON.parse(form.dataset.options);
  wish.challenge = bytes(wish.challenge);
  if (wish.user) wish.user.id = bytes(wish.user.id);
  if (wish.excludeCredentials) wish.excludeCredentials = descriptors(wish.excludeCredentials);
  if (wish.allowCredentials) wish.allowCredentials = descriptors(wish.allowCredentials);
  return { publicKey: wish };
}

async function made() {
  const { rawId, response } = await navigator.credentials.create(options());
  return {
    credential: text(rawId),
    client_data: text(response.clientDataJSON),
    authenticator_data: text(response.getAuthenticatorData()),
    public_key: text(response.getPublicKey()),
    algorithm: response.getPublicKeyAlgorithm(),
  };
}

async function proven() {
  const { rawId, response } = await navigator.credentials.get(options());
  return {
    credential: text(rawId),
    client_data: text(response.clientDataJSON),
    authenticator_data: text(response.authenticatorData),
    signature: text(response.signature),
  };
}

function say(problem) {
  const all = [...document.querySelectorAll("[data-problem]")];
  const known = all.some(({ dataset }) => dataset.problem === problem) ? problem : "other";
  for (const one of all) one.hidden = one.dataset.problem !== known;
  for (const one of document.querySelectorAll("[data-failed]")) one.hidden = true;
}

async function answer(event) {
  // "later" is none of our business
  if (event.submitter && event.submitter !== button) return;
  event.preventDefault();
  button.disabled = true;
  try {
    const answered = form.dataset.passkey === "create" ? await made() : await proven();
    for (const [name, value] of Object.entries(answered)) form.elements[name].value = value;
    form.submit();
  } catch (error) {
    say(error.name);
    button.disabled = false;
  }
}

if (window.PublicKeyCredential && window.AuthenticatorAttestationResponse?.prototype.getPublicKey) {
  form.addEventListener("submit", answer);
  button.disabled = false;
} else {
  say("unsupported");
}
