// What pages to read need: sharing, and pictures on demand. Joined with simpul.js, whose names it uses.
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

each(".share", share);
if ("hemat" in root.dataset) each("[data-kb]", onDemand);
