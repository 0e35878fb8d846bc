// Keeps what checks a certificate without a network: one page in two languages, its script, keys and lists. Only that,
// only under this address, and nothing that belongs to anybody: all of it is fetched without cookies.
const NAME = "periksa-{{ version }}", PATIENCE = 6000, REST = 15000; // milliseconds
const FILES = {{ files|safe }};
let weakUntil = 0;

const keep = async () => {
  const cache = await caches.open(NAME);
  await cache.addAll(FILES.map((file) => new Request(file, { credentials: "omit" })));
};
const kept = async (file) => (await (await caches.open(NAME)).match(file, { ignoreVary: true })) || Response.error();

// The network first; what is kept when it is away, broken or slower than patience. Then do not wait again for a while.
const answer = async (request, file) => {
  if (Date.now() < weakUntil) return kept(file);
  let timer;
  const tired = new Promise((_, refuse) => (timer = setTimeout(refuse, PATIENCE)));
  try {
    const fresh = await Promise.race([fetch(request), tired]);
    if (fresh.status > 499) throw fresh;
    return fresh;
  } catch {
    weakUntil = Date.now() + REST;
    return kept(file);
  } finally {
    clearTimeout(timer);
  }
};

addEventListener("install", (event) => event.waitUntil(keep().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(caches.keys().then((names) =>
  Promise.all(names.filter((name) => name.startsWith("periksa-") && name !== NAME).map((name) => caches.delete(name))))));
addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    const page = url.searchParams.get("bahasa") === "en" ? FILES[1] : FILES[0];
    const answered = answer(request, page);
    event.respondWith(answered);
    event.waitUntil(answered.then(() => (Date.now() < weakUntil ? null : keep())).catch(() => null));
  } else if (FILES.includes(url.pathname)) event.respondWith(answer(request, url.pathname));
});
