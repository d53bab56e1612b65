// The form itself: a draft that stays on the device, a report of what is missing,
// and the ways to send the file.

const DRAFT = "simpul.kirim";
const LONGEST_ADDRESS = 6000;
const form = one("[data-submit]");
const holder = one("[data-fields]", form);
const region = one("#wilayah");
const name = one("#nama");
const sections = all("[data-section]", form);
const labels = Object.fromEntries(within(holder).map((field) =>
  [field.dataset.field, one("label, legend", field).textContent]));
const controls = Object.fromEntries(within(holder).map((field) =>
  [field.dataset.field, field.dataset.control]));
let named = false;

function storage(action) {
  try { return action(window.localStorage); } catch (error) { return null; }
}

function read() {
  return {
    wilayah: region.value, nama: line(name.value), isian: readGroup(holder), gambar: pictures,
    bagian: Object.fromEntries(sections.map((section) =>
      [section.dataset.section, clean(section.value).trim()])),
  };
}

function write(draft) {
  chooseRegion(text(draft.wilayah));
  writeGroup(holder, draft.isian);
  if (!inputOf(one('[data-field="lisensi"]')).value) {
    inputOf(one('[data-field="lisensi"]')).value = "CC-BY-4.0";
  }
  sections.forEach((section) => {
    section.value = text(plain(draft.bagian)[section.dataset.section]);
    counted(section);
  });
  name.value = text(draft.nama);
  named = Boolean(name.value) && name.value !== slug(text(plain(draft.isian).judul));
}

function keep() {
  const { gambar, ...draft } = read();
  const kept = storage((store) => { store.setItem(DRAFT, JSON.stringify(draft)); return true; });
  one("[data-kept]").textContent = kept ? "Draf tersimpan di perangkat ini."
    : "Draf tidak dapat disimpan di perangkat ini; unduh drafnya.";
}

function draftOf(kept) {
  try { return plain(JSON.parse(kept)); } catch (error) { return {}; }
}

// Region, by province

const groups = all("optgroup", region);
const province = one("#provinsi");

function showProvince() {
  const home = region.selectedOptions[0] && region.selectedOptions[0].parentElement.label;
  if (home) province.value = home;
  const kept = region.value;
  region.replaceChildren(
    region.firstElementChild, ...groups.filter((group) => !province.value || group.label === province.value),
  );
  region.value = kept;
}

function chooseRegion(code) {
  region.replaceChildren(region.firstElementChild, ...groups);
  province.value = "";
  region.value = code;
  showProvince();
}

province.addEventListener("change", () => { region.value = ""; showProvince(); });

// What is missing

function counted(section) {
  const number = words(section.value);
  const wanted = Number(section.dataset.words);
  one("[data-counter]", section.parentElement).textContent = wanted > 1 && number < wanted
    ? `${number} kata; sebaiknya ${wanted} atau lebih.` : `${number} kata.`;
}

function wrongSection(section) {
  const message = words(section.value) ? personal(section.value) : "Wajib diisi.";
  show(section, message);
  return message ? [{ input: section, message }] : [];
}

function wrongInput(input) {
  const message = wrongWith(input, line(input.value));
  show(input, message);
  return message ? [{ input, message }] : [];
}

function together() {
  const field = (key) => inputOf(one(`[data-field="${key}"]`, holder));
  const found = [];
  if (field("status_keberlanjutan").value === "berhenti" && !line(field("alasan_berhenti").value)) {
    found.push({ input: field("alasan_berhenti"), message: "Tulis mengapa praktik ini berhenti." });
  }
  const [trial, start] = [field("mulai_uji_coba"), field("mulai_penerapan")];
  if (trial.value && start.value && start.value < trial.value) {
    found.push({ input: start, message: "Lebih awal daripada tanggal uji coba." });
  }
  found.forEach(({ input, message }) => show(input, message));
  return found;
}

function problems() {
  return [
    ...wrongInput(region), ...within(holder).flatMap(problemsOf), ...together(),
    ...sections.flatMap(wrongSection), ...all("[data-listed] input").flatMap(wrongInput), ...wrongInput(name),
  ];
}

const titleOf = (input) => {
  const group = input.closest("fieldset");
  return group ? `${one("legend", group).textContent}: ${labelOf(input)}` : labelOf(input);
};

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
  if (!named) name.value = slug(readField(one('[data-field="judul"]')));
  namePictures(line(name.value));
  const found = problems();
  one("[data-ways]").hidden = found.length > 0;
  if (!found.length) offer(read());
  report(found);
}

