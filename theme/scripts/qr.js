// QR codes as pictures, and the address that they carry.
const SVG = "http://www.w3.org/2000/svg";
// QR codes of versions 1 to 6, bytes, correction level L (ISO/IEC 18004):
// codewords in all, and for correction in each block.
const TOTAL = [26, 44, 70, 100, 134, 172];
const EXTRA = [7, 10, 15, 20, 26, 18];
const FORMAT = 0x77c4; // level L, mask 0
const count = (size) => Array.from({ length: size }, (_, place) => place);
const flat = (lists) => [].concat(...lists);
const hex = (byte) => byte.toString(16).padStart(2, "0");

function times(a, b) {
  let product = 0;
  for (; b; b >>= 1, a = (a << 1) ^ ((a >> 7) * 0x11d)) if (b & 1) product ^= a;
  return product;
}

function correction(data, size) {
  let factors = [1];
  for (let root = 1; factors.length <= size; root = times(root, 2)) {
    factors = [...factors, 0].map((factor, place) => factor ^ (place ? times(factors[place - 1], root) : 0));
  }
  const rest = [...data, ...Array(size).fill(0)];
  data.forEach((_, start) => {
    const lead = rest[start];
    factors.forEach((factor, place) => { rest[start + place] ^= times(factor, lead); });
  });
  return rest.slice(data.length);
}

const blocks = (version) => (version > 5 ? 2 : 1);
const room = (version) => TOTAL[version - 1] - blocks(version) * EXTRA[version - 1];

function codewords(bytes, version) {
  const data = `4${hex(bytes.length)}${bytes.map(hex).join("")}0`.match(/../g)
    .map((pair) => parseInt(pair, 16));
  for (let pad = 0xec; data.length < room(version); pad ^= 0xfd) data.push(pad);
  const parts = count(blocks(version)).map((place, _, all) =>
    data.slice(place * room(version) / all.length, (place + 1) * room(version) / all.length));
  const woven = (lists) => flat(lists[0].map((_, place) => lists.map((list) => list[place])));
  return [...woven(parts), ...woven(parts.map((part) => correction(part, EXTRA[version - 1])))];
}

function frame(version, size) {
  const grid = count(size).map(() => []);
  const set = (x, y, on) => { if (grid[y] && x >= 0 && x < size) grid[y][x] = Boolean(on); };
  const ring = (x, y, reach, light) => count(2 * reach + 1).forEach((dy) =>
    count(2 * reach + 1).forEach((dx) => set(
      x + dx - reach, y + dy - reach,
      !light.includes(Math.max(Math.abs(dx - reach), Math.abs(dy - reach))))));
  if (version > 1) ring(size - 7, size - 7, 2, [1]);
  count(size).forEach((place) => { set(6, place, place % 2 === 0); set(place, 6, place % 2 === 0); });
  [[3, 3], [size - 4, 3], [3, size - 4]].forEach(([x, y]) => ring(x, y, 4, [2, 4]));
  count(15).forEach((bit) => {
    const on = (FORMAT >> bit) & 1;
    if (bit < 8) { set(8, bit + (bit > 5), on); set(size - 1 - bit, 8, on); }
    else { set(bit > 8 ? 14 - bit : 7, 8, on); set(8, size - 15 + bit, on); }
  });
  set(8, size - 8, true);
  return grid;
}

// Rows of dark and light; null for an address that is too long.
function matrix(text) {
  const bytes = Array.from(new TextEncoder().encode(text));
  const version = 1 + TOTAL.findIndex((_, place) => bytes.length + 2 <= room(place + 1));
  if (!version) return null;
  const size = 17 + 4 * version, grid = frame(version, size), words = codewords(bytes, version);
  let bit = 0;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5; // the column of the timing pattern
    const up = !((right + 1) & 2);
    count(size).forEach((step) => [right, right - 1].forEach((x) => {
      const y = up ? size - 1 - step : step;
      if (x in grid[y]) return;
      grid[y][x] = Boolean(((words[bit >> 3] >> (7 - (bit & 7))) & 1) ^ ((x + y) % 2 === 0));
      bit += 1;
    }));
  }
  return grid;
}

function drawing(grid, address) {
  const picture = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", grid.map((row, y) =>
    row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join("")).join(""));
  const attributes = {
    viewBox: `-4 -4 ${grid.length + 8} ${grid.length + 8}`, role: "img", "aria-label": `Kode QR ${address}`,
    class: "printed qr", "shape-rendering": "crispEdges",
  };
  for (const [name, value] of Object.entries(attributes)) picture.setAttribute(name, value);
  picture.append(path);
  return picture;
}

// The site's permanent address: that of this page, less the way from the front page to here.
const siteAddress = () => new URL(one(".md-header__title").getAttribute("href"),
  one("link[rel=canonical]").href).href.replace("index.html", "");
