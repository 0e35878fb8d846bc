// Saves an answer as soon as it changes, and keeps it on the phone until the site has it. Without this file each Next saves.
const form = document.querySelector("form[data-keep]");
const key = `jawaban-${form.dataset.keep}`, PAUSE = 700, AGAIN = 10000; // milliseconds
const own = ([name]) => !["csrfmiddlewaretoken", "entry", "go"].includes(name);
const told = () => JSON.stringify([...new FormData(form)].filter(own));
let saved = told(), timer, leaving = false;

const say = (part) => document.getElementById("tersimpan").replaceChildren(part);
const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };

// Storage may be switched off: what is on the page is sent all the same.
const quietly = (act) => { try { return act(); } catch { return null; } };
const keep = (words) => quietly(() => localStorage.setItem(key, words));
const forget = (name = key) => quietly(() => localStorage.removeItem(name));

async function save() {
  const now = told();
  if (now === saved || leaving) return;
  try {
    const sent = { method: "POST", body: new FormData(form), headers: { "X-Part": "1" }, redirect: "error", keepalive: true };
    const reply = await fetch(location.pathname, sent);
    if (reply.status === 410) return location.reload(); // handed in: the page leads to the result
    if (![200, 422].includes(reply.status)) throw reply;
    const fresh = document.createRange().createContextualFragment(await reply.text());
    say(fresh.querySelector("#tersimpan").firstElementChild);
    if (reply.ok) saved = now;
    if (reply.ok && told() === now) forget();
    else if (reply.ok) later(PAUSE);
  } catch {
    say(document.getElementById("belum").content.cloneNode(true));
    later(AGAIN);
  }
}

// The page before was sent and led here: what was kept of it has arrived.
const before = quietly(() => sessionStorage.getItem("jawaban"));
if (before && before !== key) forget(before);
quietly(() => sessionStorage.removeItem("jawaban"));

// What the last visit could not send stands here again.
const waiting = quietly(() => localStorage.getItem(key));
if (waiting === saved) forget();
else if (waiting) {
  const fields = new Map();
  for (const [name, value] of JSON.parse(waiting)) fields.set(name, [...(fields.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || !own([field.name])) continue;
    const values = fields.get(field.name) ?? [];
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
  save();
}

form.addEventListener("input", (event) => {
  keep(told());
  later(event.target.type === "text" ? PAUSE : 50);
});
form.addEventListener("submit", () => {
  leaving = true;
  quietly(() => sessionStorage.setItem("jawaban", key));
});
addEventListener("online", () => later(0));
addEventListener("pageshow", () => { leaving = false; });
addEventListener("pagehide", () => { if (!leaving) save(); });

// Minutes left, counted from what the server said: the clock of a phone may be wrong.
const end = document.getElementById("waktu");
if (end) {
  const shown = end.querySelector("b"), whole = Number(shown.textContent), from = performance.now();
  setInterval(() => {
    const minutes = whole - Math.floor((performance.now() - from) / 60000);
    shown.textContent = Math.max(0, minutes);
    if (minutes < -2) location.reload();
  }, 15000);
}
