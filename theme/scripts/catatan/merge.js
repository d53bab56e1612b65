// Records of two devices as one, and what a file must be to be taken for a record.
const FILE = "simpul-catatan-belajar";
const BIGGEST = 1e6;
const later = (a, b, order) => (order(a) > order(b) ? a : b);

function joined(a, b, join) {
  const found = Object.assign({}, a, b);
  Object.keys(found).forEach((name) => { if (name in a && name in b) found[name] = join(a[name], b[name]); });
  return found;
}

// Whichever comes first, and however often: the result is the same.
function merged(a, b) {
  return tidy({
    dibaca: joined(a.dibaca, b.dibaca, (one_, other) => later(one_, other, String)),
    kuis: joined(a.kuis, b.kuis, (one_, other) => [...one_, ...other]),
    diri: later(a.diri, b.diri, (diri) => `${diri.waktu || UNKNOWN}${JSON.stringify(diri)}`),
    jalur: later(a.jalur, b.jalur, (jalur) => (jalur ? jalur[1] + jalur[0] : "")),
  });
}

const filed = (record) => JSON.stringify(Object.assign({ format: FILE }, record), null, 1);

// The record in a file, or a sentence that says why it is none. A file of ours is whole or not taken at all.
function opened(text) {
  let found;
  try { found = plain(JSON.parse(text)); } catch (error) { found = null; }
  if (!found) return "Berkas ini rusak atau bukan catatan belajar. Catatan di perangkat ini tidak berubah.";
  const { format, versi, dibaca, kuis } = found;
  const record = tidy(found);
  record.diri = selfOf(record.diri);
  if (format === undefined && dibaca && kuis) return record; // as earlier portals wrote it
  if (format !== FILE) return "Berkas ini bukan catatan belajar. Catatan di perangkat ini tidak berubah.";
  if (versi > SHAPE) return "Berkas ini dibuat portal yang lebih baru. Perbarui salinan portal ini, lalu ulangi.";
  return filed(record) === JSON.stringify(found, null, 1) ? record
    : "Sebagian isi berkas ini rusak. Catatan di perangkat ini tidak berubah; unduh lagi dari perangkat asalnya.";
}
