// A draft that stays on the device, and is never lost in silence: not when the storage is full, refused, or
// written to by another tab.

const KIND = one("[data-submit]").dataset.submit;
const DRAFT = KIND === "praktik" ? "simpul.kirim" : `simpul.kirim.${KIND}`;
const FULL = "Penyimpanan di perangkat ini penuh; unduh drafnya supaya tidak hilang.";
const REFUSED = "Peramban ini tidak mengizinkan penyimpanan; unduh drafnya supaya tidak hilang.";
let known = null;
const kept = one("[data-kept]");
const conflict = one("[data-conflict]");

function stored() {
  try {
    return window.localStorage.getItem(DRAFT);
  } catch (error) {
    kept.textContent = REFUSED;
    return null;
  }
}

function draftOf(text_) {
  try { return plain(JSON.parse(text_)); } catch (error) { return {}; }
}

// Writes the draft, unless another tab has written since this one last read or wrote.
function store(draft, force) {
  const before = stored();
  if (!force && before !== known && before !== draft) {
    conflict.hidden = false;
    return;
  }
  try {
    if (draft === null) window.localStorage.removeItem(DRAFT);
    else window.localStorage.setItem(DRAFT, draft);
    known = draft;
    conflict.hidden = true;
    kept.textContent = draft === null ? "Isian sudah dikosongkan." : "Draf tersimpan di perangkat ini.";
  } catch (error) {
    kept.textContent = error && error.name === "SecurityError" ? REFUSED : FULL;
  }
}

function recall() {
  known = stored();
  conflict.hidden = true;
  return draftOf(known);
}

window.addEventListener("storage", (event) => {
  if (event.key === DRAFT && event.newValue !== known) conflict.hidden = false;
});
