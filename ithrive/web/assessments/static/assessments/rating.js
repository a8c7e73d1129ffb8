// Saves each statement while somebody types. What cannot be sent waits in this browser until it can: a lost
// connection, a lost session or a closed tab loses nothing. The page works without this script.

import { Waiting, post, token } from "./waiting.js";

const PAUSE = 800; // milliseconds without a key press before a statement is saved
const AGAIN = 10000; // milliseconds before a lost connection is tried again

const form = document.querySelector("[data-rating]");
const waiting = new Waiting(form.dataset.queue);
const saving = form.querySelector("[data-saving]");
const timers = new Map();
const conflicts = new Map();
const boxes = new Map([...form.querySelectorAll("[data-statement]")].map((box) => [box.dataset.statement, box]));
let sending = null; // the promise of the run under way
let leaving = false; // the whole form is being sent: nothing may overtake it
let again = 0;

function named(box, part) {
  return box.querySelector(`[name="${part}-${box.dataset.statement}"]`);
}

function typedIn(box) {
  const choice = box.querySelector('input[name^="score-"]:checked');
  const saves = Number(named(box, "seen").value.split(":")[0]);
  return { choice: choice ? choice.value : "", why: named(box, "why").value, evidence: named(box, "evidence").value, saves };
}

function show(box, typed) {
  for (const radio of box.querySelectorAll('input[name^="score-"]')) radio.checked = radio.value === typed.choice;
  named(box, "why").value = typed.why;
  named(box, "evidence").value = typed.evidence;
  seen(box, typed.saves);
}

function seen(box, saves) {
  named(box, "seen").value = `${saves}:page`;
}

function state(box, words) {
  if (box) box.querySelector("[data-state]").textContent = words;
}

function tell(words, late, link) {
  saving.classList.toggle("app-saving--waiting", late);
  if (saving.textContent === words && !link) return;
  saving.textContent = words;
  if (link) {
    const sign = document.createElement("a");
    sign.href = `${form.dataset.signIn}?next=${encodeURIComponent(location.pathname + location.search)}`;
    sign.textContent = "Sign in again";
    saving.append(" ", sign);
  }
}

function held() {
  const count = Object.keys(waiting.all()).length;
  return count === 1 ? "1 statement waits in this browser." : `${count} statements wait in this browser.`;
}

// Where the page itself asks which of two to keep, the answer goes with the form and nothing goes before it.
function asked(box) {
  return box.querySelector(`[name="keep-${box.dataset.statement}"]`) !== null;
}

function changed(box) {
  if (asked(box)) return;
  const code = box.dataset.statement;
  waiting.put(code, typedIn(box));
  state(box, "Not saved yet");
  clearTimeout(timers.get(code));
  timers.set(code, setTimeout(send, PAUSE));
}

// One after another, so that two saves of one statement cannot overtake each other.
function send() {
  if (sending || leaving) return;
  clearTimeout(again);
  sending = sendAll().finally(() => {
    sending = null;
  });
}

async function sendAll() {
  let stopped = false;
  for (const [code, typed] of Object.entries(waiting.all())) {
    if (leaving) return;
    if (conflicts.has(code)) continue;
    const box = boxes.get(code);
    if (typed.choice === "cannot" && !typed.why.trim()) {
      state(box, "Not saved yet: say why you cannot rate this statement");
      continue;
    }
    stopped = !(await sent(code, typed, box));
    if (stopped) break;
  }
  if (!stopped) settled();
}

async function sent(code, typed, box) {
  let answer;
  let said = {};
  try {
    answer = await post(form, code, typed);
    said = await answer.json().catch(() => ({}));
  } catch {
    tell(`Not saved yet: no connection. ${held()}`, true);
    state(box, "Not saved yet: no connection");
    again = setTimeout(send, AGAIN);
    return false;
  }
  if (answer.status === 200) return kept(code, typed, box, said);
  if (answer.status === 409) return differ(code, typed, box, said);
  if (answer.status === 422) {
    state(box, `Not saved: ${said.why}`);
    return true;
  }
  const lost = answer.status === 401 || answer.status === 0 || (answer.status === 403 && !said.why);
  tell(`Not saved yet: ${said.why || "the site did not answer as it should."} ${held()}`, true, lost);
  state(box, "Not saved yet");
  if (!lost && !said.why) again = setTimeout(send, AGAIN);
  return false;
}

