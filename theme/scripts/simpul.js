// What a reader's device remembers: colours, modules read, quiz scores, self-assessment. Nothing leaves the
// device, and every page reads well without this script.
const root = document.documentElement;
const KEY = "simpul.belajar";
const SCHEME = "simpul.tema";
const one = (selector, from) => (from || document).querySelector(selector);
const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));
const number = (value) => String(value).replace(".", ",");

function make(tag, text, attributes) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  return element;
}

function storage(action) {
  try { return action(window.localStorage); } catch (error) { return null; }
}

const plain = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});

function read() {
  const kept = plain(storage((store) => JSON.parse(store.getItem(KEY))));
  return { dibaca: plain(kept.dibaca), kuis: plain(kept.kuis), diri: plain(kept.diri), jalur: kept.jalur };
}

function change(edit) {
  const kept = read();
  edit(kept);
  storage((store) => store.setItem(KEY, JSON.stringify(kept)));
}

function colourSwitch() {
  const button = make("button", "", { type: "button", class: "md-header__button icon icon--scheme" });
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.mdColorScheme || (system.matches ? "slate" : "default")) === "slate";
  const name = () => button.setAttribute("aria-label", dark() ? "Pakai warna terang" : "Pakai warna gelap");
  name();
  one(".md-header__inner").append(button);
  button.addEventListener("click", () => {
    const scheme = dark() ? "default" : "slate";
    root.dataset.mdColorScheme = scheme;
    storage((store) => store.setItem(SCHEME, scheme));
    name();
  });
}

function drawer() {
  const toggle = one("#__drawer");
  toggle.checked = false; // some browsers open it again with the page
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && toggle.checked) {
      toggle.checked = false;
      toggle.focus();
    }
  });
}

// What a phone folds is open where there is room, also in browsers that styles cannot ask for it.
function unfold(part) {
  part.open = window.matchMedia("(min-width: 45em)").matches;
}

// The knot of the site, for the tab. Here it costs no page a byte and nobody a request.
const ICON = `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32' stroke='%234051b5' \
fill='none' stroke-linecap='round'><path d='M16 5 27 16 16 27 5 16z' stroke-width='2.5'/>\
<path d='M16 5h0M27 16h0M16 27h0M5 16h0M16 16h0' stroke-width='8'/></svg>`;

function copy(text) {
  const field = make("textarea", text);
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

// The address at the centre where one is set, else that of this copy; a file on a stick has none to share.
function share(place) {
  const own = one("link[rel=canonical]") || window.location;
  if (!/^http/.test(own.href)) return;
  const url = own.href.split("#")[0], title = one("h1").textContent;
  const button = make("button", navigator.share ? "Bagikan" : "Salin alamat",
    { type: "button", class: "md-button" });
  button.addEventListener("click", () => {
    if (navigator.share) navigator.share({ title, url }).catch(() => {});
    else button.textContent = copy(url) ? "✓ Alamat tersalin" : `Salin sendiri: ${url}`;
  });
  const link = one("a", place);
  link.href = `https://wa.me/?text=${encodeURIComponent(`${title} ${url}`)}`;
  link.hidden = Boolean(navigator.share);
  place.append(button);
  place.hidden = false;
}

function markRead(facts) {
  const id = facts.dataset.module;
  const button = make("button", "", { type: "button", class: "md-button" });
  const show = () => {
    const done = id in read().dibaca;
    button.textContent = done ? "✓ Sudah dibaca" : "Tandai sudah dibaca";
    button.setAttribute("aria-pressed", String(done));
  };
  button.addEventListener("click", () => {
    change((kept) => { if (id in kept.dibaca) delete kept.dibaca[id]; else kept.dibaca[id] = 1; });
    show();
  });
  show();
  const place = make("p", "");
  place.append(button);
  (one("[data-quiz]") || one(".md-content__inner").lastElementChild).after(place);
}

function quiz(form) {
  const id = one("[data-module]").dataset.module;
  const questions = all("fieldset", form);
  const score = make("p", "", { role: "status" });
  const button = make("button", "Periksa jawaban", { type: "submit", class: "md-button md-button--primary" });
  const last = read().kuis[id];
  if (Array.isArray(last)) score.textContent = `Nilai Anda terakhir: ${last[0]} dari ${last[1]}.`;
  questions.forEach((question) => { one("details", question).hidden = true; });
  form.append(button, score);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const open = questions.filter((question) => !one(":checked", question));
    if (open.length) {
      score.textContent = `Masih ada ${open.length} soal yang belum dijawab.`;
      one("input", open[0]).focus();
      return;
    }
    const right = questions.filter(judge).length;
    change((kept) => { kept.kuis[id] = [right, questions.length]; });
    score.textContent =
      `Nilai Anda: ${right} dari ${questions.length}. Alasan tiap jawaban ada di bawah soalnya.`;
  });
}

