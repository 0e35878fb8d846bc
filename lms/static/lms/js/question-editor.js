// Shows only what belongs to the chosen kind of question. Without this file everything is shown, and saving says what is too much.
const kind = document.querySelector("select[name=kind][data-parts]");
const parts = kind ? JSON.parse(kind.dataset.parts) : {};

const isFilled = (panel) =>
  [...panel.querySelectorAll("input, select, textarea")].some((field) => {
    if (field.name.endsWith("-deleted")) return field.value === "";
    if (field.type === "checkbox") return field.checked;
    return !/-(count|order|type|id|value-.*)$/.test(field.name) && !["", "unknown", "0"].includes(field.value.trim());
  });

function arrange() {
  const own = parts[kind.value] ?? [];
  for (const name of new Set(Object.values(parts).flat())) {
    const panel = document.getElementById(`panel-${name}-section`);
    if (panel) panel.hidden = !own.includes(name) && !isFilled(panel) && !panel.querySelector(".error-message, .help-critical");
  }
}

if (kind) {
  kind.addEventListener("change", arrange);
  addEventListener("load", arrange); // lists are drawn by then
}
