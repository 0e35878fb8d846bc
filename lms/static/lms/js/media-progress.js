// While something in an editor's list is being made small, the list is fetched anew every three seconds.
const list = document.getElementById("listing-results");
const PAUSE = 3000;

async function look() {
  if (!list?.querySelector("[data-unfinished]")) return;
  const address = new URL("results/", location.origin + location.pathname);
  address.search = location.search;
  try {
    const answer = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (answer.ok && !list.contains(document.activeElement)) list.innerHTML = await answer.text();
  } catch {
    // No connection: the next round asks again.
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