function judge(question) {
  const inputs = all("input", question);
  const right = inputs[Number(question.dataset.right)];
  inputs.forEach((input) => {
    input.parentElement.classList.toggle("right", input === right);
    input.parentElement.classList.toggle("wrong", input.checked && input !== right);
  });
  const reasons = one("details", question);
  reasons.hidden = false;
  reasons.open = true;
  one("summary", question).textContent = right.checked ? "Jawaban Anda benar" : "Jawaban Anda belum tepat";
  return right.checked;
}

function marks() {
  const done = read().dibaca;
  all("[data-item]").filter((item) => item.dataset.item in done).forEach((item) => {
    one("a", item).after(" ", make("span", "✓ dibaca", { class: "tag done" }));
  });
}

// Of the paths that share a module, the one the learner opened last comes first.
function ownPath(first) {
  const end = `jalur/${read().jalur}.html`;
  const link = all(".steps p a").find((a) => a.getAttribute("href").endsWith(end));
  const own = link && link.closest(".steps");
  if (!own || own === first) return;
  const others = own.parentElement;
  others.append(first);
  others.before(own);
}

function progress(path) {
  change((kept) => { kept.jalur = (/([\w-]+)\.html$/.exec(window.location.pathname) || [])[1]; });
  const done = read().dibaca;
  const minutes = (items) => items.reduce((sum, item) => sum + Number(item.dataset.minutes), 0);
  const steps = all("[data-item]", path);
  const finished = steps.filter((item) => item.dataset.item in done);
  const total = Number(path.dataset.jp);
  const part = Math.round(total * 10 * minutes(finished) / minutes(steps)) / 10;
  const text =
    `Sudah dibaca: ${finished.length} dari ${steps.length} modul, ${number(part)} dari ${number(total)} JP.`;
  const next = steps.find((item) => !(item.dataset.item in done));
  const line = make("p", text, { role: "status" });
  if (next && finished.length) {
    line.append(" Berikutnya: ", make("a", one("a", next).textContent, {
      href: one("a", next).getAttribute("href"),
    }), ".");
  }
  const start = one("[data-start]");
  if (start && next && finished.length) {
    start.textContent = `Lanjutkan: ${one("a", next).textContent}`;
    start.href = one("a", next).getAttribute("href");
  }
  const note = make("p", "Catatan ini hanya ada di perangkat ini. ", { class: "screen" });
  const manage = one(".md-header__title").getAttribute("href")
    .replace("index.html", "periksa-diri.html#__catatan");
  note.append(make("a", "Unduh atau hapus", { href: manage }));
  path.before(
    line, make("progress", "", { max: total, value: part, "aria-label": "Kemajuan pada jalur ini" }), note,
  );
}

