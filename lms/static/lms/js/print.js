// A button that prints the page: it shows itself only where a script can do it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const more of document.querySelectorAll("details")) more.open = true;
    window.print();
  });
}
