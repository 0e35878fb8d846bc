// Answers a self-check at once. Without this file the server answers the same form.
function answer(form, chosen) {
  const words = form.querySelector("[role=status]");
  const kept = form.querySelector(`template[data-choice="${chosen.value}"]`);
  words.replaceChildren(kept.content.cloneNode(true));
  for (const input of form.querySelectorAll("[name=pilih]")) input.removeAttribute("aria-describedby");
  chosen.setAttribute("aria-describedby", words.id);
  form.querySelector("button").textContent = form.dataset.again;
}

for (const form of document.querySelectorAll("form[data-selfcheck]")) {
  form.addEventListener("submit", (event) => {
    const chosen = form.querySelector("[name=pilih]:checked");
    if (!chosen) return;
    event.preventDefault();
    answer(form, chosen);
  });
}
