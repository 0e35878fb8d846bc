// Quick exit. Without this file the link works too; with it the pages of this site also leave the tab's history.
// 1. Hide everything and go back to the first page of this stretch; 2. put the exit address in its place, which ends
// the session; 3. its page (gone.js) goes on to a neutral one. How far back: the browser says it, or, in older ones,
// every entry carries its own position in history.state; sessionStorage only hands the number to the next page.
const NEXT = "n", LEAVING = "x", PATIENCE = 10000;
const exit = document.body.dataset.exit || "/keluar-cepat/";
let at = 0, timer;

const take = (key) => {
  const value = Number(sessionStorage.getItem(key));
  sessionStorage.removeItem(key);
  return value;
};

const place = (number) => {
  at = number;
  history.replaceState({ ...history.state, at }, "");
};

const away = () => {
  document.documentElement.hidden = true;
  location.replace(exit + "?2");
};

// A page shows, perhaps out of the back/forward cache; or an entry of the same page (#part) does.
const arrive = () => {
  clearTimeout(timer);
  const since = take(LEAVING), handed = take(NEXT);
  if (Date.now() - since < PATIENCE) return away();
  document.documentElement.hidden = false;
  if (Number.isInteger(history.state?.at)) at = history.state.at;
  else place(handed);
};

const leave = () => {
  document.documentElement.hidden = true;
  const back = window.navigation?.currentEntry?.index ?? Math.min(at, history.length - 1);
  if (!(back > 0)) return away();
  sessionStorage.setItem(LEAVING, Date.now());
  history.go(-back);
  timer = setTimeout(away, 1500); // there was nothing to go back to
};

// A click of ours opens the next page: it stands one further, and in the same place when the address is the same.
const handOn = (address, isPost) => {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) return;
  const isSame = !isPost && url.href === location.href;
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

  // Shift three times within five seconds, nothing in between.
  let times = [];
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    times = event.key === "Shift" ? [...times, event.timeStamp].slice(-3) : [];
    if (times.length === 3 && times[2] - times[0] < 5000) leave();
  });
} catch {
  // Storage is switched off: the plain link does its part.
}
