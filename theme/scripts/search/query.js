// Query -> words to look for, as in generator/simpul/search/query.py;
// and what every query needs, from cari/pokok.js.
const SHORTEST_PREFIX = 3, SHORTEST_MISSPELT = 4, LONGEST_QUERY = 200, MOST_WORDS = 8, LONGEST = 32;
let base = null;

async function prepare() {
  if (base) return base;
  const read = await load("pokok");
  const except = new Map(), phrases = new Map();
  for (const [stem, words] of Object.entries(read.kecuali)) {
    words.split(" ").forEach((word) => except.set(word, stem));
  }
  for (const [short, long] of Object.entries(read.singkatan)) {
    const [first, ...rest] = tokens(long);
    if (rest.length) phrases.set(first, (phrases.get(first) || []).concat([[rest, tokens(short).join("")]]));
  }
  phrases.forEach((list) => list.sort((a, b) => b[0].length - a[0].length));
  base = Object.assign({}, read, {
    except, phrases, kinds: read.jenis, shards: shardNames(read.bentuk),
    roots: new Set(read.akar.split(" ")), ignored: new Set(read.abaikan.split(" ")),
    slowness: Float64Array.from(read.panjang, (level) => SLOWNESSES[VALUES[level.charCodeAt(0)]]),
  });
  return base;
}

const MARKS = /[\u0300-\u036f'\u2018\u2019\u00ad\u200b-\u200d\u2060\ufeff]/g;
const tokens = (text) => text.toLowerCase().normalize("NFKD").replace(MARKS, "").match(/[a-z0-9]+/g) || [];
const isWord = (token) => token.length > 1 && token.length <= LONGEST && !base.ignored.has(token);

function wanted(query) {
  const words = shortened(tokens(Array.from(query).slice(0, LONGEST_QUERY).join("")));
  const found = new Map();
  words.filter(isWord).forEach((word) => {
    const root = stem(word);
    if (!found.has(root)) found.set(root, word);
  });
  return Array.from(found).slice(0, MOST_WORDS)
    .map(([root, word]) => ({ word, stem: root, last: word === words[words.length - 1] }));
}

function shortened(words) {
  const kept = [];
  for (let at = 0; at < words.length; at++) {
    const fits = (base.phrases.get(words[at]) || [])
      .find(([rest]) => rest.every((word, i) => words[at + 1 + i] === word));
    kept.push(fits ? fits[1] : words[at]);
    at += fits ? fits[0].length : 0;
  }
  return kept;
}
