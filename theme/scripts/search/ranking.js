// Postings -> documents in order: BM25, ties by newest number; as in ranking.py.
const K1 = 2, B = 0.6, AVERAGE = 450, STEPS = 100000, CARDS = 4, TEN = 10;
// How much kinds of pages count beside the others.
const FACTORS = {
  modul: 1.1, "catatan-pengajar": 0.5, penyesuaian: 0.8, ahli: 0.8, kebutuhan: 0.8, daerah: 0.8,
  "lembar-cetak": 0.8, "pusat-pelatihan": 0.7, penunjuk: 0.4,
};
const SLOWNESSES = LETTERS.split("").map((_, level) => K1 * (1 - B + B * (24 * 1.07 ** level) / AVERAGE));

function score(lists, passes) {
  const size = base.slowness.length, scores = new Float64Array(size), hits = new Uint8Array(size);
  const full = lists.filter((list) => list.share === 1).length;
  for (const { places, weights, share } of lists) {
    const rarity = Math.log(1 + (base.n - places.length + 0.5) / (places.length + 0.5)) * (K1 + 1) * share;
    places.forEach((place, i) => {
      scores[place] += rarity * weights[i] / (weights[i] + base.slowness[place]);
      if (share === 1) hits[place]++;
    });
  }
  base.kinds.forEach(([kind, first], i) => {
    const end = i + 1 < base.kinds.length ? base.kinds[i + 1][1] : size;
    for (let place = first; FACTORS[kind] && place < end; place++) scores[place] *= FACTORS[kind];
  });
  const found = [];
  for (let place = 0; place < size; place++) {
    if (!scores[place] || !passes(place)) continue;
    found.push(place);
    scores[place] = Math.floor(scores[place] * STEPS + 0.5);
  }
  return { found, scores, whole: found.filter((place) => hits[place] === full).length };
}

function best({ found, scores }, count) {
  const least = found.length > count
    ? Float64Array.from(found, (place) => scores[place]).sort()[found.length - count] : -1;
  return found.filter((place) => scores[place] >= least)
    .sort((a, b) => scores[b] - scores[a] || b - a).slice(0, count);
}

const kindName = (kind) => (kind[0].toUpperCase() + kind.slice(1)).replace(/-/g, " ");

function kindOf(place) {
  let found = "";
  for (const [kind, first] of base.kinds) if (place >= first) found = kind;
  return found;
}

async function find(query, filters) {
  await prepare();
  const words = wanted(query), readAs = Object.create(null), unknown = [];
  const more = Object.keys(filters).length ? await load("lain") : null;
  const [passes, ...lists] = await Promise.all([
    more ? more.passes(filters) : () => true, ...words.map((word) => postings(word.stem)),
  ]);
  for (let i = 0; i < words.length; i++) {
    const { word, share, typed, other } = words[i];
    if (typed) readAs[typed] = [other];
    if (!lists[i] && share === 1) lists[i] = await guessed(words[i], readAs);
    if (lists[i]) lists[i] = Object.assign({ share }, lists[i]);
    else if (share === 1) unknown.push(word);
  }
  const start = performance.now();
  const ranked = score(lists.filter(Boolean), passes);
  const first = best(ranked, TEN);
  return Object.assign(ranked, {
    query, filters, words, readAs, unknown, first, milliseconds: performance.now() - start,
  });
}

// Of equal documents that are shown together the one that was verified last comes first.
async function cards(places, scores) {
  const blocks = await Promise.all(places.map((place) => load(`h${Math.floor(place / CARDS)}`)));
  return places.map((place, i) => {
    const [url, title, regionName, summary, verified] = blocks[i][place];
    return { place, url, title, kind: kindOf(place), regionName, summary, verified };
  }).sort((a, b) => scores[b.place] - scores[a.place] || order(b.verified, a.verified) || b.place - a.place);
}
