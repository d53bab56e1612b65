// Keys, suggestions, and the start: on the search page the query of the address is answered at once.
function keys(event) {
  const field = Array.from(document.querySelectorAll('form[role="search"] input[name="q"]')).pop(),
    at = document.activeElement;
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
  if (event.key === "/" && !typing) { event.preventDefault(); field.focus(); field.select(); return; }
  const links = list ? Array.from(list.querySelectorAll("a")) : [], place = links.indexOf(at);
  if (event.key === "Escape") { if (place >= 0) field.focus(); else if (at === field) field.blur(); return; }
  if (place < 0 && at !== field) return;
  const next = event.key === "ArrowDown" ? links[place + 1]
    : event.key === "ArrowUp" && place >= 0 ? links[place - 1] || field : null;
  if (next && !(at === field && field.list && field.list.children.length)) {
    event.preventDefault();
    next.focus();
  }
}

// Suggestions come after a pause, so that a query typed in one go costs nothing for them.
const PAUSE = 150;
let pause = 0;

function typed(event) {
  const field = event.target;
  if (!field.matches || !field.matches('form[role="search"] input[name="q"]')) return;
  clearTimeout(pause);
  pause = setTimeout(() => load("lain").then((more) => more.suggest(field)).catch(() => {}), PAUSE);
}

window.simpulCari.cari = find;
window.simpulCari.inti = {
  load, prepare, cards, stem, tokens, words, commonest, order, kindOf, kindName, make, go, number, letters: VALUES,
  SHORTEST_PREFIX,
};
document.addEventListener("keydown", keys);
document.addEventListener("input", typed);
load("pokok").catch(() => {});
if (!list) {
  // What was typed while this script was on its way.
  if (document.activeElement.value) typed({ target: document.activeElement });
  return;
}
window.addEventListener("popstate", run);
again.addEventListener("click", () => show(best(results, shown + TEN).slice(shown), turn));
document.addEventListener("submit", (event) => {
  if (!event.target.matches('form[role="search"]')) return;
  event.preventDefault();
  clearTimeout(pause);
  const input = event.target.querySelector('input[name="q"]');
  if (input.list) input.list.textContent = "";
  go(new URLSearchParams({ q: input.value }));
});
run();
one("[data-without]").hidden = true;
