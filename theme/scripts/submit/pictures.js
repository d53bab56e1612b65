// Pictures are drawn anew, at most WIDEST px wide and TALLEST px tall, numbers that the program
// gives: smaller, and without what a camera hides in them, such as the place.

const pictures = [];

async function addPicture(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, WIDEST / bitmap.width, TALLEST / bitmap.height);
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = make("canvas", "", { width, height, "aria-hidden": "true" });
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.85); });
  const note = width < Math.min(bitmap.width, LEGIBLE)
    ? `Gambar ini sangat tinggi, sehingga lebarnya tinggal ${width} piksel. `
      + `Potong menjadi beberapa gambar, masing-masing paling tinggi ${TALLEST} piksel.` : "";
  pictures.push({ canvas, blob, note, alt: "", section: "Rancang bangun", file: file.name });
}

function namePictures(base) {
  pictures.forEach((picture, place) => { picture.name = `${base || "gambar"}-${place + 1}.jpg`; });
}

function listPictures(place, sections, changed) {
  place.textContent = "";
  pictures.forEach((picture, number) => {
    const id = `gambar-${number}`;
    const item = make("li", "", { class: "field" });
    const alt = make("input", "", {
      id, required: "", autocomplete: "off", "aria-describedby": `${id}-salah`,
    });
    const section = make("select", "", { id: `${id}-bagian` });
    const drop = make("button", "Hapus gambar ini", { type: "button", class: "md-button" });
    sections.forEach((title) => section.append(make("option", title)));
    alt.value = picture.alt;
    section.value = picture.section;
    alt.addEventListener("input", () => { picture.alt = alt.value; });
    section.addEventListener("change", () => { picture.section = section.value; changed(); });
    drop.addEventListener("click", () => { pictures.splice(number, 1); changed(); });
    item.append(
      picture.canvas, ...(picture.note ? [make("p", picture.note, { class: "note" })] : []),
      make("label", `Uraian gambar ${picture.file} (${
        Math.ceil(picture.blob.size / 1024)} KB): apa yang tampak?`, { for: id }), alt,
      make("p", "", { class: "wrong", id: `${id}-salah` }),
      make("label", "Bagian", { for: section.id }), section, drop,
    );
    place.append(item);
  });
}

function pictureLinks() {
  return pictures.map((picture) => {
    const item = make("p", "");
    item.append(make("a", `Unduh ${picture.name}`, {
      class: "md-button", download: picture.name, href: URL.createObjectURL(picture.blob),
    }));
    return item;
  });
}
