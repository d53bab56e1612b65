// The controls of the form: what they hold, and what is wrong with it. A control's rules stand in its
// attributes, put there from the JSON Schema that the build checks with.

const one = (selector, from) => (from || document).querySelector(selector);
const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));

function make(tag, text, attributes) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  return element;
}

const HOLDERS = "[data-field], .row, [data-fields]";
const inputOf = (field) => one("input, select, textarea", field);
const within = (holder) =>
  all("[data-field]", holder).filter((field) => field.parentElement.closest(HOLDERS) === holder);
const rowsOf = (field) => all(".row", field);

function readGroup(holder) {
  const entries = within(holder).map((field) => [field.dataset.field, readField(field)]);
  return Object.fromEntries(entries.filter(([, value]) => filled(value)));
}

const some = (group) => (Object.keys(group).length ? group : null);

function readField(field) {
  const input = inputOf(field);
  switch (field.dataset.control) {
    case "group": return some(readGroup(field));
    case "rows": return rowsOf(field).map((row) => some(readGroup(row))).filter(Boolean);
    case "pick": return all(":checked", field).map((box) => box.value);
    case "words": return [...new Set(input.value.split(/[,;\n]/).map(slug).filter(Boolean))];
    case "lines": return input.value.split("\n").map(line).filter(Boolean);
    case "text": return clean(input.value).trim();
    default: return line(input.value);
  }
}

const plain = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});
const list = (value) => (Array.isArray(value) ? value : []);
const text = (value) => (typeof value === "string" ? value : "");

function writeGroup(holder, group) {
  within(holder).forEach((field) => writeField(field, plain(group)[field.dataset.field]));
}

function writeField(field, value) {
  const input = inputOf(field);
  switch (field.dataset.control) {
    case "group": return writeGroup(field, value);
    case "rows":
      rowsOf(field).forEach((row) => row.remove());
      (list(value).length ? list(value) : [{}]).forEach((item) => writeGroup(addRow(field), item));
      return undefined;
    case "pick":
      all("input", field).forEach((box) => { box.checked = list(value).includes(box.value); });
      return count(field);
    case "words": input.value = list(value).map(text).join(", "); return undefined;
    case "lines": input.value = list(value).map(text).join("\n"); return undefined;
    default: input.value = text(value); return undefined;
  }
}

let rows = 0;

function addRow(field) {
  const row = one("template", field).content.cloneNode(true).firstElementChild;
  rows += 1;
  all("[id], [for]", row).forEach((element) => {
    for (const name of ["id", "for", "aria-describedby"]) {
      if (element.hasAttribute(name)) {
        element.setAttribute(name, element.getAttribute(name).replace(/§/g, rows));
      }
    }
  });
  one("[data-rows]", field).append(row);
  all(".row", field).forEach((item, place) =>
    item.setAttribute("aria-label", `${one("legend", field).textContent}, butir ${place + 1}`));
  return row;
}

function count(field) {
  const picked = all(":checked", field).length;
  one("[data-count]", field).textContent = picked ? `(${picked} dipilih)` : "";
}

const unitBeside = (input) => line(one('[data-field="satuan"] input', input.closest(".row")).value);

// What is wrong with one simple control, in words; "" when nothing is.
function wrongWith(input, value) {
  const items = Array.isArray(value) ? value : value ? [value] : [];
  const rule = input.dataset;
  if (!items.length) return input.required ? "Wajib diisi." : "";
  const longest = Math.max(...items.map((item) => [...item].length));
  if (rule.most && longest > Number(rule.most)) return `${longest} huruf, paling banyak ${rule.most}.`;
  if (rule.least && longest < Number(rule.least)) return `Paling sedikit ${rule.least} huruf.`;
  if (rule.number !== undefined) return wrongNumber(value, unitBeside(input));
  if (rule.pattern && items.some((item) => !new RegExp(rule.pattern, "u").test(item))) {
    return "Bentuknya belum sesuai dengan contoh di atas.";
  }
  return input.closest('[data-field="bukan_data_pribadi"]') ? "" : personal(items.join("\n"));
}

// What looks like personal data, but for what is explained in the form.
function personal(written) {
  const rules = JSON.parse(one("[data-personal]").dataset.personal);
  const explained = all('[data-field="bukan_data_pribadi"] [data-field="teks"] input')
    .map((input) => inAscii(line(input.value)));
  const found = [written, readAloud(written)].flatMap((read) => findPersonal(read, rules))
    .find(({ text: part }) => !explained.includes(part));
  return found ? `Tampaknya ada ${found.what}: ${found.text}. Hapus, atau jelaskan di 'Bukan data pribadi'.` : "";
}

function show(input, message) {
  one(`#${CSS.escape(input.id)}-salah`).textContent = message;
  input.toggleAttribute("aria-invalid", false);
  if (message) input.setAttribute("aria-invalid", "true");
}

const labelOf = (input) => one(`label[for="${CSS.escape(input.id)}"]`).textContent;

// The problems of a field and of what it holds, shown beside each control: [{ input, message }].
function problemsOf(field) {
  const control = field.dataset.control;
  if (control === "pick") return [];
  if (control === "group") return problemsWithin(field, readField(field));
  if (control === "rows") return rowsOf(field).flatMap((row) => problemsWithin(row, some(readGroup(row))));
  const input = inputOf(field);
  const message = wrongWith(input, readField(field));
  show(input, message);
  return message ? [{ input, message }] : [];
}

function problemsWithin(holder, group) {
  if (group) return within(holder).flatMap(problemsOf);
  within(holder).forEach((field) => show(inputOf(field), ""));
  return [];
}
