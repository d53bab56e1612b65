// Sessions among their duties, as far as this form knows them: busy periods, service hours, the centre, the
// experts. What is in the region's schedule already is checked when the file is taken in.

const WEEKDAYS = ["minggu", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu"];
const HOUR = 60 * 60 * 1000;
const at = (moment) => Date.parse(`${moment}:00Z`);
const dayOf = (time) => new Date(time).toISOString().slice(0, 10);
const numberIn = (item, key) => Number(readNumber(item[key] || "", "bulat").value);
const inputNamed = (row, name) => one("input, select, summary", within(row)
  .find((field) => field.dataset.field === name));

function agendaProblems(holder) {
  const fieldOf = (name) => within(holder).find((field) => field.dataset.field === name);
  const held = rowsOf(fieldOf("sesi")).map((row) => Object.assign({ row }, readGroup(row)))
    .filter((item) => item.mulai && numberIn(item, "menit"));
  held.forEach((item) => {
    item.start = at(item.mulai);
    item.end = item.start + numberIn(item, "menit") * HOUR / 60;
  });
  const [hours, busy] = ["jam_layanan", "masa_sibuk"].map((name) => list(readField(fieldOf(name))));
  return flat(held.map((item) => [].concat(
    show(inputNamed(item.row, "mulai"), onDuty(item, hours, busy) || clash(item, held)),
    roomFor(item), taughtBy(item),
  )));
}

function onDuty(item, hours, busy) {
  const period = busy.find(({ dari, sampai }) => dayOf(item.start) <= sampai && dayOf(item.end - 1) >= dari);
  if (period) return `Jatuh pada masa sibuk ${period.dari} sampai ${period.sampai}.`;
  for (let day = at(`${dayOf(item.start)}T00:00`); day < item.end; day += 24 * HOUR) {
    const weekday = WEEKDAYS[new Date(day).getUTCDay()];
    const found = hours.find(({ hari, dari, sampai, boleh_dipakai: free }) => free !== "ya"
      && list(hari).includes(weekday) && item.start < at(`${dayOf(day)}T${sampai}`)
      && at(`${dayOf(day)}T${dari}`) < item.end);
    if (found) return `Jatuh pada jam layanan ${weekday} ${found.dari}-${found.sampai}.`;
  }
  return "";
}

function clash(item, held) {
  const earlier = held.slice(0, held.indexOf(item))
    .filter((other) => other.start < item.end && item.start < other.end);
  if (earlier.some((other) => item.pusat && other.pusat === item.pusat)) {
    return "Pusat ini sudah dipakai sesi lain pada waktu itu.";
  }
  return earlier.some((other) => list(item.ahli).some((name) => list(other.ahli).includes(name)))
    ? "Ahli ini sudah bertugas di sesi lain pada waktu itu." : "";
}

const entryOf = (name, id) => optionsOf(name).find(([value]) => value === id);

function componentOf(item) {
  const model = entryOf("model", item.model);
  return model && model[2][item.komponen];
}

function roomFor(item) {
  const model = entryOf("model", item.model);
  if (model && item.komponen && !componentOf(item)) {
    return show(inputNamed(item.row, "komponen"), `Model ini hanya punya: ${Object.keys(model[2])
      .map((name) => name.replace(/_/g, " ")).join(", ")}.`);
  }
  const [, most] = componentOf(item) || [0, 0];
  const centre = item.pusat && entryOf("pusat", item.pusat);
  const limit = Math.min(most || Infinity, (centre && centre[2]) || Infinity);
  return numberIn(item, "peserta") > limit
    ? show(inputNamed(item.row, "peserta"), `Paling banyak ${limit} peserta.`) : [];
}

function taughtBy(item) {
  const [needed] = componentOf(item) || [0];
  const module = entryOf("modul", item.modul);
  if (!needed || !module) return [];
  const able = list(item.ahli).map((name) => entryOf("ahli", name))
    .some((expert) => expert && expert[2].some((code) => module[2].includes(code)));
  const summary = inputNamed(item.row, "ahli");
  const message = able ? ""
    : `Komponen ini memerlukan ahli kompetensi ${module[2].join(", ")} di daerah ini.`;
  one(`#${CSS.escape(summary.id)}-salah`).textContent = message;
  return message ? [{ input: summary, message }] : [];
}
