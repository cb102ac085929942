// Passkeys: what the console asks for goes to the browser, and what the device answers into the form, which is then sent.
// A browser that does not read such questions as JSON keeps the form hidden, and is told so.
const known = window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.PublicKeyCredential.parseRequestOptionsFromJSON;

const answered = async (form) => {
  const { passkey, options, from } = form.dataset;
  if (passkey === "new") {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options));
    return navigator.credentials.create({ publicKey });
  }
  const asked = await (await fetch(from)).json();
  form.elements.kept.value = asked.kept;
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked.options) });
};

for (const form of known ? document.querySelectorAll("form[data-passkey]") : []) {
  const failed = form.querySelector("[data-when='failed']");
  form.hidden = false;
  document.querySelectorAll("[data-passkey-none]").forEach((text) => { text.hidden = true; });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await answered(form));
      form.submit();
    } catch {
      failed.hidden = false;
      form.ariaBusy = null;
    }
  });
}
