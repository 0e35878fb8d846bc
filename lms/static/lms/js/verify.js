// The verify page: keeps itself for places without a network, judges there, and reads QR codes where the browser can.
// On the server's own verdict it only does the first.
const TOKEN = /\/v\/([A-Z2-7]{41,})/i, EVERY = 250; // milliseconds between two looks of the camera
const by = (id) => document.getElementById(id);
const place = by("hasil");
const language = document.documentElement.lang === "en" ? "en-GB" : "id";
const dated = (at, more) => new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", ...more }).format(at);
const fetched = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  return answer;
};

// One clear way on a screen: typing is the second one.
const stepBack = () => document.querySelector("form .next")?.classList.replace("next", "plain");

// Put a verdict's template on the page and the words of the statement into it.
const show = (state, words = {}, withFacts = false) => {
  place.replaceChildren(...["v-" + state, ...(withFacts ? ["v-facts"] : [])].map((id) => by(id).content.cloneNode(true)));
  for (const spot of place.querySelectorAll("[data-fill]")) spot.textContent = words[spot.dataset.fill] ?? "–";
  stepBack();
};

const judge = async (token) => {
  const { readList, readToken, stateOf } = await import("./verify-token.js");
  const { keys } = await (await fetched("/.well-known/jwks.json")).json();
  const said = await readToken(token, keys);
  if (typeof said === "string") return show(said === "unknown_key" ? said : "forged");
  const lists = await Promise.all([["status", "revocation"], ["suspension", "suspension"]].map(async ([name, purpose]) =>
    readList(await (await fetched(`/v/${name}.jwt`)).text(), keys, purpose)));
  const [revoked, suspended] = lists.map((list) => list.has(said.number));
  const asOf = Math.min(...lists.map((list) => list.at));
  // A phone's clock may be years wrong; the list is at least as old as it says.
  const now = new Date(Math.max(Date.now(), asOf));
  const state = stateOf(said, Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()), revoked, suspended);
  const titles = JSON.parse(by("standar").textContent), day = (at) => dated(at, { timeZone: "UTC" });
  show(state, {
    ...said,
    standard: titles[`${said.standard}/${said.version}`] ?? said.standard,
    from: day(said.from),
    until: day(said.until),
    list: dated(asOf, { hour: "numeric", minute: "2-digit" }),
    modules: said.topics.length,
    study: said.topics.reduce((sum, hours) => sum + hours, 0),
    practice: said.practice / 60,
  }, true);
};

const go = (words) => {
  const token = words?.match(TOKEN)?.[1];
  if (token) location.assign(`/V/${token.toUpperCase()}${location.search}`);
  else show("unread");
};

const scan = async () => {
  if (!(await window.BarcodeDetector?.getSupportedFormats())?.includes("qr_code")) return;
  const detector = new BarcodeDetector({ formats: ["qr_code"] }), film = by("film");
  const read = async (picture) => (await detector.detect(picture))[0]?.rawValue;
  by("pindai").hidden = false;
  stepBack();
  by("gambar").addEventListener("change", async ({ target }) => go(await read(await createImageBitmap(target.files[0])).catch(() => "")));
  by("kamera").addEventListener("click", async () => {
    try {
      film.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      return show("nocamera");
    }
    film.hidden = false;
    await film.play();
    const look = async () => {
      const words = await read(film).catch(() => "");
      if (!words) return setTimeout(look, EVERY);
      film.srcObject.getTracks().forEach((track) => track.stop());
      film.hidden = true;
      go(words);
    };
    look();
  });
};

// A worker that serves its address: `serviceWorker.ready` knows only the one of this page.
const ready = async (address) => {
  const registration = await navigator.serviceWorker.register(address), coming = registration.installing ?? registration.waiting;
  if (!registration.active) await new Promise((done) => coming.addEventListener("statechange", () => registration.active && done()));
};

const keep = async () => {
  await Promise.all(["/v/sw.js", "/V/sw.js"].map(ready));
  by("siap")?.removeAttribute("hidden");
};

if (place) {
  // This page under another address, or asked for a code: the kept copy, because the server could not be reached.
  const token = location.pathname.match(TOKEN)?.[1];
  if (token) judge(token).catch(() => show("nolist"));
  else if (location.pathname.length > 3 || (location.search.includes("kode=") && !("answered" in place.dataset))) show("online");
  scan();
}
if (navigator.serviceWorker) keep().catch(() => null);
