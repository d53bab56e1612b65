// Tables that can be sorted by any column, begin with the reader's own region, and can be narrowed by name;
// without this script they stay in their order.
(function () {
  "use strict";
  function value(row, column) {
    var text = row.cells[column].textContent;
    return text === "-" ? 0
      : /^-?[0-9.]+(,[0-9]+)?$/.test(text) ? Number(text.replace(/\./g, "").replace(",", ".")) : text;
  }
  function sort(table, column, down) {
    var rows = Array.from(table.tBodies[0].rows);
    rows.sort(function (one, two) {
      var a = value(one, column), b = value(two, column);
      var order = typeof a === "number" && typeof b === "number" ? a - b
        : String(a).localeCompare(String(b), "id");
      return down ? -order : order;
    });
    table.tBodies[0].append.apply(table.tBodies[0], rows);
  }
  // Before the table of all: the region a reader has chosen, and those like it.
  function kept() {
    try { return JSON.parse(window.localStorage.getItem("simpul.daerah")) || {}; } catch (error) { return {}; }
  }
  function first(place) {
    var own = kept();
    var codes = [own.kode].concat(Array.isArray(own.serupa) ? own.serupa : []);
    var rows = codes.map(function (code) {
      return /^[\d.]+$/.test(code) && document.querySelector("tr[data-kode='" + code + "']");
    }).filter(Boolean);
    if (!rows.length || rows[0].dataset.kode !== own.kode) return;
    var table = rows[0].closest("table").cloneNode(true), box = document.createElement("div");
    var heading = document.createElement("h2");
    table.tBodies[0].textContent = "";
    rows.forEach(function (row) { table.tBodies[0].append(row.cloneNode(true)); });
    heading.textContent = "Daerah saya dan yang serupa";
    box.className = "table-wrap";
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Daerah saya");
    box.append(table);
    place.append(heading, box);
    place.hidden = false;
  }

  // Of many regions those whose name holds what is typed.
  function filter(place) {
    var label = document.createElement("label"), input = document.createElement("input");
    input.type = "search";
    input.addEventListener("input", function () {
      var wanted = input.value.trim().toLowerCase();
      document.querySelectorAll("details[data-provinsi]").forEach(function (group) {
        var found = Array.from(group.querySelectorAll("tr[data-kode]")).filter(function (row) {
          row.hidden = row.cells[0].textContent.toLowerCase().indexOf(wanted) < 0;
          return !row.hidden;
        });
        group.hidden = !found.length;
        group.open = Boolean(wanted && found.length);
      });
    });
    label.append("Cari daerah: ", input);
    place.append(label);
    place.hidden = false;
  }
  document.querySelectorAll("[data-dulu]").forEach(first);
  document.querySelectorAll("[data-saring]").forEach(filter);
  document.querySelectorAll("table[data-urut]").forEach(function (table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.append.apply(button, Array.from(head.childNodes));
      head.append(button);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        Array.from(table.tHead.rows[0].cells).forEach(function (other) {
          other.removeAttribute("aria-sort");
        });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(table, column, down);
      });
    });
  });
})();
