// What every page needs: colours, the menu, what folds, sharing. Every page reads well without this script; what
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

function copy(text) {
  const field = make("textarea", text);
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

// The address at the centre where one is set, else that of this copy; a file on a stick has none to share.
function share(place) {
  const own = one("link[rel=canonical]") || window.location;
  if (!/^http/.test(own.href)) return;
  const url = own.href.split("#")[0], title = one("h1").textContent;
  const button = make("button", navigator.share ? "Bagikan" : "Salin alamat",
    { type: "button", class: "md-button" });
  button.addEventListener("click", () => {
    if (navigator.share) navigator.share({ title, url }).catch(() => {});
    else button.textContent = copy(url) ? "✓ Alamat tersalin" : `Salin sendiri: ${url}`;
  });
  const link = one("a", place);
  link.href = `https://wa.me/?text=${encodeURIComponent(`${title} ${url}`)}`;
  link.hidden = Boolean(navigator.share);
  place.append(button);
  place.hidden = false;
}

// A reader who saves data sees what a picture shows and weighs;
// a lazy picture that is not displayed is not fetched.
function onDemand(picture) {
  const button = make("button", `Tampilkan gambar (${picture.dataset.kb} KB): ${picture.alt}`, {
    type: "button", class: "md-button",
  });
  button.addEventListener("click", () => { picture.classList.add("shown"); button.remove(); });
  picture.before(button);
}

function each(selector, action) {
  all(selector).forEach(action);
}

one("link[rel=icon]").href = ICON; // costs no page a byte and nobody a request; drawings need Chrome 80
colourSwitch();
drawer();
each(".fold", unfold);
each(".share", share);
if ("hemat" in root.dataset) each("[data-kb]", onDemand);
