// The page of the exit address: goes on to the neutral page, also when somebody comes Back to it.
const go = () => setTimeout(() => (location.href = document.querySelector("a").href), 150);
addEventListener("pageshow", (event) => event.persisted && go());
if (document.readyState === "complete") go();
else addEventListener("load", go);