function offer(filling) {
  const written = document_(filling, controls);
  const path = `${placeOf(filling)}/${filling.nama}.md`;
  const file = one("[data-download]");
  one("[data-path]").textContent = path;
  URL.revokeObjectURL(file.href);
  file.href = URL.createObjectURL(new Blob([written], { type: "text/markdown" }));
  file.download = `${filling.nama}.md`;
  one("[data-text]").value = written;
  all("[data-ways] li:first-child > .pictures").forEach((old) => old.remove());
  const links = make("div", "", { class: "pictures" });
  links.append(...pictureLinks());
  file.closest("li").append(links);
  if (form.dataset.github) offerGithub(filling, path, written);
  if (form.dataset.mail) one("[data-mailto]").href = mail(filling);
}

function offerGithub(filling, path, written) {
  const { github, branch } = form.dataset;
  const address = `${github}/new/${branch}?${new URLSearchParams({ filename: path, value: written })}`;
  const long = address.length > LONGEST_ADDRESS || pictures.length > 0;
  one("[data-short]").hidden = long;
  one("[data-long]").hidden = !long;
  one("[data-new]").href = address;
  one("[data-upload]").href = `${github}/upload/${branch}/${placeOf(filling)}`;
}

function mail(filling) {
  const place = region.selectedOptions[0].textContent;
  const attached = [`${filling.nama}.md`, ...pictures.map((picture) => picture.name)];
  const body = `Yth. pengelola portal,

Bersama surel ini kami ajukan praktik baik "${filling.isian.judul}" \
dari ${filling.isian.instansi}, ${place} (kode ${filling.wilayah}).

Terlampir:
${attached.map((one_) => `- ${one_}`).join("\n")}

Mohon tanggapan bila ada yang perlu diperbaiki.
`;
  return `mailto:${form.dataset.mail}?subject=${
    encodeURIComponent(`Praktik baik: ${filling.isian.judul}`)}&body=${encodeURIComponent(body)}`;
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
  const field = target.closest("[data-control]");
  if (field && field.dataset.control === "pick") count(field);
  if (!named) name.value = slug(readField(one('[data-field="judul"]')));
  one("[data-ways]").hidden = true;
  clearTimeout(changed.timer);
  changed.timer = setTimeout(keep, 400);
}

function judged(target) {
  const field = target.closest("[data-control]");
  if (target.dataset.section) wrongSection(target);
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

async function importDraft(input) {
  const draft = draftOf(await input.files[0].text());
  const right = "isian" in draft && "bagian" in draft;
  if (right) { write(draft); keep(); }
  one("[data-kept]").textContent = right ? "Draf dibuka." : "Berkas itu bukan draf formulir ini.";
  input.value = "";
}

async function importPictures(input) {
  for (const file of input.files) {
    try {
      await addPicture(file);
    } catch (error) {
      one("[data-kept]").textContent = `${file.name} tidak dapat dibaca sebagai gambar.`;
    }
  }
  input.value = "";
  showPictures();
}

function showPictures() {
  listPictures(one("[data-listed]"), sections.map((section) => section.dataset.section), showPictures);
  one("[data-ways]").hidden = true;
}

form.addEventListener("input", (event) => { if (event.target.type !== "file") changed(event.target); });
form.addEventListener("change", (event) => {
  if (event.target.matches("[data-import]")) importDraft(event.target);
  else if (event.target.matches("[data-pictures]")) importPictures(event.target);
  else judged(event.target);
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.matches("[data-more]")) inputOf(addRow(button.closest("[data-field]"))).focus();
  if (button.matches("[data-drop]")) { button.closest(".row").remove(); changed(form); }
  if (button.matches("[data-copy]")) copy();
  if (button.matches("[data-export]")) {
    download(
      JSON.stringify({ ...read(), gambar: undefined }, null, 1),
      `draf-${line(name.value) || "praktik"}.json`,
    );
  }
  if (button.matches("[data-erase]") && window.confirm("Hapus semua isian di perangkat ini?")) {
    storage((store) => store.removeItem(DRAFT));
    pictures.length = 0;
    showPictures();
    write({});
    one("[data-kept]").textContent = "Isian sudah dikosongkan.";
  }
  if (button.matches("[data-preview]")) {
    const shown = one("[data-shown]");
    const place = region.selectedOptions[0];
    one("div", shown).replaceChildren(
      ...preview(read(), labels, place && place.value ? place.textContent : "belum dipilih"));
    shown.hidden = false;
    shown.focus();
  }
});
form.addEventListener("submit", (event) => { event.preventDefault(); prepare(); });

write(draftOf(storage((store) => store.getItem(DRAFT)) || "{}"));
const asked = new URLSearchParams(window.location.search);
if (asked.has("meniru")) inputOf(one('[data-field="replikasi_dari"]')).value = line(asked.get("meniru"));
if (asked.has("daerah") && !region.value) chooseRegion(line(asked.get("daerah")));
form.hidden = false;
