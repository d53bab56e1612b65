// The sheet for a superior. What modules and paths are called and weigh comes from the page, never from the device.
const number = (value) => String(value).replace(".", ",");
const NAMES = "simpul.nama";
const known = JSON.parse(one("[data-known]").textContent);
const fields = ["nama", "unit", "kantor"].map((key) => one(`#${key}`));
const choice = one("#jalur"), remember = one("#ingat"), tools = one("[data-tools]");
const say = (text) => { one("[role=status]", tools).textContent = text; };
const cell = (key) => one(`[data-of=${key}]`);

function day(at) {
  if (when(at) === UNKNOWN) return "tanpa tanggal";
  const date = new Date(at), two = (value) => String(value).padStart(2, "0");
  return `${two(date.getDate())}-${two(date.getMonth() + 1)}-${date.getFullYear()}`;
}

const scored = (attempt_) => `${attempt_[1]}/${attempt_[2]}, ${day(attempt_[0])}`;
const jp = (minutes) => number(Math.round(10 * minutes / known.hour) / 10);

function row([id], { dibaca, kuis }) {
  const [title, minutes, version] = known.modules[id] || [`${id} (tidak ada lagi di portal ini)`, 0, ""];
  const attempts = kuis[id], old = attempts && last(attempts)[3];
  const changed = old && version && old !== version
    ? `. Modul berubah sejak Anda mengerjakannya: ${old} -> ${version}.` : "";
  const line = make("tr", "");
  line.append(...[
    title + changed, minutes ? jp(minutes) : "", id in dibaca ? day(dibaca[id]) : "",
    ...(attempts ? [scored(best(attempts)), scored(last(attempts)), attempts.length] : ["", "", ""]), old || "",
    attempts && done(attempts) ? "ya" : "",
  ].map((text) => make("td", text)));
  return line;
}

// A superior looks up the path; without one chosen, the code on paper is that of this page.
function code(path) {
  all(".qr").forEach((picture) => picture.remove());
  const own = one("link[rel=canonical]");
  const address = path ? `${own ? siteAddress() : ""}jalur/${choice.value}.html#versi-${path.version}` : "";
  one("[data-check]").textContent = address && `Susunan jalur dapat dicocokkan di ${address}`;
  const grid = own && matrix(address || own.href);
  if (grid) one("h1").before(drawing(grid, address || own.href));
}

function show() {
  const record = read(), path = known.paths[choice.value];
  const mine = Object.keys(Object.assign({}, record.dibaca, record.kuis)).sort().map((id) => [id, 1]);
  const steps = path ? path.steps : mine;
  const place = one("[data-rows]");
  place.textContent = "";
  place.append(...steps.map((step) => row(step, record)));
  const sum = (items) => jp(items.reduce((minutes, [id]) => minutes + (known.modules[id] || [0, 0])[1], 0));
  const required = steps.filter(([, needed]) => needed);
  const passed = required.filter(([id]) => id in record.kuis && done(record.kuis[id]));
  one("[data-sum]").textContent = `Tuntas: ${passed.length} dari ${required.length} modul\
${path ? " wajib" : ""}, ${sum(passed)} dari ${sum(required)} JP.`;
  const { kelompok, waktu, hasil, standar } = selfOf(record.diri), self = one("[data-self]");
  self.hidden = !hasil;
  if (hasil) {
    self.textContent = `Periksa diri ${day(waktu)}, ${known.groups[kelompok] || kelompok}, standar ${standar}: \
${hasil[0]} dari ${hasil[1]} kompetensi mencapai usulan minimum.`;
  }
  cell("jalur").textContent = path ? `${path.title}, susunan ${path.version}` : "Semua modul yang dikerjakan";
  cell("tanggal").textContent = day(now());
  fields.forEach((field) => { cell(field.id).textContent = field.value; });
  code(path);
}

function keepNames() {
  storage((store) => (remember.checked
    ? store.setItem(NAMES, JSON.stringify(fields.map((field) => field.value))) : store.removeItem(NAMES)));
}

function download() {
  const file = new Blob([filed(read())], { type: "application/json" });
  const name = `catatan-belajar-${day(now()).split("-").reverse().join("-")}.json`;
  const link = make("a", "", { href: URL.createObjectURL(file), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function take(file) {
  const reader = new FileReader();
  reader.onerror = () => say("Berkas ini tidak dapat dibaca. Catatan di perangkat ini tidak berubah.");
  reader.onload = () => {
    const found = opened(file.size > BIGGEST ? "" : reader.result);
    if (typeof found === "string") {
      say(found);
      return;
    }
    change((record) => { Object.assign(record, merged(record, found)); });
    say(`Catatan digabung: ${Object.keys(read().kuis).length} modul dengan nilai kuis, \
${Object.keys(read().dibaca).length} modul dibaca.`);
    show();
  };
  reader.readAsText(file);
}

function erase() {
  if (!window.confirm("Hapus semua catatan dan pilihan di perangkat ini? Tidak dapat dikembalikan.")) return;
  storage((store) => [KEY, NAMES, SCHEME, "simpul.daerah", "simpul.kondisi"]
    .forEach((key) => store.removeItem(key)));
  unsaved = null;
  root.dataset.mdColorScheme = "";
  fields.forEach((field) => { field.value = ""; });
  remember.checked = false;
  show();
  say("Semua catatan di perangkat ini sudah dihapus.");
}

Object.keys(known.paths).forEach((id) => choice.append(make("option", known.paths[id].title, { value: id })));
const [opened_] = read().jalur || [""];
choice.value = opened_ in known.paths ? opened_ : "";
const names = storage((store) => JSON.parse(store.getItem(NAMES)));
if (Array.isArray(names)) {
  fields.forEach((field, place) => { field.value = String(names[place] || ""); });
  remember.checked = true;
}
one("[data-record]").addEventListener("input", () => { keepNames(); show(); });
one("[data-record]").addEventListener("submit", (event) => event.preventDefault());
one("[data-print]").addEventListener("click", () => window.print());
one("[data-export]").addEventListener("click", download);
const chosen = one("[type=file]");
one("[data-import]").addEventListener("click", () => chosen.click());
chosen.addEventListener("change", () => { if (chosen.files[0]) take(chosen.files[0]); chosen.value = ""; });
one("[data-erase]").addEventListener("click", erase);
window.addEventListener("storage", show);
one("[data-without]").hidden = true;
one("[data-record]").hidden = false;
tools.hidden = false;
show();
