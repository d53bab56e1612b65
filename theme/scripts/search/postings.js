// Stem -> the documents that hold it, from the shards;
// the coding is told in generator/simpul/search/coding.py.
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Uint8Array(128);
for (let i = 0; i < 64; i++) VALUES[LETTERS.charCodeAt(i)] = i;

function shardNames(shape) {
  const names = new Set(), open = [""];
  for (let at = 0; open.length; at++) {
    const path = open.pop();
    if (VALUES[shape.charCodeAt(Math.floor(at / 6))] >> 5 - at % 6 & 1) open.push(path + "1", path + "0");
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
  const first = VALUES[letters.charCodeAt(0)], k = first & 15, coarse = first >> 4;
  const places = [], weights = [];
  let next = 1, buffer = 0, held = 0, place = -1;
  const fetch = () => {
    buffer = (buffer & (1 << held) - 1) << 6 | VALUES[letters.charCodeAt(next++)];
    held += 6;
  };
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
    weights.push((1 << size | bits(size)) << coarse);
  }
}

function merged(lists) {
  const weights = new Map();
  lists.filter(Boolean).forEach((list) => list.places.forEach((place, i) =>
    weights.set(place, Math.max(list.weights[i], weights.get(place) || 0))));
  return weights.size ? { places: Array.from(weights.keys()), weights: Array.from(weights.values()) } : null;
}
