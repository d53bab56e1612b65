// The self-check: levels of competences against the minimum of a group.
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

each("[data-self-check]", selfCheck);
