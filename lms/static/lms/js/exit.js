// Quick exit. Without this file the link works too; with it the pages of this site also leave the tab's history.
// 1. Hide everything and go back to the first page of this stretch; 2. put the exit address in its place, which ends
// the session; 3. its page (gone.js) goes on to a neutral one. How far back: every entry carries a mark that the browser
// shows to the others, or, in older browsers, its own position; sessionStorage only hands that to the next page.
const NEXT = "n", LEAVING = "x", PATIENCE = 10000, WITHIN = 5000; // milliseconds
const exit = document.body.dataset.exit || "/keluar-cepat/";
const root = document.documentElement;
let at = 0, timer;

// Pages without this file (the editor, papers, pictures) cannot lead further: never go back to one of those.
const leads = (address) => {
  const url = new URL(address, location.href);
  return url.origin === location.origin && !/^\/(admin|media)\/|\.\w+$/.test(url.pathname);
};

// How far back the first page of this stretch lies. Browsers hide the addresses of other entries from a page without
// referrer, but not the mark that each page of ours left on its own.
const stretch = () => {
  const entries = window.navigation?.entries?.();
  if (!entries?.length) return Math.min(at, history.length - 1);
  return navigation.currentEntry.index - entries.findIndex((entry) => entry.getState()?.leads);
};

const mark = () => window.navigation?.updateCurrentEntry?.({ state: { leads: true } });

const take = (key) => {
  const value = Number(sessionStorage.getItem(key));
  sessionStorage.removeItem(key);
  return value;
};

const place = (number) => {
  at = number;
  history.replaceState({ ...history.state, at }, "");
  mark();
};

const away = () => {
  root.hidden = true;
  location.replace(exit + "?2");
};

// A page shows, perhaps out of the back/forward cache; or an entry of the same page (#part) does.
const arrive = () => {
  clearTimeout(timer);
  const since = take(LEAVING), handed = take(NEXT);
  if (Date.now() - since < PATIENCE) return away();
  root.hidden = false;
  if (Number.isInteger(history.state?.at)) at = history.state.at;
  else place(handed);
};

const leave = () => {
  root.hidden = true;
  const back = stretch();
  if (!(back > 0)) return away();
  sessionStorage.setItem(LEAVING, Date.now());
  history.go(-back);
  timer = setTimeout(away, 1500); // there was nothing to go back to
};

// A click of ours opens the next page: it stands one further, and in the same place when the address is the same.
const handOn = (address, isPost) => {
  if (!leads(address)) return sessionStorage.removeItem(NEXT); // counting starts anew after it
  const isSame = !isPost && new URL(address, location.href).href === location.href;
  sessionStorage.setItem(NEXT, isSame ? at : at + 1);
};

const bare = (address) => address.split("#")[0];

try {
  arrive();
  addEventListener("pageshow", (event) => event.persisted && arrive());
  addEventListener("popstate", () => {
    if (Number.isInteger(history.state?.at)) arrive();
    else place(at + 1); // a link to a part of this page made an entry
  });
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented) return;
    if (link.origin === location.origin && link.pathname === exit) {
      event.preventDefault();
      leave();
      return;
    }
    const opensElsewhere = link.target || event.ctrlKey || event.metaKey || event.shiftKey;
    const isPart = link.hash && bare(link.href) === bare(location.href);
    if (!opensElsewhere && !isPart) handOn(link.href, false);
  });
  addEventListener("submit", (event) => {
    const asked = event.submitter?.getAttribute("formaction") || event.target.getAttribute("action");
    handOn(asked || location.href, event.target.method !== "get");
  });

  // Shift three times within five seconds, nothing in between; dots (lopo.css) show how far she is.
  let times = [], fading;
  const show = () => (document.body.dataset.shift = times.length);
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    times = event.key === "Shift" ? [...times.filter((time) => event.timeStamp - time < WITHIN), event.timeStamp] : [];
    show();
    clearTimeout(fading);
    fading = setTimeout(() => { times = []; show(); }, WITHIN);
    if (times.length > 2) leave();
  });
} catch {
  // Storage is switched off: the plain link does its part.
}
