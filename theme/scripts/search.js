// Search in the browser, over http and from a USB stick: reads the files below cari/ as scripts, each when needed.
// Words, stems and ranking are those of generator/search/ to the letter. The stemmer follows Snowball's Indonesian
// algorithm (snowballstem.org, BSD licence). What few queries need is in search-more.js.
(function () {
  "use strict";
  if (window.simpulCari) return;
  const own = document.currentScript;
  const ROOT = own.dataset.akar || "./";
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = new Uint8Array(128);
  for (let i = 0; i < 64; i++) VALUES[LETTERS.charCodeAt(i)] = i;
  const SHORTEST_PREFIX = 3, SHORTEST_MISSPELT = 4, LONGEST_QUERY = 200, MOST_WORDS = 8, LONGEST = 32;
  const K1 = 1.2, B = 0.6, AVERAGE = 450, STEPS = 100000, CARDS = 4, ROWS = 4096, TEN = 10;
  const SLOWNESS = LETTERS.split("").map((_, level) => K1 * (1 - B + B * (24 * 1.07 ** level) / AVERAGE));

  // Files

  const files = new Map(), waiting = new Map();

  window.simpulCari = function (name, value) {
    const done = waiting.get(name);
    waiting.delete(name);
    if (done) done(value);
    else files.set(name, Promise.resolve(value));
  };

  function load(name) {
    if (!files.has(name)) files.set(name, new Promise((done, fail) => {
      const path = name === "lain" ? "assets/search-more.js" : `cari/${name}.js`;
      const there = document.querySelector(`script[src$="${path}"]:not([data-muat])`);
      const script = there || document.createElement("script");
      const failed = () => { waiting.delete(name); files.delete(name); script.remove(); fail(new Error(path)); };
      waiting.set(name, done);
      script.dataset.muat = "";
      script.addEventListener("error", failed);
      script.addEventListener("load", () => { if (waiting.get(name) === done) failed(); });
      if (there) return;
      script.src = ROOT + path;
      document.head.append(script);
    }));
    return files.get(name);
  }

  // Words

  let base = null;

  async function prepare() {
    if (base) return base;
    const read = await load("pokok");
    const except = new Map(), phrases = new Map();
    for (const [stem, words] of Object.entries(read.kecuali)) words.split(" ").forEach((word) => except.set(word, stem));
    for (const [short, long] of Object.entries(read.singkatan)) {
      const [first, ...rest] = tokens(long);
      if (rest.length) phrases.set(first, (phrases.get(first) || []).concat([[rest, tokens(short).join("")]]));
    }
    phrases.forEach((list) => list.sort((a, b) => b[0].length - a[0].length));
    base = Object.assign({}, read, {
      except, phrases, roots: new Set(read.akar.split(" ")), ignored: new Set(read.abaikan.split(" ")), shards: shardNames(read.bentuk),
    });
    return base;
  }

  const tokens = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f'\u2018\u2019]/g, "").match(/[a-z0-9]+/g) || [];
  const isWord = (token) => token.length > 1 && token.length <= LONGEST && !base.ignored.has(token);

  function stem(word) {
    return base.except.get(word) || mended(snowball(word));
  }

  function mended(stemmed) {
    for (const head of ["", "t", "k", "n"].concat(stemmed[0] === "p" ? ["m"] : [])) {
      const rest = head === "m" ? stemmed.slice(1) : stemmed;
      for (const tail of ["", "i", "k", "an", "kan"]) if (base.roots.has(head + rest + tail)) return head + rest + tail;
    }
    return stemmed;
  }

  function snowball(word) {
    let measure = (word.match(/[aeiou]/g) || []).length, prefix = 0, given = false;
    const cut = (pattern, by) => {
      const shorter = word.replace(pattern, by || "");
      if (shorter === word) return false;
      word = shorter;
      measure--;
      return true;
    };
    const suffix = () => {
      if (word.endsWith("an")) {
        if (prefix < 2 || prefix === 4) { if (cut(/kan$/)) return true; }
        return prefix !== 1 && cut(/an$/);
      }
      return prefix < 3 && cut(/([^s])i$/, "$1");
    };
    const second = () => {
      if (/^pelajar|^belajar/.test(word)) prefix = word[0] === "p" ? prefix : 4;
      else if (/^pe/.test(word)) prefix = 2;
      else if (/^ber|^be[^aeiou]er/.test(word)) prefix = 4;
      else return false;
      return cut(/^[pb]elajar/, "ajar") || cut(/^[pb]er?/);
    };
    const first = () => {
      const found = /^(?:meng|peng|men|pen|mem|pem|me|di|ke|ter)/.exec(word);
      if (!found) return false;
      const start = found[0];
      prefix = start === "ke" || start[0] === "p" ? 3 : 1;
      given = (/en$/.test(start) && cut(/^.eny(?=[aeiou])/, "s")) || (/em$/.test(start) && cut(/^.em(?=[aeiou])/, "p"));
      return given || cut(new RegExp("^" + start));
    };
    if (measure <= 2) return word;
    cut(/(?:kah|lah|pun)$/);
    if (measure <= 2) return word;
    cut(/(?:nya|ku|mu)$/);
    if (measure <= 2) return word;
    if (first()) {
      if (measure > 2 && suffix() && measure > 2 && !given) second();
    } else {
      second();
      if (measure > 2) suffix();
    }
    return word;
  }

  function wanted(query) {
    const words = shortened(tokens(Array.from(query).slice(0, LONGEST_QUERY).join("")));
    const found = new Map();
    words.filter(isWord).forEach((word) => { const root = stem(word); if (!found.has(root)) found.set(root, word); });
    return Array.from(found).slice(0, MOST_WORDS).map(([root, word]) => ({ word, stem: root, last: word === words[words.length - 1] }));
  }

  function shortened(words) {
    const kept = [];
    for (let at = 0; at < words.length; at++) {
      const fits = (base.phrases.get(words[at]) || []).find(([rest]) => rest.every((word, i) => words[at + 1 + i] === word));
      kept.push(fits ? fits[1] : words[at]);
      at += fits ? fits[0].length : 0;
    }
    return kept;
  }

  // Index

  const number = (value) => String(value).replace(/\B(?=(?:\d{3})+$)/g, ".");

  function shardNames(shape) {
    const names = new Set(), open = [""];
    for (const mark of shape) {
      const path = open.pop();
      if (mark === "1") open.push(path + "1", path + "0");
      else names.add("s" + path);
    }
    return names;
  }

  function crc32(word) {
    let sum = -1;
    for (let i = 0; i < word.length; i++) {
      sum ^= word.charCodeAt(i);
      for (let bit = 0; bit < 8; bit++) sum = sum >>> 1 ^ (sum & 1 ? 0xEDB88320 : 0);
    }
    return ~sum;
  }

  async function postings(root) {
    const hash = crc32(root);
    let name = "s";
    while (!base.shards.has(name)) name += hash >>> name.length - 1 & 1;
    const text = " " + await load(name);
    const at = text.indexOf(` ${root} `);
    // Stems and letters take turns; letters begin with a capital, so they are never taken for a stem.
    return at < 0 ? null : decode(text.slice(at + root.length + 2).split(" ", 1)[0]);
  }

  function decode(letters) {
    const k = VALUES[letters.charCodeAt(0)];
    const places = [], weights = [];
    let next = 1, buffer = 0, held = 0, place = -1;
    const fetch = () => { buffer = (buffer & (1 << held) - 1) << 6 | VALUES[letters.charCodeAt(next++)]; held += 6; };
    // Zeros up to the next one, which is passed over; -1 at the end.
    const zeros = () => {
      for (let count = 0; ; fetch()) {
        const value = buffer & (1 << held) - 1;
        if (value) {
          const lead = Math.clz32(value) - 32 + held;
          held -= lead + 1;
          return count + lead;
        }
        count += held;
        held = 0;
        if (next >= letters.length) return -1;
      }
    };
    const bits = (size) => {
      while (held < size) fetch();
      held -= size;
      return buffer >>> held & (1 << size) - 1;
    };
    for (;;) {
      const quotient = zeros();
      if (quotient < 0) return { places, weights };
      place += (quotient << k) + bits(k) + 1;
      places.push(place);
      const size = zeros();
      weights.push(1 << size | bits(size));
    }
  }

  function merged(lists) {
    const weights = new Map();
    lists.filter(Boolean).forEach((list) => list.places.forEach((place, i) => weights.set(place, Math.max(list.weights[i], weights.get(place) || 0))));
    return weights.size ? { places: Array.from(weights.keys()), weights: Array.from(weights.values()) } : null;
  }

  // Ranking

  function score(lists, passes) {
    const size = base.panjang.length, scores = new Float64Array(size), hits = new Uint8Array(size);
    for (const { places, weights } of lists) {
      const rarity = Math.log(1 + (base.n - places.length + 0.5) / (places.length + 0.5)) * (K1 + 1);
      places.forEach((place, i) => {
        scores[place] += rarity * weights[i] / (weights[i] + SLOWNESS[VALUES[base.panjang.charCodeAt(place)]]);
        hits[place]++;
      });
    }
    const found = [];
    for (let place = 0; place < size; place++) if (hits[place] && passes(place)) found.push(place);
    for (const place of found) scores[place] = Math.floor(scores[place] * STEPS + 0.5);
    return { found, scores, whole: found.filter((place) => hits[place] === lists.length).length };
  }

  function best({ found, scores }, count) {
    const least = found.length > count ? Float64Array.from(found, (place) => scores[place]).sort()[found.length - count] : -1;
    const date = (place) => VALUES[base.tanggal.charCodeAt(place)];
    return found.filter((place) => scores[place] >= least)
      .sort((a, b) => scores[b] - scores[a] || date(b) - date(a) || b - a).slice(0, count);
  }

  const kindName = (kind) => (kind[0].toUpperCase() + kind.slice(1)).replace(/-/g, " ");
  const kindOf = (place) => Object.keys(base.jenis).filter((kind) => place >= base.jenis[kind][0]).pop();

  async function find(query, filters) {
    await prepare();
    const words = wanted(query), readAs = Object.create(null), unknown = [];
    const more = Object.keys(filters).length ? await load("lain") : null;
    const [passes, ...lists] = await Promise.all([more ? more.passes(filters) : () => true, ...words.map((word) => postings(word.stem))]);
    for (let i = 0; i < words.length; i++) {
      if (!lists[i]) lists[i] = await (await load("lain")).guessed(words[i], readAs);
      if (!lists[i]) unknown.push(words[i].word);
    }
    const start = performance.now();
    const ranked = score(lists.filter(Boolean), passes);
    const first = best(ranked, TEN);
    return Object.assign(ranked, { query, filters, words, readAs, unknown, first, milliseconds: performance.now() - start });
  }

  // All parts of a file that holds something of every document.
  const numbered = (name) => Promise.all(Array.from({ length: Math.ceil(base.panjang.length / ROWS) }, (_, part) => load(`${name}-${part}`)));

  async function cards(places) {
    const blocks = await Promise.all(places.map((place) => load(`h${Math.floor(place / CARDS)}`)));
    return places.map((place, i) => {
      const [url, title, region, regionName, summary, verified] = blocks[i][place];
      return { url, title, kind: kindOf(place), region, regionName, summary, verified };
    });
  }

  // Page

  const one = (selector) => document.querySelector(selector);
  const list = one("#hasil"), count = one("#jumlah"), again = one("#lagi"), facets = one("#saring");
  let turn = 0, shown = 0, results = null;

  function make(tag, text, attributes) {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
    return element;
  }

  function marked(element, text) {
    const stems = new Set(results.words.flatMap((word) => results.readAs[word.word] || word.word).map(stem));
    const last = results.words.filter((word) => word.last).map((word) => word.word)[0];
    text.split(/([\p{L}\p{N}\u0300-\u036f]+)/u).forEach((part, i) => {
      const word = i % 2 ? tokens(part).join("") : "";
      const hit = word && (stems.has(stem(word)) || (last && last.length >= SHORTEST_PREFIX && word.startsWith(last)));
      element.append(hit ? make("mark", part) : part);
    });
    return element;
  }

  function item(card) {
    const row = document.createElement("li");
    row.append(marked(make("a", "", { href: ROOT + card.url }), card.title), make("small", ` ${[kindName(card.kind), card.regionName].filter(Boolean).join(" · ")}`));
    if (card.summary) row.append(marked(make("p", ""), card.summary));
    return row;
  }

  async function show(places, now) {
    const rows = (await cards(places)).map(item);
    if (now !== turn) return;
    list.append(...rows);
    shown += rows.length;
    again.hidden = shown >= results.found.length;
  }

  function sentence() {
    const { found, whole, words, readAs, unknown, query } = results;
    const parts = [`${found.length ? number(found.length) : "Tidak ada"} hasil untuk “${query.trim().slice(0, LONGEST_QUERY)}”${words.length > 1 && found.length ? `, ${number(whole)} memuat semua kata` : ""}.`];
    for (const wrong of Object.keys(readAs)) parts.push(`“${wrong}” tidak ditemukan; dibaca sebagai ${readAs[wrong].map((word) => `“${word}”`).join(" atau ")}.`);
    unknown.forEach((word) => parts.push(`“${word}” tidak ditemukan.`));
    if (!words.length) parts.push("Kata itu terlalu umum atau terlalu pendek; tulis kata yang lebih khas.");
    if (!found.length) parts.push("Periksa ejaan, atau telusuri daftar di bawah.");
    if (/["“”]/.test(query)) parts.push("Tanda kutip diabaikan: kata dicari satu per satu.");
    return parts.join(" ");
  }

  function filtersOf(parameters) {
    const chosen = {};
    for (const name of ["jenis", "daerah", "kompetensi", "tema"]) if (parameters.get(name)) chosen[name] = parameters.get(name);
    return chosen;
  }

  async function run() {
    const parameters = new URLSearchParams(location.search), query = parameters.get("q") || "", now = ++turn;
    document.querySelectorAll('form[role="search"] input[name="q"]').forEach((input) => { input.value = query; });
    list.textContent = "";
    facets.textContent = "";
    again.hidden = true;
    shown = 0;
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
      if (now === turn) count.textContent = "Indeks pencarian belum dapat dimuat. Periksa sambungan, lalu tekan Cari lagi.";
    }
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

  function keys(event) {
    const field = one("#q") || one('form[role="search"] input[name="q"]'), at = document.activeElement;
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
    if (event.key === "/" && !typing) { event.preventDefault(); field.focus(); field.select(); return; }
    const links = list ? Array.from(list.querySelectorAll("a")) : [], place = links.indexOf(at);
    if (event.key === "Escape") { if (place >= 0) field.focus(); else if (at === field) field.blur(); return; }
    if (place < 0 && at !== field) return;
    const next = event.key === "ArrowDown" ? links[place + 1] : event.key === "ArrowUp" && place >= 0 ? links[place - 1] || field : null;
    if (next && !(at === field && field.list && field.list.children.length)) { event.preventDefault(); next.focus(); }
  }

  async function typed(event) {
    if (!event.target.matches || !event.target.matches('form[role="search"] input[name="q"]')) return;
    try { (await load("lain")).suggest(event.target); } catch (error) { /* suggestions are a courtesy */ }
  }

  const core = { load, prepare, postings, merged, stem, tokens, kindOf, make, go, number, numbered, kindName, SHORTEST_PREFIX, SHORTEST_MISSPELT, letters: VALUES };
  window.simpulCari.cari = find;
  window.simpulCari.inti = core;
  document.addEventListener("keydown", keys);
  document.addEventListener("input", typed);
  if (!list) return;
  load("pokok").catch(() => {});
  window.addEventListener("popstate", run);
  again.addEventListener("click", () => show(best(results, shown + TEN).slice(shown), turn));
  document.addEventListener("submit", (event) => {
    if (!event.target.matches('form[role="search"]')) return;
    event.preventDefault();
    const input = event.target.querySelector('input[name="q"]');
    if (input.list) input.list.textContent = "";
    go(new URLSearchParams({ q: input.value }));
  });
  run();
})();
