// Word -> stem, by Snowball's Indonesian algorithm (snowballstem.org, BSD licence);
// generator/simpul/search/words.py mends the same words of it, and a test compares the two.
const stems = new Map();

function stem(word) {
  if (!stems.has(word)) stems.set(word, base.except.get(word) || mended(snowball(word)));
  return stems.get(word);
}

function mended(stemmed) {
  for (const head of ["", "t", "k", "n"].concat(stemmed[0] === "p" ? ["m"] : [])) {
    const rest = head === "m" ? stemmed.slice(1) : stemmed;
    for (const tail of ["", "i", "k", "an", "kan"]) {
      if (base.roots.has(head + rest + tail)) return head + rest + tail;
    }
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
    given = (/en$/.test(start) && cut(/^.eny(?=[aeiou])/, "s"))
      || (/em$/.test(start) && cut(/^.em(?=[aeiou])/, "p"));
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
