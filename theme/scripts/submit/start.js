// The form itself: a draft that stays on the device, a report of what is missing,
// and the ways to send the file.

const LONGEST_ADDRESS = 6000;
const form = one("[data-submit]");
const shape = form.dataset.shape;
const holder = one("[data-fields]", form);
const name = one("#nama");
const sections = all("[data-section]", form);
const fieldNamed = (key) => within(holder).find((field) => field.dataset.field === key);
const labels = {}, controls = {};
within(holder).forEach((field) => {
  labels[field.dataset.field] = one("label, legend", field).textContent;
  controls[field.dataset.field] = field.dataset.control;
});
let named = false;

function read() {
  const bagian = {};
  sections.forEach((section) => { bagian[section.dataset.section] = clean(section.value).trim(); });
  return {
    wilayah: region.value, nama: name ? line(name.value) : "", isian: readGroup(holder), gambar: pictures,
    bagian,
  };
}

const asDraft = () => Object.assign(read(), { gambar: undefined });

function write(draft) {
  chooseRegion(text(draft.wilayah));
  writeGroup(holder, draft.isian);
  const licence = fieldNamed("lisensi");
  if (licence && !inputOf(licence).value) inputOf(licence).value = "CC-BY-4.0";
  sections.forEach((section) => {
    section.value = text(plain(draft.bagian)[section.dataset.section]);
    counted(section);
  });
  all("[data-auto]", holder).forEach((input) => { if (input.value) input.dataset.own = ""; });
  if (name) {
    name.value = text(draft.nama);
    named = Boolean(name.value) && name.value !== slug(text(plain(draft.isian).judul));
  }
  settleRegion();
}

// What depends on the region: its trainers, and where an expert works unless told otherwise.
function settleRegion() {
  fetchTrainers(form);
  all("[data-picks=wilayah]", holder).forEach((field) => {
    if (region.value && !readField(field).length) {
      one("[data-narrow]", field).value = province.value;
      fillBoxes(field);
      check(field, [region.value]);
    }
  });
}

const keep = () => {
  clearTimeout(changed.timer);
  store(JSON.stringify(asDraft()));
};

// What is missing

function counted(section) {
  const many = words(section.value);
  const wanted = Number(section.dataset.words);
  one("[data-counter]", section.parentElement).textContent = wanted > 1 && many < wanted
    ? `${many} kata; sebaiknya ${wanted} atau lebih.` : `${many} kata.`;
}

const wrongSection = (section) =>
  show(section, words(section.value) ? personal(section.value) : "Wajib diisi.");
const wrongInput = (input) => show(input, wrongWith(input, line(input.value)));

function together() {
  if (form.dataset.submit === "jadwal") return agendaProblems(holder);
  return shape === "rows" ? onePeriod(rowsOf(fieldNamed("butir"))) : [];
}

// A table is one period's, and has one row for a unit.
function onePeriod(found) {
  const units = new Set();
  return flat(found.map((row) => {
    const { periode, unit_layanan: unit } = readGroup(row);
    const first = readGroup(found[0]).periode;
    const again = unit && units.has(unit.toLowerCase());
    if (unit) units.add(unit.toLowerCase());
    return [].concat(
      periode && periode !== first
        ? show(inputNamed(row, "periode"), `Satu berkas untuk satu periode; butir pertama ${first}.`) : [],
      again ? show(inputNamed(row, "unit_layanan"), "Unit ini sudah punya baris di atas.") : [],
    );
  }));
}

function problems() {
  const found = wrongInput(region).concat(flat(within(holder).map(problemsOf)));
  const known_ = new Set(found.map(({ input }) => input));
  return found.concat(
    together().filter(({ input }) => !known_.has(input)), flat(sections.map(wrongSection)),
    flat(all("[data-listed] input").map(wrongInput)), name ? wrongInput(name) : [],
  );
}

function titleOf(input) {
  const row = input.closest(".row");
  const group = input.closest("fieldset");
  const own = input.tagName === "SUMMARY" ? one("legend", group).textContent : labelOf(input);
  if (row) return `${one(".row__name", row).textContent}: ${own}`;
  return group && input.tagName !== "SUMMARY" ? `${one("legend", group).textContent}: ${own}` : own;
}

function report(found) {
  const place = one("[data-report]");
  place.textContent = "";
  place.className = found.length ? "report" : "report report--ready";
  place.append(make("p", found.length ? `Masih ada ${found.length} isian yang perlu diperbaiki:`
    : "Semua isian wajib sudah lengkap. Berkas siap dikirim."));
  const items = make("ul", "");
  found.forEach(({ input, message }) => {
    const link = make("a", `${titleOf(input)}: ${message}`, { href: `#${input.id}` });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      input.focus();
      input.scrollIntoView({ block: "center" });
    });
    const item = make("li", "");
    item.append(link);
    items.append(item);
  });
  if (found.length) place.append(items);
  place.focus();
}

// Ways to send

