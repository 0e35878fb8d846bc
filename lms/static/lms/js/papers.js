// While papers are being made, or people certified, look every few seconds and put what is new in place.
// As long as something goes on it looks on; after two minutes without any change it stops.
const WAIT = 3000;
const MOST = 40;

async function look(left) {
  const place = document.getElementById("berkas");
  if (!place || !place.querySelector("[data-making]") || !left) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("berkas");
    if (fresh && fresh.innerHTML !== place.innerHTML) {
      place.replaceWith(document.adoptNode(fresh));
      left = MOST;
    }
  } catch {
    // no network just now: the link to look again stays
  }
  setTimeout(look, WAIT, left - 1);
}

setTimeout(look, WAIT, MOST);
