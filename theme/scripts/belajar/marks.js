// What lists and paths show of the record.
const number = (value) => String(value).replace(".", ",");
function marks() {
  const { dibaca, kuis } = read();
  all("[data-item]").forEach((item) => {
    const { item: id } = item.dataset;
    const mark = id in kuis && done(kuis[id]) ? "✓ tuntas" : id in dibaca ? "✓ dibaca" : "";
    if (mark) one("a", item).after(" ", make("span", mark, { class: "tag done" }));
  });
}

function progress(path) {
  const [, name] = /([\w-]+)\.html$/.exec(window.location.pathname) || [];
  change((kept) => { kept.jalur = [name, now()]; }, true);
  const { dibaca, kuis } = read();
  const minutes = (items) => items.reduce((sum, item) => sum + Number(item.dataset.minutes), 0);
  const steps = all("[data-item]", path);
  const passed = steps.filter(({ dataset: { item } }) => item in kuis && done(kuis[item]));
  const finished = steps.filter((item) => item.dataset.item in dibaca || passed.includes(item));
  const total = Number(path.dataset.jp);
  const part = Math.round(total * 10 * minutes(finished) / minutes(steps)) / 10;
  const line = make("p", `Sudah dibaca: ${finished.length} dari ${steps.length} modul, ${number(part)} dari \
${number(total)} JP. Tuntas: ${passed.length}.`, { role: "status" });
  const next = steps.find((item) => !finished.includes(item));
  if (next && finished.length) {
    const title = one("a", next).textContent, href = one("a", next).getAttribute("href");
    line.append(" Berikutnya: ", make("a", title, { href }), ".");
    const start = one("[data-start]");
    if (start) {
      start.textContent = `Lanjutkan: ${title}`;
      start.href = href;
    }
  }
  const note = make("p", "Catatan ini hanya ada di perangkat ini. ", { class: "screen" });
  note.append(make("a", "Cetak, pindahkan, atau hapus", {
    href: one(".md-header__title").getAttribute("href").replace("index.html", "catatan-belajar.html"),
  }));
  path.before(
    line, make("progress", "", { max: total, value: part, "aria-label": "Kemajuan pada jalur ini" }), note,
  );
}

marks();
each("[data-path]", progress);
