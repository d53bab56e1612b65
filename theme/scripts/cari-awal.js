// Before the search page is drawn: with a query in the address the lists at its end wait for the results.
(function () {
  "use strict";
  const root = document.documentElement;
  if (!/[?&]q=[^&]/.test(location.search)) return;
  root.classList.add("mencari");
  addEventListener("error", () => root.classList.remove("mencari"), true);
})();
