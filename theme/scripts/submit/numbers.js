// Numbers as people write them, judged by the program's own tables (model/numbers.py), in kirim/pilihan.js.
// A number is a text here, `-1250.5`: no letter of it is lost in arithmetic.

const NUMBERS = (window.simpulPilihan || {}).angka || { same: ["", ""] };
const SAME = new Map([...NUMBERS.same[0]].map((letter, place) => [letter, NUMBERS.same[1][place]]));
const FITS = {
  angka: () => true, bulat: (number) => !number.includes("."),
  kecil: (number) => Number(number) < NUMBERS.thousand,
};
const wholly = (pattern, flags) => new RegExp(`^(?:${pattern})$`, flags);

function numberOf(sign, whole, places) {
  const kept = places.replace(/0+$/, "");
  return `${sign === "-" ? "-" : ""}${whole.replace(/^0+(?=\d)/, "")}${kept && `.${kept}`}`;
}

// What is written says one number, or of two those that fit the field: the thousands first.
function valuesOf([, sign, money, digits, tail], fits) {
  const mark = Math.max(digits.lastIndexOf("."), digits.lastIndexOf(","));
  const bare = (text_) => text_.replace(/[., ]/g, "");
  const whole = numberOf(sign, bare(digits), "");
  const broken = numberOf(sign, bare(digits.slice(0, Math.max(mark, 0))), digits.slice(mark + 1));
  if (wholly(NUMBERS.asked).test(digits)) {
    return money || tail ? [whole] : [whole, broken].filter(fits);
  }
  return [mark < 0 || digits.split(digits[mark]).length > 2 ? whole : broken];
}

function scaled(number, scale) {
  const [whole, places = ""] = number.replace("-", "").split(".");
  const digits = places.padEnd(scale, "0");
  return numberOf(number[0], whole + digits.slice(0, scale), digits.slice(scale));
}

function shown(number) {
  const [whole, places] = number.split(".");
  return places ? `${whole},${places}${places.length === 3 ? "0" : ""}` : whole;
}

function spelledWhole(number) {
  const [size, name] = NUMBERS.sizes.find(([least]) => number >= least) || [];
  if (size) {
    const times = Math.floor(number / size);
    const first = times === 1 && size <= 1000 ? `se${name}` : `${spelledWhole(times)} ${name}`;
    return number % size ? `${first} ${spelledWhole(number % size)}` : first;
  }
  if (number < NUMBERS.ones.length) return NUMBERS.ones[number];
  if (number < 20) return `${NUMBERS.ones[number - 10]} belas`;
  const tens = `${NUMBERS.ones[Math.floor(number / 10)]} puluh`;
  return number % 10 ? `${tens} ${NUMBERS.ones[number % 10]}` : tens;
}

function spelled(number) {
  const [whole, places = ""] = number.replace("-", "").split(".");
  return [
    number[0] === "-" ? "minus" : "", spelledWhole(Number(whole)), places && "koma",
    ...[...places].map((digit) => NUMBERS.ones[digit]),
  ].filter(Boolean).join(" ");
}

const hint = (name, ...parts) => NUMBERS.hints[name].replace(/\{(\d)\}/g, (_, place) => parts[place]);
const question = (values) => hint("asked", ...values.map(shown), ...values.map(spelled));

// The numbers in a text: what stands before one may be no part of a longer word or number.
function numbersIn(written) {
  const form = new RegExp(NUMBERS.inside, "g"), found = [];
  for (let match = form.exec(written); match; match = form.exec(written)) {
    if (/[0-9A-Za-z.,]/.test(written[match.index - 1] || "")) form.lastIndex = match.index + 1;
    else found.push(match);
  }
  return found;
}

function advice(written, fits) {
  if (wholly(NUMBERS.nothing, "i").test(written)) return hint("nothing");
  if (wholly(NUMBERS.failed).test(written)) return hint("failed");
  if (wholly(NUMBERS.shortened).test(written)) return hint("shortened");
  const inside = numbersIn(written);
  if (inside.length !== 1) return hint(inside.length ? "several" : "");
  const [found] = inside;
  const rest = `${written.slice(0, found.index)} ${written.slice(found.index + found[0].length)}`
    .split(/\s+/).filter(Boolean);
  const scale = NUMBERS.scales[rest.length ? rest[0].toLowerCase() : ""] || 0;
  const values = valuesOf(found, fits).map((value) => scaled(value, scale));
  const said = values.length > 1 ? question(values).slice(0, -1) : hint("only", shown(values[0]));
  const without = [...rest.slice(scale ? 1 : 0).join(" ")].slice(0, 60).join("");
  return without ? hint("without", said, without) : `${said}.`;
}

function fitsUnit(unit, measuredIn) {
  const words_ = measuredIn.toLowerCase().split(/\s+/);
  return words_.some((word) => NUMBERS.units[unit].includes(word))
    && !words_.some((word) => Object.hasOwnProperty.call(NUMBERS.scales, word));
}

// What a text says as a number that fits a field, and what is wrong with it, in words: "" when it can be read
// in one way only, and is of the unit of measure beside it, if there is one.
function readNumber(text_, kind, measuredIn) {
  const fits = FITS[kind || "angka"];
  const written = [...text_].map((letter) => SAME.get(letter) || letter).join("").trim();
  const found = wholly(NUMBERS.form).exec(written);
  if (!found || (found[2] && found[5])) return { wrong: `Bukan angka. ${advice(written, fits)}` };
  const values = valuesOf(found, fits);
  if (values.length > 1) return { wrong: `Dapat dibaca dua cara. ${question(values)}` };
  const [value] = values;
  const unit = found[2] || found[4] ? "Rp" : found[5] ? "%" : "";
  if (unit && typeof measuredIn === "string" && !fitsUnit(unit, measuredIn)) {
    return { wrong: `Satuannya '${measuredIn}'. ${hint("unit")}` };
  }
  const counts = !unit && fits(value) && value[0] !== "-"
    && Number(value) <= NUMBERS.most;
  if (kind === "bulat" && !counts) return { wrong: "Bukan bilangan bulat. Tulis angka saja, misalnya 45." };
  return { value, wrong: "" };
}

const wrongNumber = (text_, kind, measuredIn) => readNumber(text_, kind, measuredIn).wrong;
