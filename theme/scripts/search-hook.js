// On pages other than the search page: loads search.js when the search field is used,
// or the key "/" is pressed.
(function () {
  "use strict";
  const form = document.querySelector('form[role="search"]');
  if (!form || document.getElementById("hasil")) return;
  // The last field is that of the page itself where it has one; a narrow screen hides the one in the header.
  const field = Array.from(document.querySelectorAll('form[role="search"] input[name="q"]')).pop();
  field.autocomplete = "off"; // suggestions of ours are to come
  let loaded = false;
  function load() {
    if (loaded) return;
    loaded = true;
    const script = document.createElement("script");
    script.dataset.akar = form.getAttribute("action").replace(/cari\.html$/, "") || "./";
    script.src = script.dataset.akar + "assets/search.js";
    document.head.append(script);
  }
  document.addEventListener("focusin", (event) => {
    if (event.target.matches('form[role="search"] input')) load();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
    event.preventDefault();
    field.focus();
  });
})();
