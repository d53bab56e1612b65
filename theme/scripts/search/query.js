// Query -> words to look for, as in generator/simpul/search/query.py;
// and what every query needs, from cari/pokok.js.
const SHORTEST_PREFIX = 3, SHORTEST_MISSPELT = 4, LONGEST_QUERY = 200, MOST_WORDS = 8, LONGEST = 32;
const MOST_TOGETHER = 8;
let base = null;

async function prepare() {
  if (base) return base;
  const read = await load("pokok");
  const except = new Map();
  for (const [stem, words] of Object.entries(read.kecuali)) {
    words.split(" ").forEach((word) => except.set(word, stem));
  }
  base = Object.assign({}, read, {
    except, phrases: phrasesRead(read.frasa), instead: new Map(Object.entries(read.ganti)),
    kinds: read.jenis, shards: shardNames(read.bentuk),
    roots: new Set(read.akar.split(" ")), ignored: new Set(read.abaikan.split(" ")),
    slowness: Float64Array.from(read.panjang, (level) => SLOWNESSES[VALUES[level.charCodeAt(0)]]),
  });
  return base;
}

// Phrase -> the stem that stands for it; the form is told in generator/simpul/search/synonyms.py.
function phrasesRead(text) {
  const found = new Map();
  text.split(",").filter(Boolean).forEach((row) => {
    const parts = row.split("="), some = parts.pop().split("|");
    some.forEach((phrase) => found.set(phrase, parts[0] || some[0].replace(/ /g, "")));
  });
  return found;
}

const MARKS = /[\u0300-\u036f'\u2018\u2019\u00ad\u200b-\u200d\u2060\ufeff]/g;
const tokens = (text) => text.toLowerCase().normalize("NFKD").replace(MARKS, "").match(/[a-z0-9]+/g) || [];
const isWord = (token) => token.length > 1 && token.length <= LONGEST && !base.ignored.has(token);

// Each stem once; a phrase that others use for one thing is looked for as that thing, and its words beside it.
function wanted(query) {
  const all = tokens(Array.from(query).slice(0, LONGEST_QUERY).join("")), words = all.filter(isWord);
  const roots = words.map(stem), found = new Map();
  const want = (word, root, more) => {
    if (!found.has(root)) found.set(root, Object.assign({ word, stem: root, share: 1 }, more));
  };
  for (let at = 0, size = 1; at < words.length; at += size) {
    size = Math.min(MOST_TOGETHER, words.length - at);
    while (size > 1 && !base.phrases.has(roots.slice(at, at + size).join(" "))) size--;
    const word = words[at], other = base.instead.get(roots[at]);
    if (size > 1) {
      want("", base.phrases.get(roots.slice(at, at + size).join(" ")));
      words.slice(at, at + size).forEach((part) => want(part, stem(part), { share: 1 / size }));
    } else if (other) {
      tokens(other).filter(isWord).forEach((part) => want(part, stem(part), { typed: word, other }));
    } else want(word, roots[at], { last: word === all[all.length - 1] });
  }
  return Array.from(found.values()).slice(0, MOST_WORDS);
}
