// What a rater typed and the site has not confirmed yet, and how one statement of it is sent.

// The statements that wait to be saved, kept in the browser under the rater's own name.
export class Waiting {
  constructor(name) {
    this.name = name;
  }
  all() {
    try {
      return JSON.parse(localStorage.getItem(this.name)) || {};
    } catch {
      return {};
    }
  }
  put(code, typed) {
    this.write({ ...this.all(), [code]: typed });
  }
  // Done with a statement, unless somebody typed on while it was being sent.
  done(code, typed) {
    const all = this.all();
    if (JSON.stringify(all[code]) !== JSON.stringify(typed)) return;
    delete all[code];
    this.write(all);
  }
  write(all) {
    try {
      if (Object.keys(all).length) localStorage.setItem(this.name, JSON.stringify(all));
      else localStorage.removeItem(this.name);
    } catch {
      // No room, or not allowed: the page still saves while the connection holds.
    }
  }
}

function cookie(name) {
  const found = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

// Signing in again, perhaps in another tab, brings a new token: the cookie always has the one in force.
export function token(form) {
  const given = form.querySelector("[name=csrfmiddlewaretoken]");
  return cookie("csrftoken") || given.value;
}

export function post(form, code, typed) {
  const body = new URLSearchParams({
    statement: code,
    [`score-${code}`]: typed.choice,
    [`why-${code}`]: typed.why,
    [`evidence-${code}`]: typed.evidence,
    [`seen-${code}`]: `${typed.saves}:page`,
  });
  return fetch(form.dataset.save, { method: "POST", body, headers: { "X-CSRFToken": token(form) }, redirect: "manual" });
}
