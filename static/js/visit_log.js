/* Saving an entry without leaving the page: what htmx cannot know by itself. Without this script and htmx
   the form is posted as any other.

   What was typed stays where it is until the server has it, and every half minute the server keeps it beside
   the log. Nothing of it is put into the browser's storage: these are a firm's weak points. */
(() => {
  "use strict";

  const ENTRY = 'id="eintrag"';
  const HALF_A_MINUTE = 30000;
  let isTyped = false;

  function keep() {
    const form = document.querySelector("#eintrag .log-form, .keeps-unsent");
    if (!form || !isTyped || form.classList.contains("htmx-request")) return;
    const typed = new FormData(form);
    for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
    typed.set("zwischenspeichern", "still");
    isTyped = false;
    fetch(form.action, { method: "POST", body: typed, redirect: "manual" }).catch(() => { isTyped = true; });
  }

  document.addEventListener("input", () => { isTyped = true; });
  document.addEventListener("submit", () => { isTyped = false; });
  document.addEventListener("htmx:sendError", () => { isTyped = true; });
  window.setInterval(keep, HALF_A_MINUTE);

  function say(what) {
    const alert = document.getElementById("nicht-gespeichert");
    if (!alert) return;
    for (const words of alert.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== what;
    alert.hidden = false;
    alert.focus();
  }

  document.addEventListener("htmx:beforeRequest", () => {
    const alert = document.getElementById("nicht-gespeichert");
    if (alert) alert.hidden = true;
  });
  document.addEventListener("htmx:sendError", () => say("offline"));
  document.addEventListener("htmx:timeout", () => say("offline"));
  document.addEventListener("htmx:beforeSwap", (event) => {
    const answer = event.detail;
    const isEntry = answer.serverResponse.includes(ENTRY);
    if (isEntry && answer.xhr.status === 409) {
      answer.shouldSwap = true;
      answer.isError = false;
    } else if (!isEntry) {
      answer.shouldSwap = false;
      say("refused");
    }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    window.history.replaceState(null, "", event.detail.pathInfo.responsePath);
    const first = document.querySelector("#eintrag [autofocus]") || document.querySelector("#eintrag h1");
    if (first) first.focus({ preventScroll: true });
  });
})();
