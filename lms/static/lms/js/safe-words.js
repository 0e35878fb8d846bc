// Says what seems to belong to a real person before a form is sent, so that nothing typed is lost: the server, which
// decides, never repeats such a text.
import { kinds } from "./identifiers.js";

for (const form of document.querySelectorAll("form[data-safe]")) {
  const words = JSON.parse(form.dataset.safe);

  // True when this text may leave the page.
  const isSafe = (area) => {
    const found = [...kinds(area.value)].map((kind) => words[kind]);
    const field = area.closest(".field");
    field.querySelector(".error")?.remove();
    field.classList.toggle("wrong", found.length > 0);
    area.ariaInvalid = found.length ? "true" : null;
    if (!found.length) return true;
    const error = document.createElement("p");
    error.className = "error";
    error.textContent = form.dataset.refusal.replace("{what}", found.join(", "));
    area.before(error);
    return false;
  };

  form.addEventListener("input", (event) => event.target.matches(".wrong textarea") && isSafe(event.target));
  form.addEventListener("submit", (event) => {
    const wrong = [...form.querySelectorAll("textarea")].filter((area) => !isSafe(area));
    if (!wrong.length) return;
    event.preventDefault();
    wrong[0].focus();
  });
}
