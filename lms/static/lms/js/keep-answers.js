// Saves an answer as soon as it changes, and keeps it on the phone until the site has it. Without this file each Next
// saves. Storage may be switched off: what is on the page is sent all the same.
const PAUSE = 700, AGAIN = 10000; // milliseconds
const quietly = (act) => { try { return act(); } catch { return null; } };
const forget = (key) => quietly(() => localStorage.removeItem(key));
const own = (name) => !["csrfmiddlewaretoken", "entry", "go"].includes(name);

function watch(form, key) {
  const told = () => JSON.stringify([...new FormData(form)].filter(([name]) => own(name)));
  const say = (part) => document.getElementById("tersimpan").replaceChildren(part);
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
  let saved = told(), timer, leaving = false;

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
      if (!reply.ok) return;
      saved = now;
      told() === now ? forget(key) : later(PAUSE);
    } catch {
      say(document.getElementById("belum").content.cloneNode(true));
      later(AGAIN);
    }
  }

  // What the last visit could not send stands here again.
  const waiting = quietly(() => localStorage.getItem(key));
  if (waiting === saved) forget(key);
  else if (waiting) {
    const fields = new Map();
    for (const [name, value] of JSON.parse(waiting)) fields.set(name, [...(fields.get(name) ?? []), value]);
    for (const field of form.elements) {
      if (!field.name || !own(field.name)) continue;
      const values = fields.get(field.name) ?? [];
      if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    }
    save();
  }

  form.addEventListener("input", (event) => {
    quietly(() => localStorage.setItem(key, told()));
    later(event.target.type === "text" ? PAUSE : 50);
  });
  form.addEventListener("submit", () => {
    leaving = true;
    quietly(() => sessionStorage.setItem("jawaban", key));
  });
  addEventListener("online", () => later(0));
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("pagehide", save);
}

// Minutes left, counted from what the server said: the clock of a phone may be wrong.
function count(end) {
  const shown = end.querySelector("b"), whole = Number(shown.textContent), from = performance.now();
  setInterval(() => {
    const minutes = whole - Math.floor((performance.now() - from) / 60000);
    shown.textContent = Math.max(0, minutes);
    if (minutes < -2) location.reload();
  }, 15000);
}

const form = document.querySelector("form[data-keep]"), end = document.getElementById("waktu");
const key = form && `jawaban-${form.dataset.keep}`;
// The page before was sent and led here: what was kept of it has arrived.
const before = quietly(() => sessionStorage.getItem("jawaban"));
if (before && before !== key) forget(before);
quietly(() => sessionStorage.removeItem("jawaban"));
if (form) watch(form, key);
if (end) count(end);
