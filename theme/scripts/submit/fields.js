// The controls of a form: what they hold, and what is wrong with it. A control's rules stand in its
// attributes, put there from the JSON Schema that the build checks with.

const one = (selector, from) => (from || document).querySelector(selector);
const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));
const flat = (lists) => [].concat(...lists);

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
const rowsOf = (field) => Array.from(one("[data-rows]", field).children);
const boxesOf = (field) => all("[data-boxes] input", field);

function readGroup(holder) {
  const group = {};
  within(holder).forEach((field) => {
    const value = readField(field);
    if (filled(value)) group[field.dataset.field] = value;
  });
  return group;
}

// A record whose id alone is filled holds nothing: the form made the id.
const some = (group) => (Object.keys(group).some((key) => key !== "id") ? group : null);

function readField(field) {
  const input = inputOf(field);
  switch (field.dataset.control) {
    case "group": return some(readGroup(field));
    case "rows": return rowsOf(field).map((row) => some(readGroup(row))).filter(Boolean);
    case "pick": return boxesOf(field).filter((box) => box.checked).map((box) => box.value);
    case "words": return Array.from(new Set(input.value.split(/[,;\n]/).map(wordOf(input)).filter(Boolean)));
    case "lines": return input.value.split("\n").map(line).filter(Boolean);
    case "text": return clean(input.value).trim();
    default: return line(input.value);
  }
}

// A word in the form of its field, which may allow underscores.
function wordOf(input) {
  if (!(input.dataset.pattern || "").includes("[_-]")) return slug;
  return (text) => text.split(/[\s_]+/).map(slug).filter(Boolean).join("_");
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
    case "group": writeGroup(field, value); break;
    case "rows":
      rowsOf(field).forEach((row) => row.remove());
      (list(value).length ? list(value) : [{}]).forEach((item) => writeGroup(addRow(field), item));
      break;
    case "pick": check(field, list(value).map(text)); break;
    case "words": input.value = list(value).map(text).join(", "); break;
    case "lines": input.value = list(value).map(text).join("\n"); break;
    case "choice": choose(input, text(value)); break;
    default: input.value = text(value);
  }
}

// A choice that is not in the list, or not yet, is kept as it is.
function choose(select, value) {
  select.value = value;
  if (value && select.value !== value) {
    select.append(make("option", value, { value }));
    select.value = value;
  }
}

function check(field, values) {
  boxesOf(field).forEach((box) => { box.checked = values.includes(box.value); });
  values.filter((value) => boxesOf(field).every((box) => box.value !== value))
    .forEach((value) => addBox(field, value, value).checked = true);
  count(field);
}

function addBox(field, value, name) {
  const label = make("label", "");
  const box = make("input", "", { type: "checkbox", value });
  label.append(box, ` ${name}`);
  one("[data-boxes]", field).append(label);
  return box;
}

let rows = 0;

function addRow(field) {
  const row = one("template", field).content.cloneNode(true).firstElementChild;
  rows += 1;
  number(row, rows);
  one("[data-rows]", field).append(row);
  fillPicks(row);
  all("[data-field][data-control=rows]", row).filter((inner) => !rowsOf(inner).length)
    .forEach((inner) => addRow(inner));
  nameRows(field);
  return row;
}

// Ids of a row, also of what its own templates hold, get its number.
function number(root, place) {
  all("[id], [for], [aria-labelledby], [aria-describedby]", root).concat(root).forEach((element) => {
    for (const name of ["id", "for", "aria-labelledby", "aria-describedby"]) {
      if (element.hasAttribute(name)) {
        element.setAttribute(name, element.getAttribute(name).replace(/§/g, place));
      }
    }
  });
}

function nameRows(field) {
  const found = rowsOf(field);
  found.forEach((row, place) => {
    one(".row__name", row).textContent = `${one("legend", field).textContent}, butir ${place + 1}`;
    const tools = all(".row__tools", row).pop();  // those of rows within it come before its own
    one("[data-up]", tools).disabled = place === 0;
    one("[data-down]", tools).disabled = place === found.length - 1;
  });
}

function count(field) {
  const picked = boxesOf(field).filter((box) => box.checked).length;
  one("[data-count]", field).textContent = picked ? `(${picked} dipilih)` : "";
}