function prepare() {
  rename();
  if (name) namePictures(line(name.value));
  const found = problems();
  one("[data-ways]").hidden = found.length > 0;
  if (!found.length) offer(read());
  report(found);
}

function rename() {
  if (name && !named) name.value = slug(readField(fieldNamed("judul")));
  all("[data-control=rows]", holder).forEach(nameRecords);
}

const keys = () => within(one("template", fieldNamed("butir")).content.firstElementChild.cloneNode(true))
  .map((field) => field.dataset.field);

function offer(filling) {
  const written = SHAPES[shape].write(filling, controls, shape === "rows" && keys());
  const path = pathOf(form.dataset.submit, shape, filling);
  const taken = addressed(path, written);
  const file = one("[data-download]");
  one("[data-path]").textContent = path;
  URL.revokeObjectURL(file.href);
  const mark = shape === "rows" ? "\ufeff" : "";
  file.href = URL.createObjectURL(new Blob([mark, taken], { type: "text/plain" }));
  file.download = nameOf(form.dataset.submit, shape, filling);
  one("[data-text]").value = taken;
  all("[data-ways] li:first-child > .pictures").forEach((old) => old.remove());
  const links = make("div", "", { class: "pictures" });
  links.append(...pictureLinks());
  file.closest("li").append(links);
  if (form.dataset.github) offerGithub(path, written);
  if (form.dataset.mail) one("[data-mailto]").href = mail(filling);
}

function offerGithub(path, written) {
  const { github, branch } = form.dataset;
  const address = `${github}/new/${branch}?filename=${encodeURIComponent(path)}&value=${
    encodeURIComponent(written)}`;
  const long = address.length > LONGEST_ADDRESS || pictures.length > 0;
  one("[data-short]").hidden = long;
  one("[data-long]").hidden = !long;
  one("[data-new]").href = address;
  one("[data-upload]").href = `${github}/upload/${branch}/${path.slice(0, path.lastIndexOf("/"))}`;
}

function mail(filling) {
  const place = `${nameOfRegion(filling.wilayah)} (kode ${filling.wilayah})`;
  const title = one("h1").textContent;
  const { judul, instansi } = filling.isian;
  const subject = judul ? `Praktik baik: ${judul}` : `${title}: ${nameOfRegion(filling.wilayah)}`;
  const what = judul ? `praktik baik "${judul}" dari ${instansi}, ${place}`
    : `berkas ${form.dataset.item.toLowerCase()} dari ${place}`;
  const attached = [nameOf(form.dataset.submit, shape, filling)]
    .concat(pictures.map((picture) => picture.name));
  const body = `Yth. pengelola portal,

Bersama surel ini kami ajukan ${what}.

Terlampir:
${attached.map((one_) => `- ${one_}`).join("\n")}

Mohon tanggapan bila ada yang perlu diperbaiki.
`;
  return `mailto:${form.dataset.mail}?subject=${encodeURIComponent(subject)}`
    + `&body=${encodeURIComponent(body)}`;
}

function copy() {
  const area = one("[data-text]");
  area.closest("details").open = true;
  area.select();
  const done = document.execCommand("copy");
  one("[data-copied]").textContent = done ? "Sudah disalin." : "Pilih isinya di bawah, lalu salin.";
}

// Wiring

function changed(target) {
  if (target.dataset.section) counted(target);
  if (target === name) named = Boolean(name.value);
  if (target.dataset.auto) {
    if (target.value) target.dataset.own = "";
    else delete target.dataset.own;
  }
  const field = target.closest("[data-control]");
  if (field && field.dataset.control === "pick") count(field);
  if (target.dataset.number) sayNumber(target);
  rename();
  one("[data-ways]").hidden = true;
  clearTimeout(changed.timer);
  changed.timer = setTimeout(keep, 400);
}

function judged(target) {
  const field = target.closest("[data-control]");
  if (target.dataset.number) one(`#${CSS.escape(target.id)}-dibaca`).textContent = "";
  if (target.dataset.section) wrongSection(target);
  else if (target.matches("[data-narrow]")) fillBoxes(field);
  else if (field) problemsOf(field);
  else if (target.id && one(`#${CSS.escape(target.id)}-salah`)) wrongInput(target);
}

