// A letter about a case: the case comes from the address of the page, the rest from the reader;
// nothing is kept or sent.
(function () {
  "use strict";
  const form = document.querySelector("[data-letter]");
  const letter = document.querySelector(".letter");
  const asked = new URLSearchParams(window.location.search);
  const ABOUT = ["praktik", "judul", "instansi", "daerah"];
  const blanks = new Map(
    Array.from(letter.querySelectorAll("[data-of]"), (place) => [place, place.textContent]));
  const known = {};
  ABOUT.forEach((key) => { known[key] = (asked.get(key) || "").slice(0, 300); });
  const office = /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(asked.get("surel") || "") ? asked.get("surel") : "";
  const mail = document.querySelector("[data-mailto]");

  function show() {
    const values = Object.assign({}, known);
    form.querySelectorAll("[data-for]").forEach((input) => {
      values[input.dataset.for] = input.value.trim();
    });
    blanks.forEach((blank, place) => { place.textContent = values[place.dataset.of] || blank; });
    const to = form.dataset.mail || office;
    mail.hidden = !to;
    const subject = `${document.querySelector("h1").textContent}: ${known.judul || known.praktik}`;
    mail.href =
      `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(letter.innerText)}`;
  }

  const place = document.querySelector("[data-site]");
  if (place && /^[\d.]+\/[a-z0-9-]+$/.test(known.praktik)) {
    place.textContent = new URL(`../praktik/${known.praktik}.html`, place.textContent).href;
  }
  if (known.judul) {
    form.querySelector("[data-about]").textContent = `Tentang "${known.judul}", ${known.daerah}.`;
  }
  form.addEventListener("input", show);
  document.querySelector("[data-print]").addEventListener("click", () => window.print());
  form.hidden = false;
  document.querySelector("[data-without]").hidden = true;
  show();
})();
