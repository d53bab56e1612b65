// The reader's own region, chosen once and kept on the device: pages of many regions begin with it.
// Nothing leaves the device, and every page is whole without this script.
(function () {
  "use strict";
  var KEY = "simpul.daerah", CONDITION = "simpul.kondisi";
  var base = document.currentScript.src.replace(/assets\/[^/]*$/, "");
  function one(selector, from) { return (from || document).querySelector(selector); }
  function all(selector, from) { return Array.from((from || document).querySelectorAll(selector)); }
  function make(tag, text, attributes) {
    var element = document.createElement(tag);
    element.textContent = text;
    Object.keys(attributes || {}).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    return element;
  }
  function storage(action) {
    try { return action(window.localStorage); } catch (error) { return null; }
  }
  function read() {
    var kept = storage(function (store) { return JSON.parse(store.getItem(KEY)); });
    return kept && typeof kept === "object" && /^\d\d(\.\d\d)?$/.test(kept.kode) ? kept : null;
  }
  function keep(found) {
    storage(function (store) {
      if (found) store.setItem(KEY, JSON.stringify(found));
      else store.removeItem(KEY);
    });
  }

  // On a region's page: a button; what is kept of it is renewed at each visit.
  function choose(place) {
    var found = JSON.parse(place.dataset.daerah);
    var button = make("button", "", { type: "button", class: "md-button" });
    function mine() { var kept = read(); return kept && kept.kode === found.kode; }
    function show() {
      button.textContent = mine() ? "✓ Daerah saya" : "Jadikan daerah saya";
      button.setAttribute("aria-pressed", String(Boolean(mine())));
    }
    button.addEventListener("click", function () { keep(mine() ? null : found); show(); });
    if (mine()) keep(found);
    show();
    place.append(button);
    place.hidden = false;
  }

  function linked(pair) {
    return make("a", String(pair[0]), { href: base + String(pair[1]).replace(/^[^a-z]*/, "") });
  }

  // Where a region's condition is not known, the reader says which one is like it; the last is kept.
  function condition() {
    var kept = storage(function (store) { return JSON.parse(store.getItem(CONDITION)); });
    return Array.isArray(kept) && /^praktik\/kondisi\/[a-z-]+\.html$/.test(kept[1]) ? kept : null;
  }
  function liken(link) {
    var url = link.href.slice(base.length), kept = condition();
    if (kept && kept[1] === url) link.before("✓ ");
    link.addEventListener("click", function () {
      storage(function (store) { store.setItem(CONDITION, JSON.stringify([link.textContent, url])); });
    });
  }

  // On pages of many regions: the way to one's own, or to choosing it.
  function begin(place) {
    var kept = read();
    if (!kept) {
      place.append("Daerah Anda belum dipilih. ", linked(["Pilih daerah saya", "daerah/index.html"]));
    } else {
      place.append(make("b", "Daerah saya: "), linked([kept.nama, "daerah/" + kept.kode + ".html"]));
      (Array.isArray(kept.tautan) ? kept.tautan : []).filter(Array.isArray).forEach(function (pair) {
        place.append(", ", linked(pair));
      });
      if (condition()) place.append(", praktik dari daerah ", linked(condition()));
      place.append(". ", linked(["Ganti", "daerah/index.html"]));
    }
    place.hidden = false;
  }

  // Before the table of all: one's own region and those like it.
  function first(place) {
    var kept = read();
    var codes = kept ? [kept.kode].concat(Array.isArray(kept.serupa) ? kept.serupa : []) : [];
    var rows = codes.map(function (code) { return one("tr[data-kode='" + String(code).slice(0, 5) + "']"); })
      .filter(Boolean);
    if (!rows.length || rows[0].dataset.kode !== kept.kode) return;
    var table = rows[0].closest("table").cloneNode(true);
    table.tBodies[0].textContent = "";
    rows.forEach(function (row) { table.tBodies[0].append(row.cloneNode(true)); });
    var box = make("div", "", {
      class: "table-wrap", tabindex: "0", role: "group", "aria-label": "Daerah saya",
    });
    box.append(table);
    place.append(make("h2", "Daerah saya dan yang serupa"), box);
    place.hidden = false;
  }

  // Of many regions those whose name holds what is typed.
  function filter(place) {
    var label = make("label", "Cari daerah: ");
    var input = make("input", "", { type: "search" });
    var groups = all("details[data-provinsi]");
    input.addEventListener("input", function () {
      var wanted = input.value.trim().toLowerCase();
      groups.forEach(function (group) {
        var found = all("tr[data-kode]", group).filter(function (row) {
          var fits = row.cells[0].textContent.toLowerCase().indexOf(wanted) >= 0;
          row.hidden = !fits;
          return fits;
        });
        group.hidden = !found.length;
        group.open = Boolean(wanted && found.length);
      });
    });
    label.append(input);
    place.append(label);
    place.hidden = false;
  }

  all("[data-daerah]").forEach(choose);
  all("[data-kondisi]").forEach(liken);
  all("[data-saya]").forEach(begin);
  all("[data-dulu]").forEach(first);
  all("[data-saring]").forEach(filter);
})();
