// A filling of the form -> the Markdown file of a case.
// A filling is { wilayah, nama, isian, bagian, gambar }: what the fields hold by key,
// the text of each section by its title, pictures as { name, alt, section }.

function clean(text) {
  return String(text).normalize("NFC").replace(/\r\n?|[\u2028\u2029]/g, "\n").replace(/[^\P{C}\n\t]/gu, "")
    .replace(/«/g, "“").replace(/»/g, "”");
}

const line = (text) => clean(text).replace(/\s+/g, " ").trim();
const words = (text) => clean(text).split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

function slug(text) {
  return line(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-")
    .slice(0, 80).replace(/^-+|-+$/g, "");
}

const filled = (value) => (Array.isArray(value) ? value.length > 0 : Boolean(value));

function scalar(text) {
  const plain = /^\p{L}[\p{L}\p{N} ()._-]*$/u.test(text) && text !== "null";
  return plain ? text : JSON.stringify(text);
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

function document_(filling, controls) {
  const fields = Object.entries(filling.isian).filter(([, value]) => filled(value));
  const head = fields.map(([key, value]) => block(key, value, controls[key])).join("");
  const sample = filling.wilayah.startsWith("00") ? "ya" : "tidak";
  const pictures = (title) => filling.gambar.filter((picture) => picture.section === title)
    .map((picture) => `\n\n![${line(picture.alt).replace(/[[\]\\]/g, "")}](gambar/${picture.name})`).join("");
  const body = Object.entries(filling.bagian)
    .map(([title, text]) => `## ${title}\n\n${prose(text)}${pictures(title)}\n`);
  return `---\n${head}diajukan_melalui: formulir\ncontoh: ${sample}\n---\n\n${body.join("\n")}`;
}

const placeOf = (filling) => `content/daerah/${filling.wilayah}/praktik`;
