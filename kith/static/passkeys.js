// Speaks to a passkey for a form marked data-passkey, and sends the answer. Nothing is kept.
// Without scripts, or in a browser that knows no passkeys, the words in the page stay as they are.

const known = "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;

async function ask(form) {
  const answer = await fetch(form.dataset.passkey, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no question");
  const { publicKey } = await answer.json();
  return form.dataset.passkeyNew === undefined
    ? navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) })
    : navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
}

for (const form of known ? document.querySelectorAll("form[data-passkey]") : []) {
  const button = form.querySelector("button");
  const says = form.querySelector("[data-passkey-says]");
  button.hidden = false;
  if (says) says.textContent = "";
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
      form.submit();
    } catch {
      if (says) says.textContent = "No passkey answered. Try again, or use another way.";
    }
  });
}
