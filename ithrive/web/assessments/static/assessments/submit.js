// Nothing typed is left out when ratings are handed in: what still waits in this browser is sent first. What the
// site does not take, because it cannot be reached or there is something to choose, is said, with the way back.

import { Waiting, post } from "./waiting.js";

const form = document.querySelector("[data-queue]");
const unsent = document.querySelector("[data-unsent]");
const waiting = new Waiting(form.dataset.queue);

async function sent([code, typed]) {
  try {
    if ((await post(form, code, typed)).status === 200) waiting.done(code, typed);
  } catch {
    // No connection: it goes on waiting.
  }
}

// On every showing: somebody may come back to this page after they saved.
addEventListener("pageshow", async () => {
  form.hidden = Object.keys(waiting.all()).length > 0;
  for (const each of Object.entries(waiting.all())) await sent(each);
  const count = Object.keys(waiting.all()).length;
  unsent.querySelector("[data-count]").textContent =
    count === 1 ? "1 statement waits in this browser, not saved yet." : `${count} statements wait in this browser, not saved yet.`;
  unsent.hidden = count === 0;
  form.hidden = count > 0;
});
