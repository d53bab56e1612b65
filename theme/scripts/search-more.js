// What few searches need: words that no document holds, filters, suggestions while typing. Loaded by search.js.
(function () {
  "use strict";
  const core = window.simpulCari.inti;
  const MOST_RUNS = 4, MOST_COMPLETIONS = 4, MOST_CORRECTIONS = 2, MOST_SUGGESTIONS = 6, MOST_VALUES = 24, DELAY = 150;
  const NAMES = { jenis: "Jenis", daerah: "Daerah", kompetensi: "Kompetensi", tema: "Tema" };
  const reverse = (word) => Array.from(word).reverse().join("");

  // Words as written

  // Names of the files that hold words with this beginning, and their neighbours.
  async function runs(beginning, backwards) {
    const starts = [""].concat((await core.load("kata"))[backwards ? 1 : 0].split(" ").filter(Boolean));
    let first = 0;
    while (first + 1 < starts.length && starts[first + 1] <= beginning) first++;
    const end = starts.findIndex((start, i) => i > first && start >= beginning + "~");
    return starts.slice(first, end < 0 ? undefined : end).slice(0, MOST_RUNS).map((start) => `${backwards ? "r" : "k"}-${start}`);
  }

  // Word -> capital for how many documents hold it.
  async function words(beginning, backwards) {
    const found = new Map();
    for (const text of await Promise.all((await runs(beginning, backwards)).map(core.load))) {
      for (const [, word, mark] of text.matchAll(/([a-z0-9]+)([A-Z])/g)) found.set(backwards ? reverse(word) : word, mark);
    }
    return found;
  }

  const order = (text, other) => (text < other ? -1 : text > other ? 1 : 0);
  const commonest = (found, fits) => Array.from(found.keys()).filter(fits).sort((a, b) => order(found.get(b), found.get(a)) || order(a, b));

  function oneEdit(a, b) {
    if (a === b || Math.abs(a.length - b.length) > 1) return false;
    let start = 0;
    while (start < a.length && a[start] === b[start]) start++;
    const x = a.slice(start), y = b.slice(start);
    if (a.length !== b.length) return x.slice(1) === y || x === y.slice(1);
    return x.slice(1) === y.slice(1) || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
  }

  // Postings of a word that no document holds: of the words it begins, or else of the nearest spelling.
  async function guessed({ word, last }, readAs) {
    if (last && word.length >= core.SHORTEST_PREFIX) {
      const found = await words(word);
      const stems = Array.from(new Set(commonest(found, (other) => other.startsWith(word)).map(core.stem))).slice(0, MOST_COMPLETIONS);
      const list = core.merged(await Promise.all(stems.map(core.postings)));
      if (list) return list;
    }
    if (word.length < core.SHORTEST_MISSPELT) return null;
    const size = Math.floor((word.length - 1) / 2);
    const [before, after] = await Promise.all([words(word.slice(0, size)), words(reverse(word.slice(size + 1)), true)]);
    const near = new Map();
    commonest(new Map([...before, ...after]), (other) => oneEdit(word, other))
      .forEach((other) => { const root = core.stem(other); if (!near.has(root)) near.set(root, other); });
    const nearest = Array.from(near).slice(0, MOST_CORRECTIONS);
    if (nearest.length) readAs[word] = nearest.map(([, other]) => other);
    return core.merged(await Promise.all(nearest.map(([root]) => core.postings(root))));
  }

  // Filters

  // The values of each document number, and the names of all values.
  async function facet(name) {
    const [values, parts] = await Promise.all([core.load(`f-${name}`), core.numbered(`f-${name}`)]);
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
    results.found.forEach((place) => new Set((read.rows[place] || []).map((code) => (province ? code.slice(0, 2) : code))).forEach(add));
    return { found, names: read.names };
  }

  async function fill(box, name, results) {
    const chosen = results.filters[name], { found, names } = await counts(name, results);
    const button = (label, value) => {
      const pressed = value === chosen;
      const choice = core.make("button", pressed ? `${label} ×` : label, { type: "button", class: "tag", "aria-pressed": String(pressed) });
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
          fill(part, name, results).catch(() => part.append(core.make("p", "Saringan belum dapat dimuat. Periksa sambungan, lalu cari lagi.")));
        }
      });
      part.open = name === "jenis" || name in results.filters;
      box.append(part);
    }
  }

  // Suggestions

  let timer = 0;

  function suggest(input) {
    clearTimeout(timer);
    timer = setTimeout(() => offer(input).catch(() => {}), DELAY);
  }

  async function offer(input) {
    const typed = input.value, parts = core.tokens(typed), last = parts[parts.length - 1] || "";
    const options = datalist(input);
    options.textContent = "";
    if (last.length < core.SHORTEST_PREFIX || !/[\p{L}\p{N}]$/u.test(typed)) return;
    const before = typed.slice(0, typed.length - last.length);
    const found = commonest(await words(last), (word) => word.startsWith(last) && word !== last);
    if (input.value !== typed) return;
    found.slice(0, MOST_SUGGESTIONS).forEach((word) => options.append(core.make("option", "", { value: before + word })));
  }

  function datalist(input) {
    if (!input.list) {
      const options = core.make("datalist", "", { id: `usul-${document.querySelectorAll("datalist").length}` });
      input.after(options);
      input.setAttribute("list", options.id);
    }
    return input.list;
  }

  window.simpulCari("lain", { guessed, passes, facets, suggest });
})();
