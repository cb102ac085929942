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