function download(content, file) {
  const link = make("a", "", {
    href: URL.createObjectURL(new Blob([content], { type: "application/json" })), download: file,
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function importDraft(input) {
  const reader = new FileReader();
  reader.onload = () => {
    const draft = draftOf(reader.result);
    const right = "isian" in draft && "bagian" in draft;
    if (right) { write(draft); keep(); }
    kept.textContent = right ? "Draf dibuka." : "Berkas itu bukan draf formulir ini.";
  };
  reader.readAsText(input.files[0]);
  input.value = "";
}

async function importPictures(input) {
  for (const file of Array.from(input.files)) {
    try {
      await addPicture(file);
    } catch (error) {
      kept.textContent = `${file.name} tidak dapat dibaca sebagai gambar.`;
    }
  }
  input.value = "";
  showPictures();
}

function showPictures() {
  const place = one("[data-listed]");
  if (place) listPictures(place, sections.map((section) => section.dataset.section), showPictures);
  one("[data-ways]").hidden = true;
}

function erase() {
  if (!window.confirm("Hapus semua isian di perangkat ini?")) return;
  clearTimeout(changed.timer);
  pictures.length = 0;
  showPictures();
  all("[data-auto]", holder).forEach((input) => { delete input.dataset.own; });
  write({});
  store(null, true);
}

// A record moves, goes or comes; focus stays where one can go on from.
const ROW_TOOLS = {
  up: (row) => {
    if (row.previousElementSibling) row.parentElement.insertBefore(row, row.previousElementSibling);
  },
  down: (row) => {
    if (row.nextElementSibling) row.parentElement.insertBefore(row.nextElementSibling, row);
  },
  drop: (row) => row.remove(),
};

function useTool(button, tool) {
  const row = button.closest(".row");
  const field = row.parentElement.closest("[data-field]");
  const next = row.nextElementSibling || row.previousElementSibling;
  ROW_TOOLS[tool](row);
  if (!rowsOf(field).length) addRow(field);
  nameRows(field);
  changed(form);
  const target = tool === "drop" ? inputOf(next || rowsOf(field)[0])
    : button.disabled ? one(`[data-${tool === "up" ? "down" : "up"}]`, button.parentElement) : button;
  target.focus();
  kept.textContent = tool === "drop" ? "Butir dihapus."
    : `Sekarang: ${one(".row__name", row).textContent} dari ${rowsOf(field).length}.`;
}

function showPreview() {
  const shown = one("[data-shown]");
  const place = one("div", shown);
  place.textContent = "";
  place.append(...preview(read(), labels, region.value ? nameOfRegion(region.value) : "belum dipilih"));
  shown.hidden = false;
  shown.focus();
}

function spreadPasted() {
  const area = one("[data-paste]");
  one("[data-pasted]").textContent = spread(fieldNamed("butir"), area.value);
  settle(fieldNamed("butir"));
  area.value = "";
  changed(form);
  flat(within(holder).map(problemsOf));
}

const BUTTONS = {
  more: (button) => {
    const row = addRow(button.closest("[data-field]"));
    settleRegion();
    inputOf(row).focus();
  },
  copy, erase, preview: showPreview, spread: spreadPasted,
  export: () => download(
    JSON.stringify(asDraft(), null, 1), `draf-${(name && line(name.value)) || form.dataset.submit}.json`,
  ),
  mine: () => store(JSON.stringify(asDraft()), true),
  theirs: () => { write(recall()); kept.textContent = "Isian tab lain diambil."; },
};

form.addEventListener("input", (event) => {
  const { target } = event;
  if (target.type !== "file" && !target.matches("[data-paste], [data-narrow]")) changed(target);
});
form.addEventListener("change", (event) => {
  const { target } = event;
  if (target.matches("[data-import]")) importDraft(target);
  else if (target.matches("[data-pictures]")) importPictures(target);
  else if (target === province) { region.value = ""; fillRegions(); }
  else if (!target.matches("[data-paste]")) judged(target);
  if (target === region) settleRegion();
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  Object.keys(BUTTONS).filter((key) => key in button.dataset).forEach((key) => BUTTONS[key](button));
  Object.keys(ROW_TOOLS).filter((key) => key in button.dataset).forEach((key) => useTool(button, key));
});
form.addEventListener("submit", (event) => { event.preventDefault(); prepare(); });
window.addEventListener("pagehide", () => { if (changed.timer) keep(); });

// What the address asks for: the region after the mark or as `daerah`, and a case that is replicated.
function follow() {
  const asked = new URLSearchParams(window.location.search);
  const [, code] = /^#(\d\d(?:\.\d\d)?)$/.exec(window.location.hash)
    || [null, line(asked.get("daerah") || "")];
  const origin = fieldNamed("replikasi_dari");
  if (asked.has("meniru") && origin) inputOf(origin).value = line(asked.get("meniru"));
  if (!homeOf(code)) return;
  const other = one("[data-other]");
  other.hidden = !region.value || region.value === code;
  other.textContent = `Draf di perangkat ini untuk ${nameOfRegion(region.value)}, `
    + `bukan ${nameOfRegion(code)}. `
    + "Ganti pilihan di atas, atau tekan Kosongkan bila ini pengajuan lain.";
  if (!region.value) {
    chooseRegion(code);
    settleRegion();
  }
}

if (CHOICES) {
  CHOICES.wilayah.forEach(([title]) => province.append(make("option", title)));
  fillRegions();
  fillPicks(form);
}
write(recall());
follow();
if (!CHOICES) {
  kept.textContent = "Daftar daerah tidak terbaca; muat ulang halaman ini atau salin portal lengkap.";
}
form.hidden = false;
one("[data-without]").hidden = true;
