// Rows that were copied from a spreadsheet: cells between tabs, those with line ends or tabs in quotation
// marks; with a heading, or in the order of the form.

function cells(pasted) {
  const found = [[]];
  const form = /("(?:[^"]|"")*"|[^\t\n]*)(\t|\n|$)/g;
  const rest = pasted.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  for (let match = form.exec(rest); match; match = form.exec(rest)) {
    const quoted = match[1].startsWith('"') && match[1].endsWith('"') && match[1].length > 1;
    found[found.length - 1].push(line(quoted ? match[1].slice(1, -1).replace(/""/g, '"') : match[1]));
    if (match[2] === "\n") found.push([]);
    if (match[2] === "") break;
  }
  return found.filter((row) => row.some(Boolean));
}

const keyOf = (title) => slug(title).replace(/-/g, "_");

// The records of pasted rows, and the headings that no field has.
function records(pasted, fields) {
  const found = cells(pasted);
  if (!found.length) return { items: [], unknown: [] };
  const keys = {};
  fields.forEach(([key, label]) => {
    keys[key] = key;
    keys[keyOf(label)] = key;
  });
  const heading = found[0].map(keyOf).filter((name) => name in keys).length > 1;
  const order = heading ? found[0].map((title) => keys[keyOf(title)]) : fields.map(([key]) => key);
  const unknown = heading ? found[0].filter((title, place) => title && !order[place]) : [];
  const extra = heading ? 0 : Math.max(...found.map((row) => row.length)) - order.length;
  if (extra > 0) unknown.push(`${extra} kolom terakhir`);
  return {
    unknown,
    items: found.slice(heading ? 1 : 0).map((row) => {
      const item = {};
      order.forEach((key, place) => { if (key && row[place]) item[key] = row[place]; });
      return item;
    }),
  };
}

// Puts them into the form, in place of rows that hold nothing.
function spread(field, pasted) {
  const labels = within(one("template", field).content.firstElementChild.cloneNode(true))
    .map((item) => [item.dataset.field, one("label, legend", item).textContent]);
  const { items, unknown } = records(pasted, labels);
  if (!items.length) return "Belum ada baris yang dapat dibaca.";
  const before = list(readField(field));
  writeField(field, before.concat(items));
  return `${items.length} baris masuk.${unknown.length ? ` Tidak dikenal: ${unknown.join(", ")}.` : ""}`;
}

// A service or another choice may be written by its name.
function settle(field) {
  all("select[data-picks]", field).forEach((select) => {
    const asked = select.value.toLowerCase();
    const found = optionsOf(select.dataset.picks).find(([, name]) => name.toLowerCase() === asked);
    if (found) select.value = found[0];
  });
}
