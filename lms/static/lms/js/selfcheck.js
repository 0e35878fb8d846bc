// Answers a self-check at once, and prints. Without this file the server answers the same form.
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

// On paper everything stands open, but for what carries a content note: that is printed only when she had opened it.
const shut = () => document.querySelectorAll("main details:not([open]):not([data-noted])");
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...shut()];
  for (const more of opened) more.open = true;
});
addEventListener("afterprint", () => {
  for (const more of opened) more.open = false;
});

// The sheet for paper is fetched where somebody may print: on a wide screen, or when the button asks. A phone saves it.
const paper = document.querySelector("[data-paper]");
let sheet;
const fetched = () => sheet ??= new Promise((ready) => {
  const link = document.createElement("link");
  document.head.append(Object.assign(link, { rel: "stylesheet", media: "print", onload: ready, onerror: ready, href: paper.dataset.paper }));
});
if (paper) {
  paper.hidden = false;
  paper.addEventListener("click", () => fetched().then(() => print()));
  if (matchMedia("(min-width: 48rem)").matches) fetched();
}

// How far she came: told quietly when she leaves, once, and not when she has finished. The desk leads back to it.
const keep = document.getElementById("tempat");
if (keep && navigator.sendBeacon) {
  let at = location.hash.slice(1), told = at;
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) at = entry.target.id;
  });
  for (const part of document.querySelectorAll("main h2[id^=b], form[data-selfcheck]")) seen.observe(part);
  addEventListener("submit", (event) => { if (event.target.method === "post") told = null; });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || told === null || !at || at === told) return;
    const words = new FormData(keep);
    words.set("anchor", told = at);
    words.set("quiet", "1");
    navigator.sendBeacon(keep.action, words);
  });
}