function selfCheck(form) {
  const group = one("select", form);
  const result = one("[data-result]");
  const kept = read().diri;
  const fields = all("[data-competence]", form);
  const minimum = (field) => Number(plain(JSON.parse(field.dataset.minimum))[group.value] || 0);
  const shown = () => fields.forEach((field) => { field.hidden = !minimum(field); });
  group.value = kept.kelompok && all("option", group).some((o) => o.value === kept.kelompok)
    ? kept.kelompok : group.value;
  fields.forEach((field) => {
    const level = plain(kept.tingkat)[field.dataset.competence];
    const input = all("input", field)[Number(level)];
    if (level !== undefined && input) input.checked = true;
  });
  const levelOf = (field) => all("input", field).findIndex((input) => input.checked);
  form.addEventListener("change", () => {
    shown();
    change((all) => {
      all.diri = { kelompok: group.value, tingkat: {} };
      fields.forEach((field) => {
        if (levelOf(field) >= 0) all.diri.tingkat[field.dataset.competence] = levelOf(field);
      });
    });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const needed = fields.filter(minimum);
    const open = needed.filter((field) => levelOf(field) < 0);
    const gaps = needed.filter((field) => levelOf(field) >= 0 && levelOf(field) < minimum(field));
    result.textContent = "";
    result.append(make("p", `${needed.length - gaps.length - open.length} dari ${needed.length} kompetensi \
sudah mencapai usulan minimum; ${gaps.length} belum, ${open.length} belum Anda isi.`));
    const list = make("ul", "");
    gaps.forEach((field) => list.append(gap(field, levelOf(field), minimum(field))));
    result.append(list);
    result.focus();
  });
  all("[data-needs-script]").forEach((part) => { part.hidden = false; });
  one("[data-without]").hidden = true;
  shown();
}

function gap(field, level, minimum) {
  const item = make("li",
    `${one("legend", field).textContent.trim()}: Anda tingkat ${level}, minimum ${minimum}. `);
  const modules = all("[data-level]", field)
    .filter((a) => Number(a.dataset.level) > level && Number(a.dataset.level) <= minimum);
  if (modules.length) item.append("Pelajari: ");
  else item.append("Belum ada modul untuk tingkat ini.");
  modules.forEach((a, place) =>
    item.append(place ? ", " : "", make("a", a.textContent, { href: a.getAttribute("href") })));
  return item;
}

function notes(place) {
  const kept = read();
  const read_ = Object.keys(kept.dibaca).length;
  const quizzes = Object.keys(kept.kuis).length;
  one("p", place).textContent = `Perangkat ini mencatat ${read_} modul dibaca dan ${quizzes} nilai kuis. \
Catatan ini tidak dikirim ke mana pun.`;
  place.hidden = false;
  one("[data-export]", place).addEventListener("click", () => {
    const file = new Blob([JSON.stringify(read(), null, 1)], { type: "application/json" });
    const link = make("a", "", { href: URL.createObjectURL(file), download: "simpul-catatan-belajar.json" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  one("[data-erase]", place).addEventListener("click", () => {
    storage((store) => [KEY, SCHEME, REGION, CONDITION].forEach((key) => store.removeItem(key)));
    root.dataset.mdColorScheme = "";
    one("p", place).textContent = "Semua catatan di perangkat ini sudah dihapus.";
  });
}

// A reader who saves data sees what a picture shows and weighs;
// a lazy picture that is not displayed is not fetched.
function onDemand(picture) {
  const button = make("button", `Tampilkan gambar (${picture.dataset.kb} KB): ${picture.alt}`, {
    type: "button", class: "md-button",
  });
  button.addEventListener("click", () => { picture.classList.add("shown"); button.remove(); });
  picture.before(button);
}

function each(selector, action) {
  all(selector).forEach(action);
}

one("link[rel=icon]").href = ICON;
colourSwitch();
drawer();
each(".fold", unfold);
each(".share", share);
each("[data-module]", markRead);
each("[data-quiz]", quiz);
marks();
if (one(".steps p a")) ownPath(one(".steps"));
each("[data-path]", progress);
each("[data-self-check]", selfCheck);
each("[data-notes]", notes);
if ("hemat" in root.dataset) each("[data-kb]", onDemand);
