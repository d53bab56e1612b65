// What may be picked: of the whole portal from kirim/pilihan.js, of a region from kirim/pelatih/00.js, which
// is read when a region is chosen in a form that asks for it.

const CHOICES = window.simpulPilihan;
const ROOT = document.currentScript.dataset.akar;
const region = one("#wilayah");
const province = one("#provinsi");

const homeOf = (code) => ((CHOICES || {}).wilayah || []).find(([, members]) => members.includes(code));
const nameOfRegion = (code) => {
  const [, members] = homeOf(code) || ["", []];
  return members[members.indexOf(code) + 1] || code;
};
const pairs = (members) =>
  members.filter((_, place) => place % 2 === 0).map((code, place) => [code, members[place * 2 + 1]]);

function fillRegions() {
  const [, members] = CHOICES.wilayah.find(([name]) => name === province.value) || ["", null];
  const shown = members ? pairs(members) : flat(CHOICES.wilayah.map(([, all_]) => pairs(all_)));
  const kept = region.value;
  setOptions(region, shown);
  region.value = shown.some(([code]) => code === kept) ? kept : "";
}

function setOptions(select, options) {
  while (select.options.length > 1) select.remove(1);
  options.forEach(([value, name]) => select.append(make("option", name, { value })));
}

function chooseRegion(code) {
  const home = homeOf(code);
  province.value = home ? home[0] : "";
  fillRegions();
  region.value = home ? code : "";
}

function optionsOf(name, narrowed) {
  if (name === "pusat" || name === "ahli") return (trainersHere() || {})[name] || [];
  if (name !== "wilayah") return CHOICES[name] || [];
  const [own, members] = CHOICES.wilayah.find(([title]) => title === narrowed) || ["", []];
  return pairs(members).map(([code, title]) =>
    [code, code.length === 2 ? `Semua daerah di ${own}` : title]);
}

function fillPicks(root) {
  if (!CHOICES) return;
  all("select[data-picks]", root).forEach((select) => {
    const kept = select.value;
    setOptions(select, optionsOf(select.dataset.picks));
    choose(select, kept);
  });
  all("[data-control=pick][data-picks]", root).forEach(fillBoxes);
}

function fillBoxes(field) {
  const narrow = one("[data-narrow]", field);
  if (narrow && !narrow.options.length) {
    CHOICES.wilayah.forEach(([title]) => narrow.append(make("option", title)));
    if (province.value) narrow.value = province.value;
  }
  const kept = readField(field);
  const shown = optionsOf(field.dataset.picks, narrow && narrow.value);
  one("[data-boxes]", field).textContent = "";
  if (narrow) kept.filter((code) => shown.every(([value]) => value !== code))
    .forEach((code) => addBox(field, code, nameOfRegion(code)));
  shown.forEach(([value, title]) => addBox(field, value, title));
  check(field, kept);
}

const trainersHere = () =>
  (((window.simpulPelatih || {})[region.value.slice(0, 2)]) || {})[region.value];

// The trainers of the region that was chosen, as soon as they are read.
function fetchTrainers(form) {
  const home = region.value.slice(0, 2);
  const asked = one("[data-picks=pusat], [data-picks=ahli]", form)
    || all("template", form).some((part) => one("[data-picks=pusat]", part.content));
  const read = () => fillPicks(form);
  if (!asked || !CHOICES) return;
  if ((window.simpulPelatih || {})[home] || !CHOICES.pelatih.includes(home)) { read(); return; }
  const script = make("script", "", { src: `${ROOT}kirim/pelatih/${home}.js` });
  script.addEventListener("load", read);
  document.head.append(script);
}
