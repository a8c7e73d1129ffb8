// What still waits in this browser would not be submitted with the rest: say so, and lead back to where it is saved.

const form = document.querySelector("[data-queue]");
const unsent = document.querySelector("[data-unsent]");

function waiting() {
  try {
    return Object.keys(JSON.parse(localStorage.getItem(form.dataset.queue)) || {}).length;
  } catch {
    return 0;
  }
}

// On every showing: somebody may come back to this page after they saved.
addEventListener("pageshow", () => {
  const count = waiting();
  unsent.querySelector("[data-count]").textContent =
    count === 1 ? "1 statement waits in this browser, not saved yet." : `${count} statements wait in this browser, not saved yet.`;
  unsent.hidden = count === 0;
  form.hidden = count > 0;
});
