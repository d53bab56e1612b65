// Numbers as people write them, judged by the program's own tables (model/numbers.py), which the form carries.
// A number is a text here, `-1250.5`: no letter of it is lost in arithmetic.

const NUMBERS = JSON.parse(one("[data-submit]").dataset.numbers);
const SAME = new Map([...NUMBERS.same[0]].map((letter, place) => [letter, NUMBERS.same[1][place]]));
const wholly = (pattern, flags) => new RegExp(`^(?:${pattern})$`, flags);

function numberOf(sign, whole, places) {
  const kept = places.replace(/0+$/, "");
  return `${sign === "-" ? "-" : ""}${whole.replace(/^0+(?=\d)/, "")}${kept && `.${kept}`}`;
}

// What is written says one number, or two: the thousands first.
function valuesOf([, sign, money, digits, tail]) {
  const mark = Math.max(digits.lastIndexOf("."), digits.lastIndexOf(","));
  const bare = (text_) => text_.replace(/[., ]/g, "");
  const whole = numberOf(sign, bare(digits), "");
  const broken = numberOf(sign, bare(digits.slice(0, Math.max(mark, 0))), digits.slice(mark + 1));
  if (wholly(NUMBERS.asked).test(digits)) return money || tail ? [whole] : [whole, broken];
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

function advice(written) {
  if (wholly(NUMBERS.nothing, "i").test(written)) return hint("nothing");
  if (wholly(NUMBERS.failed).test(written)) return hint("failed");
  const inside = [...written.matchAll(new RegExp(NUMBERS.inside, "g"))];
  if (inside.length !== 1) return hint(inside.length ? "several" : "");
  const [found] = inside;
  const rest = `${written.slice(0, found.index)} ${written.slice(found.index + found[0].length)}`
    .split(/\s+/).filter(Boolean);
  const scale = NUMBERS.scales[rest.length ? rest[0].toLowerCase() : ""] || 0;
  const values = valuesOf(found).map((value) => scaled(value, scale));
  const said = values.length > 1 ? question(values).slice(0, -1) : hint("only", shown(values[0]));
  const without = [...rest.slice(scale ? 1 : 0).join(" ")].slice(0, 60).join("");
  return without ? hint("without", said, without) : `${said}.`;
}

function fitsUnit(unit, measuredIn) {
  const words_ = measuredIn.toLowerCase().split(/\s+/);
  return words_.some((word) => NUMBERS.units[unit].includes(word))
    && !words_.some((word) => Object.hasOwnProperty.call(NUMBERS.scales, word));
}

// What is wrong with a number, in words; "" when it can be read in one way only, and is of its unit of measure.
function wrongNumber(text_, measuredIn) {
  const written = [...text_].map((letter) => SAME.get(letter) || letter).join("").trim();
  const found = wholly(NUMBERS.form).exec(written);
  if (!found || (found[2] && found[5])) return `Bukan angka. ${advice(written)}`;
  const values = valuesOf(found);
  if (values.length > 1) return `Dapat dibaca dua cara. ${question(values)}`;
  const unit = found[2] || found[4] ? "Rp" : found[5] ? "%" : "";
  return unit && !fitsUnit(unit, measuredIn) ? `Satuannya '${measuredIn}'. ${hint("unit")}` : "";
}
