// Tables that can be sorted by any column; without this script they stay in their order.
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
