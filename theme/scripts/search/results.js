// The search page: results, what is said of them, and the query in the address.
const one = (selector) => document.querySelector(selector);
const list = one("#hasil"), count = one("#jumlah"), again = one("#lagi"), facets = one("#saring");
const number = (value) => String(value).replace(/\B(?=(?:\d{3})+$)/g, ".");
let turn = 0, shown = 0, results = null;

// Runs of letters and digits of every script; of Latin ones where a browser knows no classes of letters.
const LETTER_RUNS = (() => {
  try { return new RegExp("([\\p{L}\\p{N}\\u0300-\\u036f]+)", "u"); }
  catch (error) { return /([\w\u00c0-\u036f]+)/; }
})();

function make(tag, text, attributes) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  return element;
}

function marked(element, text) {
  const read = results.words.map((word) => results.readAs[word.word] || word.word);
  const stems = new Set([].concat(...read).map(stem));
  const last = results.words.filter((word) => word.last).map((word) => word.word)[0];
  text.split(LETTER_RUNS).forEach((part, i) => {
    const word = i % 2 ? tokens(part).join("") : "";
    const hit = word && (stems.has(stem(word))
      || (last && last.length >= SHORTEST_PREFIX && word.startsWith(last)));
    element.append(hit ? make("mark", part) : part);
  });
  return element;
}

function item(card) {
  const row = document.createElement("li");
  const about = [kindName(card.kind), card.regionName].filter(Boolean).join(" · ");
  row.append(marked(make("a", "", { href: ROOT + card.url }), card.title), make("small", ` ${about}`));
  if (card.summary) row.append(marked(make("p", ""), card.summary));
  return row;
}

async function show(places, now) {
  const rows = (await cards(places, results.scores)).map(item);
  if (now !== turn) return;
  list.append(...rows);
  shown += rows.length;
  again.hidden = shown >= results.found.length;
}

const quoted = (word) => `“${word}”`;

function sentence() {
  const { found, whole, words, readAs, unknown, query } = results;
  const all = words.length > 1 && found.length ? `, ${number(whole)} memuat semua kata` : "";
  const parts = [`${found.length ? number(found.length) : "Tidak ada"} hasil untuk “${
    query.trim().slice(0, LONGEST_QUERY)}”${all}.`];
  for (const wrong of Object.keys(readAs)) {
    parts.push(`${quoted(wrong)} tidak ditemukan; dibaca sebagai ${
      readAs[wrong].map(quoted).join(" atau ")}.`);
  }
  unknown.forEach((word) => parts.push(`${quoted(word)} tidak ditemukan.`));
  if (!words.length) parts.push("Kata itu terlalu umum atau terlalu pendek; tulis kata yang lebih khas.");
  if (!found.length) parts.push("Periksa ejaan, atau telusuri daftar di bawah.");
  if (/["“”]/.test(query)) parts.push("Tanda kutip diabaikan: kata dicari satu per satu.");
  return parts.join(" ");
}

function filtersOf(parameters) {
  const chosen = {};
  for (const name of ["jenis", "daerah", "kondisi", "kompetensi", "tema"]) {
    if (parameters.get(name)) chosen[name] = parameters.get(name);
  }
  return chosen;
}

// The lists at the end of the page wait for the results, which would push them down.
const wait = (on) => document.documentElement.classList.toggle("mencari", Boolean(on));

async function run() {
  const parameters = new URLSearchParams(location.search), query = parameters.get("q") || "", now = ++turn;
  document.querySelectorAll('form[role="search"] input[name="q"]').forEach((input) => {
    input.value = query;
  });
  list.textContent = "";
  facets.textContent = "";
  again.hidden = true;
  shown = 0;
  wait(query.trim());
  if (!query.trim()) { count.textContent = ""; return; }
  count.textContent = "Mencari …";
  try {
    const found = await find(query, filtersOf(parameters));
    if (now !== turn) return;
    results = found;
    await show(found.first, now);
    if (now !== turn) return;
    count.textContent = sentence();
    offerFacets();
  } catch (error) {
    if (now === turn) {
      count.textContent = "Indeks pencarian belum dapat dimuat. Periksa sambungan, lalu tekan Cari lagi.";
    }
  }
  if (now === turn) wait(false);
}

function offerFacets() {
  if (!results.found.length && !Object.keys(results.filters).length) return;
  const box = make("details", ""), current = results;
  const fill = async () => { (await load("lain")).facets(box, current); };
  box.append(make("summary", "Saring hasil"));
  facets.append(box);
  box.addEventListener("toggle", () => { if (box.open && box.children.length === 1) fill(); });
  if (Object.keys(results.filters).length) box.open = true;
}

function go(parameters) {
  const search = "?" + parameters;
  try { history.pushState(null, "", search); } catch (error) { location.search = search; return; }
  run();
}
