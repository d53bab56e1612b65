// Personal data in what is written, found by the portal's own rules: { forms: [{ what, written, digits }],
// address }, whose regular expressions are those the build uses.

// A class of letters, or none where a browser does not know it: the portal looks again.
function letters(name) {
  try { return new RegExp(name, "u"); } catch (error) { return /(?!)/; }
}

const DIGIT = letters("\\p{Nd}");
const DASH = letters("[\\p{Pd}\\u2212]");
const SPACE = letters("\\p{Zs}");
const UNSEEN_LETTER = letters("\\p{Cf}");

// Digits of every script stand in a row that begins with nought.
function digitOf(letter) {
  const code = letter.codePointAt(0);
  let value = 0;
  while (value < 9 && DIGIT.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
}

function asciiOf(letter) {
  if (DIGIT.test(letter)) return digitOf(letter);
  if (DASH.test(letter)) return "-";
  if (SPACE.test(letter)) return " ";
  return UNSEEN_LETTER.test(letter) ? "" : letter;
}

const inAscii = (text) => text.normalize("NFKC").replace(/[^\0-\x7f]/gu, asciiOf);

// Markdown as it is read: without marks within numbers, escapes and entities.
function readAloud(text) {
  const letter = (entity, code) => {
    const number = code[0].toLowerCase() === "x" ? parseInt(code.slice(1), 16) : Number(code);
    return number > 0 && number < 0x110000 ? String.fromCodePoint(number) : entity;
  };
  return text.replace(/\\([!-/:-@[-`{-~])/g, "$1").replace(/&#(\d{1,7}|[xX][\da-fA-F]{1,6});/g, letter)
    .replace(/&commat;/g, "@").replace(/(\d)[*_~`]+(?=\d)/g, "$1");
}

// [{ what, text }], line by line. Where a browser is too old for the rules nothing is found here; the portal
// looks again.
function findPersonal(written, rules) {
  let forms;
  try {
    forms = rules.forms.map((form) =>
      ({ what: form.what, written: new RegExp(form.written, "gi"),
        digits: new RegExp(`^(?:${form.digits})$`) }));
  } catch (error) {
    return [];
  }
  const address = new RegExp(rules.address, "gi");
  return inAscii(written).split("\n").map((row) => row.replace(address, "$1"))
    .reduce((found, row) => found.concat(...forms.map((form) => (row.match(form.written) || [])
      .filter((text) => form.digits.test(text.replace(/[^0-9]/g, "")))
      .map((text) => ({ what: form.what, text: text.trim() })))), []);
}
