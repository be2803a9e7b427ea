// How a worry reads, beside the form, while it is written. Without this file "Check the words" does the same.
// It sends only what is typed in this form, keeps nothing, and asks again when an answer is left.

const form = document.querySelector("form[data-words-check]");
const panel = document.querySelector("#reads");

const typed = (name) => form.elements[name]?.value.trim() ?? "";
const plain = (words) => words.split(/\s+/).join(" ").trim();
const named = (start) => [...form.elements].filter((one) => one.name?.startsWith(start));
const labels = () =>
  [...form.querySelectorAll("input[name='children']:checked")].map((box) => box.labels[0].querySelector("bdi").textContent);

function whole() {
  const parts = [typed("happened"), ...named("feared_").map((box) => box.value.trim()), typed("context")];
  const said = typed("full_text");
  return said && plain(said) !== plain(typed("put_together")) ? said : parts.filter(Boolean).join(" ");
}

async function check() {
  const words = new URLSearchParams({ text: whole(), child_version: typed("child_version") });
  words.append("csrfmiddlewaretoken", typed("csrfmiddlewaretoken"));
  for (const name of labels()) words.append("name", name);
  const answer = await fetch(form.dataset.wordsCheck, { method: "POST", body: words });
  if (answer.ok) panel.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
}

if (form && panel) form.addEventListener("change", () => check().catch(() => {}));
