// The shortest path that closes a gap: modules with least time that teach all open cells, and what they build on.
const known = JSON.parse(one("[data-known]").textContent);
const MOST_TRIED = 20000;
const minutesOf = (ids) => ids.reduce((sum, id) => sum + known.modules[id][1], 0);
const cellsOf = (id) => known.modules[id][3];
const teachersOf = (cell) => Object.keys(known.modules).filter((id) => cellsOf(id).includes(cell));

// A module after what it builds on, less what is chosen and what teaches nothing that is not held.
function withBefore(id, chosen, held) {
  if (chosen.includes(id)) return chosen;
  const before = known.modules[id][2].filter((other) => known.modules[other] && !cellsOf(other).every(held));
  return [...before.reduce((found, other) => withBefore(other, found, held), chosen), id];
}

// Cells are tried by how few modules teach them; modules in the order of the group's own path where it has them.
function shortest(cells, held, order) {
  const place = (id) => (order.includes(id) ? order.indexOf(id) : order.length);
  const ways = cells.map((cell) => teachersOf(cell).sort((a, b) => place(a) - place(b)));
  const open = cells.map((_, at) => at).filter((at) => ways[at].length)
    .sort((a, b) => ways[a].length - ways[b].length);
  let best = null, tried = 0;
  const search = (chosen) => {
    tried += 1;
    if (best && (minutesOf(chosen) >= minutesOf(best) || tried > MOST_TRIED)) return;
    const next = open.find((at) => !chosen.some((id) => cellsOf(id).includes(cells[at])));
    if (next === undefined) best = chosen;
    else ways[next].forEach((id) => search(withBefore(id, chosen, held)));
  };
  search([]);
  const sorted = best.slice().sort((a, b) => place(a) - place(b));
  return sorted.reduce((found, id) => (found.includes(id) ? found
    : withBefore(id, found, (cell) => held(cell)).filter((one_) => best.includes(one_))), []);
}
