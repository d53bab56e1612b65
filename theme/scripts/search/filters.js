// Filters of the results, with counts; loaded when one is used.
// Joined with suggestions.js into search-more.js.
const core = window.simpulCari.inti;
const ROWS = 4096, MOST_VALUES = 24;
const { order } = core;
const NAMES = {
  jenis: "Jenis", daerah: "Daerah", kondisi: "Kondisi", kompetensi: "Kompetensi", tema: "Tema",
};

// All parts of a file that holds something of every document.
async function numbered(name) {
  const { panjang } = await core.prepare();
  return Promise.all(
    Array.from({ length: Math.ceil(panjang.length / ROWS) }, (_, part) => core.load(`${name}-${part}`)));
}

// The values of each document number, and the names of all values.
async function facet(name) {
  const [values, parts] = await Promise.all([core.load(`f-${name}`), numbered(`f-${name}`)]);
  const rows = parts.join(".").split(".");
  const code = (row, at) => core.letters[row.charCodeAt(at)] * 64 + core.letters[row.charCodeAt(at + 1)];
  return {
    names: new Map(values),
    rows: rows.map((row) => Array.from({ length: row.length / 2 }, (_, i) => values[code(row, 2 * i)][0])),
  };
}

async function passes(filters) {
  const tests = await Promise.all(Object.keys(filters).map(async (name) => {
    const value = filters[name];
    if (name === "jenis") return (place) => core.kindOf(place) === value;
    const { rows } = await facet(name);
    const fits = (code) => code === value || (name === "daerah" && code.startsWith(value + "."));
    return (place) => (rows[place] || []).some(fits);
  }));
  return (place) => tests.every((test) => test(place));
}

async function counts(name, results) {
  const found = new Map(), names = new Map();
  const add = (value) => found.set(value, (found.get(value) || 0) + 1);
  if (name === "jenis") {
    results.found.forEach((place) => add(core.kindOf(place)));
    found.forEach((_, kind) => names.set(kind, core.kindName(kind)));
    return { found, names };
  }
  const read = await facet(name);
  const province = name === "daerah" && !results.filters.daerah;
  results.found.forEach((place) => new Set(
    (read.rows[place] || []).map((code) => (province ? code.slice(0, 2) : code))).forEach(add));
  return { found, names: read.names };
}

async function fill(box, name, results) {
  const chosen = results.filters[name], { found, names } = await counts(name, results);
  const button = (label, value) => {
    const pressed = value === chosen;
    const choice = core.make("button", pressed ? `${label} ×` : label, {
      type: "button", class: "tag", "aria-pressed": String(pressed),
    });
    choice.addEventListener("click", () => {
      const parameters = new URLSearchParams(Object.assign({ q: results.query }, results.filters));
      if (pressed) parameters.delete(name);
      else parameters.set(name, value);
      core.go(parameters);
    });
    box.append(choice, " ");
  };
  if (chosen && !found.has(chosen)) button(names.get(chosen) || chosen, chosen);
  Array.from(found).sort((a, b) => b[1] - a[1] || order(a[0], b[0])).slice(0, MOST_VALUES)
    .forEach(([value, count]) => button(`${names.get(value) || value} (${core.number(count)})`, value));
}

// One box for each filter; its counts are loaded when it is opened.
function facets(box, results) {
  for (const name of Object.keys(NAMES)) {
    const part = core.make("details", "");
    part.append(core.make("summary", NAMES[name]));
    part.addEventListener("toggle", () => {
      if (part.open && part.children.length === 1) {
        fill(part, name, results).catch(() => part.append(
          core.make("p", "Saringan belum dapat dimuat. Periksa sambungan, lalu cari lagi.")));
      }
    });
    part.open = name === "jenis" || name in results.filters;
    box.append(part);
  }
}
