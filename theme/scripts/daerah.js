// The reader's own region, chosen once and kept on the device: pages of many regions begin with it.
// Joined with simpul.js, whose names it uses.
const REGION = "simpul.daerah";
const CONDITION = "simpul.kondisi";
const base = document.currentScript.src.replace(/assets\/[^/]*$/, "");
const kept = (key) => storage((store) => JSON.parse(store.getItem(key)));
const keep = (key, value) => storage((store) => store.setItem(key, JSON.stringify(value)));

function ownRegion() {
  const found = plain(kept(REGION));
  return /^\d\d(\.\d\d)?$/.test(found.kode) ? found : null;
}

// On a region's page: a button; what is kept of it is renewed at each visit.
function choose(place) {
  const here = JSON.parse(place.dataset.daerah);
  const button = make("button", "", { type: "button", class: "md-button" });
  const mine = () => (ownRegion() || {}).kode === here.kode;
  const show = () => {
    button.textContent = mine() ? "✓ Daerah saya" : "Jadikan daerah saya";
    button.setAttribute("aria-pressed", String(mine()));
  };
  button.addEventListener("click", () => { keep(REGION, mine() ? null : here); show(); });
  if (mine()) keep(REGION, here);
  show();
  place.append(button);
  place.hidden = false;
}

// Where a region's condition is not known, the reader says which one is like it; the last is kept.
function liken(link) {
  const found = [`praktik ${link.textContent}`, link.href.slice(base.length)];
  link.addEventListener("click", () => keep(CONDITION, found));
}

// On pages of many regions: the way to one's own, or to choosing it.
function begin(place) {
  const own = ownRegion();
  const to = (title, url) => make("a", String(title), { href: base + String(url).replace(/^[^a-z]*/, "") });
  const front = "daerah/index.html";
  if (own) {
    place.append(make("b", "Daerah saya: "), to(own.nama, `daerah/${own.kode}.html`));
    [].concat(own.tautan, [kept(CONDITION)]).filter(Array.isArray)
      .forEach((pair) => place.append(", ", to(pair[0], pair[1])));
    place.append(". ", to("Ganti", front));
  } else place.append("Daerah Anda belum dipilih. ", to("Pilih daerah saya", front));
  place.hidden = false;
}

each("[data-daerah]", choose);
each("[data-kondisi]", liken);
each("[data-saya]", begin);
