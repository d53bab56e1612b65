// How the page will read, near enough: paragraphs, lists, headings, bold, italics and links.
// Text becomes text nodes only.

function inline(written, into) {
  const marks = /\*\*(.+?)\*\*|\*(.+?)\*|`(.+?)`|\[(.+?)\]\((\S+?)\)/g;
  let last = 0;
  for (let found = marks.exec(written); found; found = marks.exec(written)) {
    into.append(written.slice(last, found.index));
    if (found[1]) into.append(make("strong", found[1]));
    else if (found[2]) into.append(make("em", found[2]));
    else if (found[3]) into.append(make("code", found[3]));
    else into.append(make("u", found[4], { title: found[5] }));
    last = found.index + found[0].length;
  }
  into.append(written.slice(last));
  return into;
}

function blocks(written) {
  return written.split(/\n\s*\n/).filter((part) => part.trim()).map((part) => {
    const lines = part.trim().split("\n");
    const item = /^(?:[-*+]|(\d+)\.)\s+/;
    if (lines.every((row) => item.test(row))) {
      const found = make(item.exec(lines[0])[1] ? "ol" : "ul", "");
      lines.forEach((row) => found.append(inline(row.replace(item, ""), make("li", ""))));
      return found;
    }
    if (/^#{3,}\s/.test(lines[0])) return make("h5", part.replace(/^#+\s+/, ""));
    if (/^(\||```|~~~)/.test(lines[0])) return make("pre", part);
    return inline(lines.join(" "), make("p", ""));
  });
}

function worded(value) {
  if (Array.isArray(value)) return value.map(worded).join("; ");
  return typeof value === "object"
    ? Object.entries(value).map(([key, item]) => `${key}: ${worded(item)}`).join(", ") : value;
}

function factsOf(entries) {
  const facts = make("dl", "", { class: "facts" });
  entries.forEach(([name, value]) => facts.append(make("dt", name), make("dd", worded(value))));
  return facts;
}

function preview(filling, labels, place) {
  const where = factsOf([["Daerah", place]]);
  if (filling.isian.butir) {
    return [where].concat(flat(filling.isian.butir.map((item, number) =>
      [make("h4", `${labels.butir} ${number + 1}`), factsOf(Object.entries(item))])));
  }
  const named = Object.entries(filling.isian).filter(([key]) => key !== "judul" && key !== "ringkasan")
    .map(([key, value]) => [labels[key], value]);
  const sections = flat(Object.entries(filling.bagian)
    .map(([title, written]) => [make("h4", title)].concat(blocks(prose(written)))));
  const head = "judul" in labels ? [
    make("h4", filling.isian.judul || "Judul belum diisi"),
    make("p", filling.isian.ringkasan || "", { class: "lead" }),
  ] : [];
  return head.concat(where, factsOf(named), sections);
}
