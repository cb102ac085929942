// All that the console's pages do in a browser beside htmx. Without it every page works, by whole pages.
import { createAll, initAll, Button, Tabs, ErrorSummary, NotificationBanner }
  from "./vendor/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

const PARTS = [Button, Tabs, ErrorSummary, NotificationBanner];
document.addEventListener("htmx:after:swap", (event) => {
  const scope = event.target instanceof Element ? event.target : document.body;
  PARTS.forEach((part) => createAll(part, undefined, { scope, onError: () => {} }));
});

// A form is sent once until its answer is there, or ten seconds have passed. The server knows repeats too: by their act id.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.ariaBusy === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.ariaBusy = "true";
  setTimeout(() => { form.ariaBusy = null; }, 10000);
}, { capture: true });
const release = () => document.querySelectorAll("form[aria-busy]").forEach((form) => { form.ariaBusy = null; });
document.addEventListener("htmx:finally:request", release);
window.addEventListener("pageshow", release);

// A form marked data-unsaved asks before it is left with what was typed and not sent.
const unsaved = new Set();
document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-unsaved]");
  if (form) unsaved.add(form);
});
document.addEventListener("submit", ({ target }) => unsaved.delete(target));
window.addEventListener("beforeunload", (event) => {
  if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
});

// Two minutes before a session ends for want of use its page says so. Another tab may have used it: the server knows.
const ending = document.getElementById("session-ends");
if (ending) {
  const WARNING = 120;
  const [warns, ended] = ["warns", "ended"].map((when) => ending.querySelector(`[data-when="${when}"]`));
  let timer;
  const wait = (lasts) => {
    clearTimeout(timer);
    ending.hidden = lasts > WARNING;
    warns.hidden = lasts <= 0;
    ended.hidden = lasts > 0;
    if (lasts > 0) timer = setTimeout(look, 1000 * (lasts > WARNING ? lasts - WARNING : lasts) + 500);
  };
  const ask = async (method, headers) => {
    const answer = await fetch("/account/lasts", { method, headers });
    if (answer.ok) wait((await answer.json()).lasts);
  };
  const look = () => ask("GET").catch(() => {});
  ending.querySelector("button").addEventListener("click", () => {
    ask("POST", { "X-CSRF-Token": ending.dataset.csrf }).catch(() => {});
  });
  wait(Number(ending.dataset.lasts));
}
