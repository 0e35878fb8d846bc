// The grading page: keeps what is put down, digits set levels, chosen words become a comment. Without this file all of it
// works by plain forms.
const form = document.querySelector("form[data-grading]");
let waiting, kept = Promise.resolve();

// Kept a second and a half after the last touch, one sending after the other.
async function keep() {
  const words = new FormData(form);
  for (const name of ["passage_field", "passage_quote", "passage_text"]) words.delete(name);
  words.set("do", "keep");
  try {
    const reply = await fetch(form.action, { method: "POST", body: words, headers: { "X-Part": "1" }, redirect: "error" });
    const fresh = document.createRange().createContextualFragment(await reply.text());
    const part = fresh.getElementById("hasil");
    if (part) document.getElementById("hasil").replaceWith(part);
  } catch {
    // No network: the buttons below still send everything.
  }
}
form.addEventListener("input", (event) => {
  if (event.target.name?.startsWith("passage_")) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => { kept = kept.then(keep); }, 1500);
});
form.addEventListener("submit", () => clearTimeout(waiting));

// A digit sets the level that carries it, and goes on to the next criterion.
const rows = [...form.querySelectorAll("[data-criterion]")];
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || !/^\d$/.test(event.key)) return;
  if (event.target.matches("textarea, select, input:not([type=radio])")) return;
  const row = event.target.closest("[data-criterion]") ?? rows.find((one) => !one.querySelector(":checked"));
  const level = row?.querySelector(`input[type=radio][value="${event.key}"]`);
  if (!level) return;
  event.preventDefault();
  level.checked = true;
  level.dispatchEvent(new Event("input", { bubbles: true }));
  const next = rows[rows.indexOf(row) + 1];
  (next?.querySelector(":checked") ?? next?.querySelector("input[type=radio]") ?? level).focus();
});

// Phrases stand below the field she writes in, and are put into it.
const phrases = form.querySelector("[data-phrases]");
let last = form.elements.remark;
form.addEventListener("focusin", (event) => {
  if (!event.target.matches("textarea") || event.target === last) return;
  last = event.target;
  last.after(phrases);
});
last.after(phrases);
for (const phrase of phrases.querySelectorAll("[data-phrase]")) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: phrase.textContent });
  button.className = "btn plain";
  phrase.replaceChildren(button);
  button.addEventListener("click", () => {
    last.value = [last.value.trim(), button.textContent].filter(Boolean).join(" ");
    last.focus();
    last.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// Words chosen in her work are quoted in the comment.
const comment = form.querySelector("[data-comment]");
if (comment) {
  let place, quote;
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const words = chosen.toString().trim();
    const answer = words && chosen.anchorNode?.parentElement?.closest("[data-field]");
    if (!answer || !answer.contains(chosen.focusNode)) return;
    [place, quote] = [answer.dataset.field, words.slice(0, 300)];
    answer.append(comment);
    comment.hidden = false;
  });
  comment.addEventListener("click", () => {
    form.elements.passage_field.value = place;
    form.elements.passage_quote.value = quote;
    document.getElementById("bagian").open = true;
    comment.hidden = true;
    form.elements.passage_text.focus();
  });
}
