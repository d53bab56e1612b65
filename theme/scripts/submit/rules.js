// What is wrong with what the controls hold, in words: the rules of one field, of fields beside each other,
// and of records among each other.

const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, "0")).join("-");
};
const asNumber = (input) => Number(readNumber(line(input.value), input.dataset.number).value);
const labelOf = (input) => {
  const label = one(`label[for="${CSS.escape(input.id)}"]`);
  return label ? label.textContent : one("legend", input.closest("fieldset")).textContent;
};

function beside(input, name) {
  const holder = input.closest("[data-field]").parentElement.closest(HOLDERS);
  const field = within(holder).find((item) => item.dataset.field === name);
  return field && inputOf(field);
}

function wrongWith(input, value) {
  const items = Array.isArray(value) ? value : value ? [value] : [];
  if (!items.length) return wrongWhenEmpty(input);
  const longest = Math.max(...items.map((item) => Array.from(item).length));
  const { most, least } = input.dataset;
  if (most && longest > Number(most)) return `${longest} huruf, paling banyak ${most}.`;
  if (least && longest < Number(least)) return `Paling sedikit ${least} huruf.`;
  return wrongForm(input, items) || wrongMeasure(input, items[0]) || wrongOrder(input, items[0])
    || (input.closest('[data-field="bukan_data_pribadi"], [data-field="surel"]') ? ""
      : personal(items.join("\n")));
}

function unitBeside(input) {
  const unit = beside(input, "satuan");
  return unit && line(unit.value);
}

// How a number is read, said while it is typed where it may be read in another way.
function sayNumber(input) {
  const written = line(input.value);
  const { value, wrong } = written ? readNumber(written, input.dataset.number, unitBeside(input))
    : { value: "", wrong: "" };
  one(`#${CSS.escape(input.id)}-dibaca`).textContent = wrong
    || (/^[0-9]*$/.test(written) ? "" : `Dibaca sebagai ${shown(value)}.`);
}

function wrongWhenEmpty(input) {
  if (input.required) return "Wajib diisi.";
  const [name, wanted] = (input.dataset.when || "").split(" ");
  const other = name && beside(input, name);
  return other && other.value === wanted
    ? `Wajib diisi, karena '${labelOf(other)}' berisi ${other.selectedOptions[0].textContent}.` : "";
}

function wrongForm(input, items) {
  const { pattern, number } = input.dataset;
  if (number) return wrongNumber(items[0], number, unitBeside(input));
  return !pattern || items.every((item) => new RegExp(pattern).test(item)) ? ""
    : "Bentuknya belum sesuai dengan contoh di atas.";
}

function wrongMeasure(input, value) {
  const { low, high } = input.dataset;
  if (low && asNumber(input) < Number(low)) return `Paling kecil ${low}.`;
  if (high && asNumber(input) > Number(high)) return `Paling besar ${high}.`;
  return "past" in input.dataset && value > today() ? "Tanggal ini belum terjadi." : "";
}

function wrongOrder(input, value) {
  const { after, beyond, upto } = input.dataset;
  const name = after || beyond || upto;
  const other = name && beside(input, name);
  const held = other && line(other.value);
  if (!held) return "";
  if (after && value < held) return `Lebih awal daripada '${labelOf(other)}'.`;
  if (beyond && value <= held) return `Harus sesudah '${labelOf(other)}'.`;
  if (upto && asNumber(input) > asNumber(other)) return `Lebih besar daripada '${labelOf(other)}', ${held}.`;
  return "";
}

// What looks like personal data, but for what is explained in the form.
function personal(written) {
  const explained = all('[data-field="bukan_data_pribadi"] [data-field="teks"] input')
    .map((input) => inAscii(line(input.value)));
  const found = flat([written, readAloud(written)].map((read_) => findPersonal(read_, CHOICES.pribadi)))
    .find(({ text: part }) => !explained.includes(part));
  const way = one('[data-field="bukan_data_pribadi"]') ? ", atau jelaskan di 'Bukan data pribadi'" : "";
  return found ? `Tampaknya ada ${found.what}: ${found.text}. Hapus${way}.` : "";
}

function show(input, message) {
  one(`#${CSS.escape(input.id)}-salah`).textContent = message;
  if (message) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  return message ? [{ input, message }] : [];
}

// The problems of a field and of what it holds, shown beside each control: [{ input, message }].
function problemsOf(field) {
  const control = field.dataset.control;
  if (control === "group") return problemsOfGroup(field);
  if (control === "rows") return problemsOfRows(field);
  if (control === "pick") {
    const lacking = "must" in field.dataset && !readField(field).length;
    const summary = one("summary", field);
    one(`#${CSS.escape(summary.id)}-salah`).textContent = lacking ? "Pilih paling sedikit satu." : "";
    return lacking ? [{ input: summary, message: "Pilih paling sedikit satu." }] : [];
  }
  const input = inputOf(field);
  return show(input, wrongWith(input, readField(field)));
}

function problemsOfGroup(field) {
  const group = readField(field);
  if (!group && "must" in field.dataset) {
    return show(inputOf(field), "Isi paling sedikit satu di bagian ini.");
  }
  return problemsWithin(field, group);
}

function problemsOfRows(field) {
  const found = rowsOf(field).map((row) => [row, some(readGroup(row))]);
  const used = found.filter(([, group]) => group);
  if (Number(field.dataset.many || 0) > used.length && found.length) {
    return problemsWithin(found[0][0], {});
  }
  return flat(found.map(([row, group]) => problemsWithin(row, group))).concat(twice(found));
}

function problemsWithin(holder, group) {
  if (group) return flat(within(holder).map(problemsOf));
  all("[data-field]", holder).forEach((field) => {
    if (["group", "rows", "pick"].includes(field.dataset.control)) return;
    show(inputOf(field), "");
  });
  return [];
}

// Records that have the same id.
function twice(found) {
  const seen = new Set();
  return flat(found.filter(([, group]) => group && group.id).map(([row, group]) => {
    const again = seen.has(group.id);
    seen.add(group.id);
    const input = inputOf(one('[data-field="id"]', row));
    return again ? show(input, "Nama pendek ini sudah dipakai butir lain; ganti salah satunya.") : [];
  }));
}

// Ids that nobody wrote are made from other fields of the record.
function nameRecords(field) {
  const seen = new Set();
  rowsOf(field).forEach((row) => {
    const input = within(row).map(inputOf).find((item) => item && item.dataset.auto);
    if (!input) return;
    if (!("own" in input.dataset)) input.value = unused(madeId(input, row), seen);
    seen.add(input.value);
  });
}

function madeId(input, row) {
  const values = input.dataset.auto.split(" ")
    .map((name) => readField(within(row).find((field) => field.dataset.field === name)));
  return values.every(Boolean) ? slug(values.join("-")).slice(0, 76) : "";
}

function unused(id, seen) {
  let place = 1;
  while (id && seen.has(place > 1 ? `${id}-${place}` : id)) place += 1;
  return place > 1 ? `${id}-${place}` : id;
}
