// What every page needs: colours, the menu, what folds. Every page reads well without this script; what
// the device remembers does not leave it.
const root = document.documentElement;
const SCHEME = "simpul.tema";
const one = (selector, from) => (from || document).querySelector(selector);
const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));

function make(tag, text, attributes) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  return element;
}

function storage(action) {
  try { return action(window.localStorage); } catch (error) { return null; }
}

const plain = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});

function colourSwitch() {
  const button = make("button", "", { type: "button", class: "md-header__button icon icon--scheme" });
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.mdColorScheme || (system.matches ? "slate" : "default")) === "slate";
  const name = () => button.setAttribute("aria-label", dark() ? "Pakai warna terang" : "Pakai warna gelap");
  name();
  one(".md-header__inner").append(button);
  button.addEventListener("click", () => {
    const scheme = dark() ? "default" : "slate";
    root.dataset.mdColorScheme = scheme;
    storage((store) => store.setItem(SCHEME, scheme));
    name();
  });
}

function drawer() {
  const toggle = one("#__drawer");
  toggle.checked = false; // some browsers open it again with the page
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && toggle.checked) {
      toggle.checked = false;
      toggle.focus();
    }
  });
}

// What a phone folds is open where there is room, also in browsers that styles cannot ask for it.
function unfold(part) {
  part.open = window.matchMedia("(min-width: 45em)").matches;
}

function each(selector, action) {
  all(selector).forEach(action);
}

one("link[rel=icon]").href = ICON; // costs no page a byte and nobody a request; drawings need Chrome 80
colourSwitch();
drawer();
each(".fold", unfold);
