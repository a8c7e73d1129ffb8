// Saves each line as somebody leaves it. What cannot be sent is tried again until it can; the page asks before
// it is left with anything unsaved. It works without this script: the button saves every line.

const AGAIN = 10000; // milliseconds before a lost connection is tried again

const form = document.querySelector("[data-filling]");
const saving = form.querySelector("[data-saving]");
const unsaved = new Map(); // by code: the line
let sending = false;
let again = 0;

function named(line, part) {
  return line.querySelector(`[name="${part}:${line.dataset.line}"]`);
}

function state(line, words) {
  line.querySelector("[data-state]").textContent = words;
}

function typedIn(line) {
  const body = new URLSearchParams();
  for (const box of line.querySelectorAll("input, select")) body.set(box.name, box.value);
  return body;
}

function token() {
  const found = document.cookie.split("; ").find((each) => each.startsWith("csrftoken="));
  return found ? decodeURIComponent(found.slice(10)) : form.querySelector("[name=csrfmiddlewaretoken]").value;
}

function changed(event) {
  const line = event.target.closest("[data-line]");
  if (!line) return;
  unsaved.set(line.dataset.line, line);
  state(line, "Not saved yet");
  send();
}

async function send() {
  if (sending) return;
  sending = true;
  clearTimeout(again);
  try {
    for (const line of [...unsaved.values()]) await sent(line);
  } catch {
    saving.textContent = "The connection is lost. What you typed is still here; it is sent when it is back.";
    again = setTimeout(send, AGAIN);
  }
  sending = false;
}

async function sent(line) {
  const body = typedIn(line);
  const answer = await fetch(form.dataset.save, { method: "POST", body, headers: { "X-CSRFToken": token() } });
  const told = await answer.json();
  const same = typedIn(line).toString() === body.toString();
  if (answer.status === 401) {
    saving.textContent = told.why;
    again = setTimeout(send, AGAIN);
    return;
  }
  const mark = answer.ok ? told.seen[line.dataset.line] : told.seen;
  if (mark) named(line, "seen").value = mark;
  if (!same) return; // somebody typed on: the next change sends it
  unsaved.delete(line.dataset.line);
  if (answer.ok) {
    state(line, "Saved");
    saving.textContent = unsaved.size ? "" : "Everything is saved.";
  } else {
    state(line, told.why);
    saving.textContent = "Something is not saved: look at the lines that say so.";
  }
}

form.addEventListener("change", changed);
form.addEventListener("submit", () => unsaved.clear());
addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});
