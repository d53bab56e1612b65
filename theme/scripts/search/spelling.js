// A word that no document holds -> the words it begins, or those one slip of the finger away;
// as in spelling.py.
const MOST_RUNS = 6, MOST_COMPLETIONS = 4, MOST_CORRECTIONS = 2;
const reverse = (word) => Array.from(word).reverse().join("");

// Names of the files that hold words with this beginning, and their neighbours.
function runs(beginning, backwards) {
  const starts = [""].concat(base.kata[backwards ? 1 : 0].split(" ").filter(Boolean));
  let first = 0;
  while (first + 1 < starts.length && starts[first + 1] <= beginning) first++;
  const end = starts.findIndex((start, i) => i > first && start >= beginning + "~");
  return starts.slice(first, end < 0 ? undefined : end).slice(0, MOST_RUNS)
    .map((start) => `${backwards ? "r" : "k"}-${start}`);
}

// Word -> capital for how many documents hold it.
async function words(beginning, backwards) {
  const found = new Map();
  for (const text of await Promise.all(runs(beginning, backwards).map(load))) {
    for (const entry of text.match(/[a-z0-9]+[A-Z]/g) || []) {
      const word = entry.slice(0, -1);
      found.set(backwards ? reverse(word) : word, entry.slice(-1));
    }
  }
  return found;
}

const order = (text, other) => (text < other ? -1 : text > other ? 1 : 0);
const commonest = (found, fits) => Array.from(found.keys()).filter(fits)
  .sort((a, b) => order(found.get(b), found.get(a)) || order(a, b));

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
  if (last && word.length >= SHORTEST_PREFIX) {
    const found = await words(word);
    const stems = Array.from(new Set(commonest(found, (other) => other.startsWith(word)).map(stem)))
      .slice(0, MOST_COMPLETIONS);
    const list = merged(await Promise.all(stems.map(postings)));
    if (list) return list;
  }
  if (word.length < SHORTEST_MISSPELT) return null;
  const size = Math.floor((word.length - 1) / 2);
  const fits = (other) => oneEdit(word, other);
  let near = commonest(await words(word.slice(0, size)), fits);
  if (!near.length) near = commonest(await words(reverse(word.slice(size + 1)), true), fits);
  const roots = new Map();
  near.forEach((other) => { const root = stem(other); if (!roots.has(root)) roots.set(root, other); });
  const nearest = Array.from(roots).slice(0, MOST_CORRECTIONS);
  if (nearest.length) readAs[word] = nearest.map(([, other]) => other);
  return merged(await Promise.all(nearest.map(([root]) => postings(root))));
}
