// Small kindnesses. Every page works without this file; it keeps nothing and sends nothing by itself.

// When a form comes back unfinished, a keyboard or screen reader starts at what is left to do.
document.querySelector("#errors")?.focus();

// A link in that summary puts the cursor in the answer it speaks of.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".errors a[href^='#']");
  const control = link && document.getElementById(link.hash.slice(1));
  if (!control) return;
  event.preventDefault();
  (control.closest(".field") ?? control).scrollIntoView();
  control.focus({ preventScroll: true });
});

// A second press while the first is on its way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 3000);
});

// A widened window shows what a phone folds away, so nothing is left floating over it.
matchMedia("(min-width: 48em)").addEventListener("change", (wide) => {
  if (wide.matches) for (const open of document.querySelectorAll(":popover-open")) open.hidePopover();
});

// Two minutes before a stay ends, say so, and let it go on at the press of a button. Only that press asks anything.
const stay = document.querySelector("#stay");
if (stay) {
  const words = stay.firstElementChild;
  const wait = () => {
    words.hidden = true;
    setTimeout(() => (words.hidden = false), (stay.dataset.seconds - 120) * 1000);
  };
  stay.querySelector("button").addEventListener("click", async () => {
    try {
      await fetch("/account/", { method: "HEAD", redirect: "error" });
      wait();
    } catch {
      words.textContent = "You are signed out now. Keep this page open, and sign in again in another tab.";
    }
  });
  wait();
}