function kept(code, typed, box, said) {
  waiting.done(code, typed);
  if (box) {
    seen(box, said.saves);
    count(said);
    const later = waiting.all()[code];
    if (later) waiting.put(code, { ...later, saves: said.saves });
    else state(box, `Saved at ${said.at}`);
  }
  return true;
}

// How much is done, which the page said as it stood when it was opened.
function count(said) {
  if (!said.parts) return;
  document.querySelector("[data-progress]").textContent = said.progress;
  document.querySelectorAll("[data-part]").forEach((part, number) => {
    part.textContent = said.parts[number];
  });
}

function settled() {
  const left = Object.entries(waiting.all());
  const ready = left.filter(([code, typed]) => !conflicts.has(code) && !(typed.choice === "cannot" && !typed.why.trim()));
  if (!left.length) tell("Saved", false);
  else if ([...conflicts.keys()].some((code) => !boxes.has(code))) tell(`Not saved yet: open “All” and choose what to keep. ${held()}`, true);
  else if (conflicts.size) tell(`Not saved yet: choose what to keep. ${held()}`, true);
  else if (ready.length) timers.set("", setTimeout(send, PAUSE));
  else tell(`Not saved yet: something is still missing. ${held()}`, true);
}

function words(typed) {
  const score = { "": "No score", cannot: `Cannot rate: ${typed.why}` }[typed.choice] || `Score ${typed.choice}`;
  return `${score}. Evidence: ${typed.evidence || "none"}`;
}

function differ(code, typed, box, said) {
  conflicts.set(code, said.theirs);
  if (!box) return true;
  const panel = document.querySelector("[data-conflict]").content.firstElementChild.cloneNode(true);
  panel.querySelector("[data-theirs]").textContent = `Saved at ${said.at}: ${words(said.theirs)}`;
  for (const button of panel.querySelectorAll("[data-keep]")) {
    button.addEventListener("click", () => keep(code, box, panel, button.dataset.keep));
  }
  box.querySelector(".app-conflict")?.remove();
  box.querySelector(".nhsuk-radios").before(panel);
  state(box, "Not saved yet: choose what to keep");
  return true;
}

function keep(code, box, panel, which) {
  const theirs = conflicts.get(code);
  conflicts.delete(code);
  panel.remove();
  if (which === "theirs") {
    waiting.done(code, waiting.all()[code]);
    show(box, theirs);
    state(box, "Saved");
  } else {
    seen(box, theirs.saves);
    waiting.put(code, typedIn(box));
  }
  box.querySelector("textarea").focus();
  send();
}

for (const box of boxes.values()) {
  box.addEventListener("input", () => changed(box));
  if ("unsaved" in box.dataset && !asked(box)) waiting.put(box.dataset.statement, typedIn(box));
}
for (const [code, typed] of Object.entries(waiting.all())) {
  const box = boxes.get(code);
  if (box && asked(box)) waiting.done(code, typed);
  else if (box) {
    show(box, typed);
    state(box, "Not saved yet");
  }
}
form.addEventListener("submit", (event) => {
  form.querySelector("[name=csrfmiddlewaretoken]").value = token(form);
  if (!navigator.onLine) {
    event.preventDefault();
    tell(`Not saved yet: no connection. ${held()}`, true);
    return;
  }
  leaving = true;
  if (!sending) return;
  event.preventDefault();
  sending.then(() => form.submit());
});
// What was typed a moment ago is saved before the page opens that hands everything in.
form.querySelector("[data-after-saving]").addEventListener("click", (event) => {
  if (!Object.keys(waiting.all()).length) return;
  event.preventDefault();
  send();
  Promise.resolve(sending).then(() => location.assign(event.target.href));
});
addEventListener("pageshow", () => {
  leaving = false;
});
addEventListener("online", send);
if (Object.keys(waiting.all()).length) send();
