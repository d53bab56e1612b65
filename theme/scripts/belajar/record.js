// What a device remembers of its learner: modules read, attempts at quizzes, the self-check. Nothing leaves the
// device, and nothing that stands there breaks a page. Joined with simpul.js, whose names it uses.
const KEY = "simpul.belajar";
const SHAPE = 2;
const NAME = /^[a-z0-9][a-z0-9._-]{0,89}$/;
const UNKNOWN = "-"; // of when: before every date
const now = () => new Date().toISOString();
const when = (value) => (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) ? value : UNKNOWN);
const whole = (value, most) => Number.isInteger(value) && value >= 0 && value <= most;

// Of an object of others only what is named and shaped as ours is, by name.
function pick(found, shape) {
  const good = {};
  Object.entries(plain(found)).sort().forEach(([name, value]) => {
    const kept = NAME.test(name) && shape(value);
    if (kept) good[name] = kept;
  });
  return good;
}

// An attempt is [when, right, of how many, version of the module]. Once only [right, of how many] was kept.
function attempt(found) {
  if (!Array.isArray(found)) return null;
  const [at, right, of, version] = found.length === 2 ? [UNKNOWN, ...found] : found;
  if (!whole(of, 99) || !of || !whole(right, of)) return null;
  return [when(at), right, of, String(version || "").slice(0, 20)];
}

const better = (a, b) => (b[1] * a[2] >= a[1] * b[2] ? b : a);
const best = (attempts) => attempts.reduce(better);
const last = (attempts) => attempts[attempts.length - 1];

// Each attempt once, in the order of time.
function ordered(attempts) {
  return Array.from(new Set(attempts.map((one_) => JSON.stringify(one_)))).sort().map((text) => JSON.parse(text));
}

function attemptsOf(found) {
  if (!Array.isArray(found)) return null;
  const good = (typeof found[0] === "number" ? [found] : found).map(attempt).filter(Boolean);
  return good.length ? ordered(good) : null;
}

// A record as it should be, of whatever was found.
function tidy(found) {
  const { dibaca, kuis, diri, jalur } = plain(found);
  const [name, at] = Array.isArray(jalur) ? jalur : [jalur];
  return {
    versi: SHAPE, dibaca: pick(dibaca, (value) => value && when(value)), kuis: pick(kuis, attemptsOf),
    diri: plain(diri), jalur: name && NAME.test(name) ? [name, when(at)] : null,
  };
}

let unsaved = null; // the record where the browser refuses to keep it

function read() {
  return tidy(unsaved || storage((store) => JSON.parse(store.getItem(KEY))));
}

// Another tab may have written since, so what stands there is read again first.
function change(edit, quiet) {
  const kept = read();
  edit(kept);
  if (storage((store) => { store.setItem(KEY, JSON.stringify(kept)); return true; })) return;
  if (!unsaved && !quiet) {
    const place = document.activeElement.closest("form, p") || one("h1");
    place.after(make("p", "Peramban ini tidak menyimpan catatan (penuh atau dimatikan). \
Halaman tetap dapat dipakai; catatannya hilang bila halaman ditutup.", { role: "alert" }));
  }
  unsaved = kept;
}

// A module is done from this share on, in per cent.
const done = (attempts) => {
  const [, right, of] = best(attempts);
  return right * 100 >= of * DONE;
};
