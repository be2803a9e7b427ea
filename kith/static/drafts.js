// Keeps what is typed, on the server, while it is typed. Nothing is ever put in the browser's own storage.
//
// A form made with the draft macros is kept two seconds after the last key, and at the latest three and a half
// seconds after the first key that is not kept yet. What cannot be kept is said in words, and tried again.

const PAUSE = 2000;
const LATEST = 3500;
const BACK_OFF = [1000, 2000, 4000, 8000];
const FITS_A_GOODBYE = 60_000; // bytes a browser will still carry for a page that is going away
const PATIENCE = 10_000;
const OURS = /^(once|later)$/;

class Keeper {
  constructor(form) {
    this.form = form;
    this.page = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
    this.changed = 0; // keys since the page opened
    this.safe = 0; // how many of them are kept
    this.failures = 0;
    this.sending = null;
    this.box("page").value = this.page;
    this.line = form.querySelector("[data-kept]");
    this.tick = form.querySelector("[data-tick]").content.firstElementChild;
    this.keptAt = this.line.dataset.kept;
    this.both = form.querySelector("[data-both]");
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("submit", (event) => this.beforeItGoes(event));
    addEventListener("online", () => this.unkept && this.keep());
    addEventListener("pageshow", () => (this.gone = false));
    addEventListener("pagehide", () => this.goodbye());
    addEventListener("beforeunload", (event) => this.leaving(event));
    document.addEventListener("visibilitychange", () => document.hidden && this.goodbye());
  }

  box(name) {
    return this.form.elements[`draft_${name}`];
  }

  get unkept() {
    return this.changed > this.safe && !this.gone && !this.stopped;
  }

  typed() {
    this.changed += 1;
    this.latest ??= Date.now() + LATEST;
    if (!this.failures) this.wait(Math.min(PAUSE, this.latest - Date.now()));
  }

  wait(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.unkept && this.keep(), Math.max(0, milliseconds));
  }

  words() {
    this.box("turn").value = Number(this.box("turn").value) + 1;
    const words = new URLSearchParams();
    for (const [name, value] of new FormData(this.form))
      if (typeof value === "string" && !OURS.test(name)) words.append(name, value);
    return words;
  }

  // One at a time: what is typed meanwhile goes with the next. True when the server has every key so far.
  async keep() {
    if (this.sending) await this.sending;
    if (this.stopped) return false;
    if (this.changed === this.safe) return true;
    this.sending = this.send();
    try {
      return await this.sending;
    } finally {
      this.sending = null;
    }
  }

  async send(tokenIsNew = false) {
    const upTo = this.changed;
    this.latest = null;
    clearTimeout(this.timer);
    try {
      const answer = await this.post(this.form.dataset.keeps, this.words());
      if (answer.status === 403 && !isJson(answer) && !tokenIsNew) return await this.newToken();
      return this.heard(answer.status, isJson(answer) ? await answer.json() : {}, upTo);
    } catch {
      return this.failed("no connection");
    }
  }

  post(address, body) {
    return fetch(address, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE), redirect: "error" });
  }

  heard(status, said, upTo) {
    if (status !== 200 && status !== 409) return this.refused(status, said);
    this.safe = Math.max(this.safe, upTo);
    this.failures = 0;
    this.keptAt = said.kept_at;
    this.box("version").value = said.version;
    this.say(`Draft kept at ${said.kept_at}`);
    if (said.both) this.other(said.both);
    if (this.unkept) this.wait(Math.min(PAUSE, (this.latest ?? 0) - Date.now()));
    return true;
  }

  refused(status, said) {
    if (status === 401) return this.failed("you have been signed out. Sign in again in another tab");
    if (status >= 500 || !said.words) return this.failed("Kith is not answering");
    this.stopped = said.code === "somebody-else" || said.code === "draft-lost";
    this.failures += 1;
    if (!this.stopped) this.wait(BACK_OFF.at(-1));
    this.say(said.words, true);
    return false;
  }

  // A new sign-in in another tab changes the token every form carries. The same person is given the new one.
  async newToken() {
    const by = this.box("by").value;
    const answer = await fetch(this.form.dataset.token, { headers: { "X-Draft-By": by }, cache: "no-store" });
    if (!isJson(answer)) return this.failed("Kith is not answering");
    const said = await answer.json();
    if (answer.status !== 200) return this.refused(answer.status, said);
    for (const box of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) box.value = said.token;
    return this.send(true);
  }

  failed(why) {
    this.failures += 1;
    this.wait(BACK_OFF[Math.min(this.failures, BACK_OFF.length) - 1]);
    this.say(`Not kept${this.keptAt ? ` since ${this.keptAt}` : ""}: ${why}. Keep this page open.`, true);
    return false;
  }

  // Spoken only when the words change, so that a screen reader is not interrupted every few seconds.
  say(words, wrong = false) {
    const line = this.line.querySelector("span");
    if (line.textContent !== words) line.textContent = words;
    this.line.classList.toggle("gap", wrong);
    if (wrong) this.tick.remove();
    else this.line.prepend(this.tick);
  }

  other(address) {
    this.both.querySelector("a").href = address;
    this.both.hidden = false;
  }

  // The page is going: one last keeping that the browser carries on its own.
  goodbye() {
    if (!this.unkept || this.carried === this.changed) return;
    this.carried = this.changed;
    const body = this.words();
    const small = body.toString().length < FITS_A_GOODBYE;
    const upTo = this.changed;
    fetch(this.form.dataset.keeps, { method: "POST", body, keepalive: small })
      .then(async (answer) => isJson(answer) && this.heard(answer.status, await answer.json(), upTo))
      .catch(() => this.failed("no connection"));
  }

  leaving(event) {
    if (this.unkept && this.failures) event.preventDefault();
    else this.goodbye();
  }

  // A form is sent only when what it holds is kept, so that a dead line or an ended session loses nothing.
  async beforeItGoes(event) {
    if (this.ready) {
      this.ready = false;
      this.gone = true;
      return;
    }
    if (!this.unkept && !this.sending && !this.stopped) {
      this.gone = true;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.stopped || this.asking) return;
    this.asking = true;
    const kept = await this.keep();
    this.asking = false;
    if (!kept) return this.line.scrollIntoView({ block: "center" });
    this.ready = true;
    this.form.requestSubmit(event.submitter);
    this.ready = false;
  }
}

function isJson(answer) {
  return (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
}

for (const form of document.querySelectorAll("form[data-draft]")) new Keeper(form);
