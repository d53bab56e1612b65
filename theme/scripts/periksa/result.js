// What came of the self-check: a profile, the gap, and the path that closes it.
const number = (value) => String(value).replace(".", ",");
const jp = (minutes) => number(Math.round(10 * minutes / known.hour) / 10);
const titleOf = (section) => one("h2", section).dataset.title || one("h2", section).textContent;

function shape(name, attributes, parent) {
  const part = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => part.setAttribute(key, value));
  parent.append(part);
  return part;
}

// Bars as long as the level that is attained; a line where the minimum is.
function profile(rows, most) {
  const step = 16, picture = shape("svg", {
    viewBox: `0 0 200 ${rows.length * step}`, role: "img", class: "profile",
    "aria-label": "Tingkat Anda (batang) dan minimum (garis), seperti pada tabel",
  }, result);
  rows.forEach(({ section, level, need }, place) => {
    const y = place * step, width = (value) => 170 * value / most;
    shape("text", { y: y + 11, "font-size": 9 }, picture).textContent = codeOf(section);
    const box = (x, wide, opacity) => shape("rect", { x, y: y + 3, width: wide, height: 9, opacity }, picture);
    box(26, 170, .12);
    box(26, width(level), .6);
    box(25 + width(need), 2, 1);
  });
}

function table(rows) {
  const body = make("table", "", { class: "record" }), head = make("tr", "");
  ["Kompetensi", "Anda", "Minimum", "Inti", "Selisih"].forEach((name) =>
    head.append(make("th", name, { scope: "col" })));
  body.append(head);
  rows.forEach(({ section, level, need, core, unanswered }) => {
    const line = make("tr", "");
    line.append(make("td", titleOf(section)), ...[
      unanswered ? "belum diisi" : level, need, core || "-", unanswered ? "-" : Math.max(0, need - level),
    ].map((text) => make("td", text)));
    body.append(line);
  });
  const wrap = make("div", "", { class: "table-wrap", tabindex: 0, role: "group", "aria-label": "Hasil" });
  wrap.append(body);
  result.append(wrap);
}

function closing(gaps) {
  const levels = {};
  sections.forEach((section) => { levels[codeOf(section)] = attained(section); });
  const held = (cell) => Number(cell.slice(4)) <= (levels[cell.slice(0, 3)] || 0);
  const cells = [].concat(...gaps.map(({ section, level, need }) =>
    Array.from({ length: need - level }, (_, place) => `${codeOf(section)}.${level + place + 1}`)));
  const [name, minutes, order] = known.paths[group.value] || ["", 0, []];
  const found = shortest(cells, held, order), without = cells.filter((cell) => !teachersOf(cell).length);
  if (found.length) {
    const list = make("ol", "");
    found.forEach((id) => {
      const item = make("li", "");
      item.append(make("a", known.modules[id][0], { href: `modul/${id}.html` }), ` ${jp(known.modules[id][1])} JP`);
      list.append(item);
    });
    const spent = minutesOf(found), told = make("p", "");
    if (minutes > spent) {
      told.append("Bukan ", make("a", `${jp(minutes)} JP`, { href: `jalur/${name}.html` }), ", melainkan ");
    }
    told.append(make("b", `${jp(spent)} JP`), ":");
    result.append(make("h3", "Jalur terpendek Anda"), told, list);
  }
  if (without.length) result.append(make("p", `Belum ada modul untuk: ${without.join(", ")}.`));
}

function tell() {
  const rows = asked().map((section) => {
    const [need, core] = minimum(section), level = attained(section);
    return { section, need, core, level, unanswered: !isAnswered(section) && level < need };
  });
  const reached = rows.filter(({ level, need }) => level >= need).length;
  const unanswered = rows.filter((row) => row.unanswered).length;
  const gaps = rows.filter((row) => !row.unanswered && row.level < row.need)
    .sort((a, b) => (b.level < b.core) - (a.level < a.core));
  const urgent = gaps.filter(({ level, core }) => level < core).length;
  result.textContent = "";
  result.append(make("h2", `Hasil: ${group.selectedOptions[0].textContent}`), make("p",
    `${reached} dari ${rows.length} kompetensi mencapai usulan minimum; ${gaps.length} belum\
${urgent ? ` (${urgent} di antaranya inti, dahulukan)` : ""}, ${unanswered} belum Anda isi. \
Batang menunjukkan tingkat Anda (0 sampai 4), garis tegak minimumnya.`));
  profile(rows, 4);
  table(gaps.concat(rows.filter((row) => !gaps.includes(row))));
  if (gaps.length) closing(gaps);
  else if (!unanswered) result.append(make("p", "Minimum kelompok Anda tercapai menurut penilaian diri Anda."));
  const print = make("button", "Cetak hasil", { type: "button", class: "md-button" });
  print.addEventListener("click", () => window.print());
  result.append(make("p", "Laporan diri, bukan penilaian atau sertifikat."), print);
  form.classList.add("screen");
  change((record) => {
    const found = { hasil: [reached, rows.length], standar: form.dataset.version };
    record.diri = selfOf(Object.assign(selfOf(record.diri), found));
  }, true);
  result.focus();
}

form.addEventListener("change", ({ target }) => {
  keep(() => { if (target.type === "radio") answers[target.name] = Number(target.value); });
  if (target === group) here = 0;
  show();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (here + 1 < asked().length) {
    here += 1;
    show(true);
  } else tell();
});
one("[data-back]").addEventListener("click", () => { here -= 1; show(true); });
one("[data-show]").addEventListener("click", tell);
one("[data-more]").addEventListener("click", () => {
  const section = asked()[here];
  further[codeOf(section)] = attained(section) + 1;
  show();
});
start();
