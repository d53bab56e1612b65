// A filling of a form -> the file of a source.
// A filling is { wilayah, nama, isian, bagian, gambar }: what the fields hold by key,
// the text of each section by its title, pictures as { name, alt, section }.

const UNSEEN = new RegExp("[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u0600-\\u0605\\u061c\\u06dd"
  + "\\u070f\\u180e\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\ue000-\\uf8ff"
  + "\\u{d800}-\\u{dfff}\\u{e0000}-\\u{e007f}]", "gu");

function clean(text) {
  return String(text).normalize("NFC").replace(/\r\n?|[\u2028\u2029]/g, "\n").replace(UNSEEN, "")
    .replace(/«/g, "“").replace(/»/g, "”");
}

const line = (text) => clean(text).replace(/\s+/g, " ").trim();
const words = (text) => clean(text).split(/\s+/)
  .filter((word) => /[^\u0000-\u002f:-@[-`{-\u00bf\u2000-\u206f]/.test(word)).length;

function slug(text) {
  return line(text).normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
    .replace(/[^a-z0-9]+/g, "-").slice(0, 80).replace(/^-+|-+$/g, "");
}

const filled = (value) => (Array.isArray(value) ? value.length > 0 : Boolean(value));
const isSample = (filling) => filling.wilayah.slice(0, 2) === "00";

// In quotation marks a line that ends in a colon would read like the name of a drive, such as `C:\\new`.
function scalar(text) {
  const plain = /^[A-Za-z][A-Za-z0-9 ()._-]*$/.test(text) && text !== "null";
  return plain ? text : JSON.stringify(text.replace(/:\n/g, ": \n"));
}

function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value !== "object") return scalar(value);
  return `{ ${Object.entries(value).map(([key, item]) => `${key}: ${flow(item)}`).join(", ")} }`;
}

function block(key, value, control) {
  if (control !== "rows" && control !== "lines") return `${key}: ${flow(value)}\n`;
  return `${key}:\n${value.map((item) => `  - ${flow(item)}\n`).join("")}`;
}

// A text under its own heading: headings in it move below, and a code block that was left open ends with it.
function prose(text) {
  const lowered = clean(text).trim().replace(/^( {0,3})#{1,2}(?=[ \t]|$)/gm, "$1###")
    .replace(/\n( {0,3}(?:=+|-+)[ \t]*)(?=\n|$)/g, "\n\n$1");
  const open = openFence(lowered);
  return open ? `${lowered}\n${open}` : lowered;
}

// Notes of several sections stand in one file: each label is its section's own. One that nothing refers to,
// that is there twice or that is missing is a text like any other.
function withNotes(text, section) {
  if (!text.includes("[^")) return text;
  const defined = {};
  const referred = {};
  const rows = text.split("\n");
  const isCode = codeRows(rows);
  const each = (act) => rows.map((row, number) => (isCode[number] ? row
    : row.replace(/\[\^([^[\]\s]+)\](:?)/g, (found, name, colon, place) =>
      act(name, Boolean(colon) && !row.slice(0, place).trim(), number, colon) || `\\${found}`)));
  each((name, defines, number) => {
    if (!defines) referred[name] = true;
    else if (!(name in defined)) defined[name] = number;
  });
  const labels = Object.keys(defined);
  const own = (name, colon) => `[^${section}-${labels.indexOf(name) + 1}]${colon}`;
  return each((name, defines, number, colon) => name in defined && referred[name]
    && (!defines || defined[name] === number) && own(name, colon)).join("\n");
}

function codeRows(rows) {
  let above = "";
  return rows.map((row) => {
    const inside = openFence(above);
    above += `${row}\n`;
    return Boolean(inside);
  });
}

function openFence(text) {
  let open = "";
  for (const row of text.split("\n")) {
    const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(row);
    if (!fence) continue;
    if (!open) open = fence[1][0] === "`" && fence[2].includes("`") ? "" : fence[1];
    else if (fence[1].startsWith(open) && !fence[2].trim()) open = "";
  }
  return open;
}

const fieldsOf = (filling, controls) => Object.entries(filling.isian).filter(([, value]) => filled(value))
  .map(([key, value]) => block(key, value, controls[key])).join("");

function article(filling, controls) {
  const sample = isSample(filling) ? "ya" : "tidak";
  const pictures = (title) => filling.gambar.filter((picture) => picture.section === title)
    .map((picture) => `\n\n![${line(picture.alt).replace(/[[\]\\]/g, "")}](gambar/${picture.name})`).join("");
  const body = Object.entries(filling.bagian)
    .map(([title, text]) => `## ${title}\n\n${withNotes(prose(text), slug(title))}${pictures(title)}\n`);
  const head = fieldsOf(filling, controls);
  return `---\n${head}diajukan_melalui: formulir\ncontoh: ${sample}\n---\n\n${body.join("\n")}`;
}

function record(item) {
  return Object.entries(item)
    .map(([key, value], place) => `${place ? "  " : "- "}${key}: ${flow(value)}\n`).join("");
}

// Semicolons, as Excel takes them here; what it would run as a formula is marked as text, as in the files
// that the program writes (runtime/sheets.py).
function table(items, keys) {
  const said = (text) => text.replace(new RegExp(window.simpulPilihan.rumus, "g"), "$1'");
  const cell = (text) => (/[";\r\n]/.test(text) ? `"${said(text).replace(/"/g, '""')}"` : said(text));
  const used = keys.filter((key) => items.some((item) => item[key]));
  return [used].concat(items.map((item) => used.map((key) => cell(item[key] || ""))))
    .map((row) => `${row.join(";")}\r\n`).join("");
}

// How each shape of a source is written, and where it belongs.
const SHAPES = {
  article: {
    write: article, ending: "md", path: (kind, filling) => `praktik/${filling.nama}.md`,
    name: (kind, filling) => `${filling.nama}.md`,
  },
  fields: {
    write: (filling, controls) =>
      fieldsOf(filling, controls) + (isSample(filling) ? 'contoh: "ya"\n' : ""),
    ending: "yml", path: (kind) => `${kind}.yml`,
  },
  list: {
    write: (filling) => marked(filling).map(record).join(""), ending: "yml", path: (kind) => `${kind}.yml`,
  },
  rows: {
    write: (filling, controls, keys) => table(marked(filling), keys.concat("contoh")), ending: "csv",
    path: (kind, filling) => `${kind}/${filling.isian.butir[0].periode}.csv`,
    name: (kind, filling) => `${kind}-${filling.wilayah}-${filling.isian.butir[0].periode}.csv`,
  },
};

const marked = (filling) => filling.isian.butir.map((item) =>
  Object.assign({}, item, isSample(filling) ? { contoh: "ya" } : {}));

const folderOf = (filling) => `content/daerah/${filling.wilayah}`;
const pathOf = (kind, shape, filling) => `${folderOf(filling)}/${SHAPES[shape].path(kind, filling)}`;

function nameOf(kind, shape, filling) {
  const { name, ending } = SHAPES[shape];
  return name ? name(kind, filling) : `${kind}-${filling.wilayah}.${ending}`;
}

// The file as it is taken along: the way to its place stands in its first line, or the first of its fields.
function addressed(path, written) {
  const told = `# berkas: ${path}\n`;
  return written.startsWith("---\n") ? `---\n${told}${written.slice(4)}` : told + written;
}
