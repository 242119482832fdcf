/* A button that prints the page; without this script it stays hidden, and the browser's menu does it. */
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
