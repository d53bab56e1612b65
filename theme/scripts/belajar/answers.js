// Whether a question is answered, and rightly.
const lines = (value) => value.split("\n");
const bare = (text) => text.normalize("NFD").toLowerCase().replace(/[^a-z0-9]/g, "") || text.trim();

// What digits say with one mark between groups of three and the other before the places; NaN if they cannot.
function reading(digits, between, point) {
  const [before, after = "", more] = digits.split(point);
  const groups = before.split(between);
  const grouped = /^[1-9]\d{0,2}$/.test(groups[0]) && groups.slice(1).every((group) => /^\d{3}$/.test(group));
  return more === undefined && (groups.length === 1 || grouped) ? Number(`${groups.join("")}.${after}0`) : NaN;
}

// The numbers that a text may say: "1.250" is one thousand or one and a quarter. None where it says several.
function readings(text, unit) {
  const found = text.toLowerCase().replace(unit.toLowerCase(), " ").replace(/[−–—]/g, "-")
    .replace(/(\d)\s(?=\d{3}(?!\d))/g, "$1").match(/-?\s?\d[\d.,]*/g) || [];
  if (found.length !== 1) return [];
  const sign = found[0][0] === "-" ? -1 : 1;
  const digits = found[0].replace(/^-?\s?|[.,]+$/g, "");
  return [reading(digits, ".", ","), reading(digits, ",", ".")].filter((value) => !isNaN(value))
    .map((value) => sign * value);
}

function near(text, { answers, tolerance, unit }) {
  const slack = Number(tolerance) + 1e-9 * Math.max(1, Math.abs(answers));
  return readings(text, unit).some((value) => Math.abs(value - answers) <= slack);
}

// What hinders judging a question; "" for nothing.
const OPEN = "belum dijawab";

function fault(question) {
  const { form, unit } = question.dataset, inputs = all("input", question);
  const given = inputs.map((input) => input.value.trim());
  if (/^pilihan/.test(form)) return one(":checked", question) ? "" : OPEN;
  if (!given.every(Boolean)) return OPEN;
  if (form === "urutan" && !given.every((_, place) => given.includes(String(place + 1)))) {
    return `pakai tiap nomor dari 1 sampai ${given.length} satu kali`;
  }
  return form === "angka" && !readings(given[0], unit).length ? "tulis satu angka saja, misalnya 12,5" : "";
}

// Of each field of a question whether it shows what is right (of options: whether it is a right one), and what is wrong.
function verdicts(question) {
  const { form, right } = question.dataset, key = (right || "").split(" ");
  return all("input", question).map((input, place) => {
    if (/^pilihan/.test(form)) {
      const good = key.includes(String(place));
      return { good, wrong: input.checked && !good, missed: good && !input.checked };
    }
    const good = form === "urutan" ? input.value.trim() === key[place]
      : form === "angka" ? near(input.value, question.dataset)
        : lines(question.dataset.answers).map(bare).includes(bare(input.value));
    return { good, wrong: !good };
  });
}
