// Asks the browser for a passkey, makes or uses it, and sends the answer with the form around it.

const show = (form, what) => form.querySelector(`[data-passkey-${what}]`).removeAttribute("hidden");

async function answer(form) {
  const asked = JSON.parse(form.dataset.options);
  if (form.dataset.passkey === "create") {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked);
    return navigator.credentials.create({ publicKey });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
}

async function ask(form) {
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) return show(form, "unknown");
  form.querySelectorAll("[role=alert]").forEach((notice) => notice.setAttribute("hidden", ""));
  try {
    const given = (await answer(form)).toJSON();
    form.elements.credential.value = JSON.stringify({
      ...given,
      extensions: JSON.stringify(given.clientExtensionResults ?? {}),
    });
    form.submit();
  } catch {
    show(form, "stopped");
  }
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
  ask(form);
}
