// A page on paper carries a QR code of its permanent address and the addresses that its links lead to.
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const MOST_LINKS = 60;
  // QR codes of versions 1 to 9, bytes, correction level M (ISO/IEC 18004): codewords, blocks, correction in each block.
  const TOTAL = [26, 44, 70, 100, 134, 172, 196, 242, 292];
  const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5];
  const EXTRA = [10, 16, 26, 18, 24, 16, 18, 22, 22];
  const FORMAT = 0x5412; // level M, mask 0
  const VERSION = { 7: 0x7c94, 8: 0x85bc, 9: 0x9a99 };
  const count = (size) => Array.from({ length: size }, (_, place) => place);
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

  function codewords(bytes, version) {
    const blocks = BLOCKS[version - 1], extra = EXTRA[version - 1], room = TOTAL[version - 1] - blocks * extra;
    const data = `4${hex(bytes.length)}${bytes.map(hex).join("")}0`.match(/../g).map((pair) => parseInt(pair, 16));
    for (let pad = 0xec; data.length < room; pad ^= 0xfd) data.push(pad);
    const short = Math.floor(room / blocks);
    const parts = count(blocks).map((place) => data.splice(0, short + (place >= blocks - (room % blocks) ? 1 : 0)));
    const ends = parts.map((part) => correction(part, extra));
    const woven = (lists, size) => count(size).flatMap((place) => lists.flatMap((list) => (place in list ? list[place] : [])));
    return [...woven(parts, short + 1), ...woven(ends, extra)];
  }

  function frame(version, size) {
    const grid = count(size).map(() => []);
    const set = (x, y, on) => { if (grid[y] && x >= 0 && x < size) grid[y][x] = Boolean(on); };
    const ring = (x, y, reach, light) => count(2 * reach + 1).forEach((dy) => count(2 * reach + 1).forEach((dx) =>
      set(x + dx - reach, y + dy - reach, !light.includes(Math.max(Math.abs(dx - reach), Math.abs(dy - reach))))));
    const last = version > 6 ? 2 : 1, middle = [6, ...(version > 6 ? [(size - 1) / 2] : []), size - 7];
    if (version > 1) middle.forEach((y, row) => middle.forEach((x, column) => { if ((row && column) || (row + column) % last) ring(x, y, 2, [1]); }));
    count(size).forEach((place) => { set(6, place, place % 2 === 0); set(place, 6, place % 2 === 0); });
    [[3, 3], [size - 4, 3], [3, size - 4]].forEach(([x, y]) => ring(x, y, 4, [2, 4]));
    count(15).forEach((bit) => {
      const on = (FORMAT >> bit) & 1;
      if (bit < 8) { set(8, bit + (bit > 5), on); set(size - 1 - bit, 8, on); }
      else { set(bit > 8 ? 14 - bit : 7, 8, on); set(8, size - 15 + bit, on); }
    });
    set(8, size - 8, true);
    if (version > 6) count(18).forEach((bit) => {
      const near = Math.floor(bit / 3), far = size - 11 + (bit % 3), on = (VERSION[version] >> bit) & 1;
      set(near, far, on);
      set(far, near, on);
    });
    return grid;
  }

  // Rows of dark and light; null for an address that is too long.
  function matrix(text) {
    const bytes = Array.from(new TextEncoder().encode(text));
    const version = 1 + TOTAL.findIndex((total, place) => bytes.length + 2 <= total - BLOCKS[place] * EXTRA[place]);
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
    path.setAttribute("d", grid.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join(""));
    const attributes = { viewBox: `-4 -4 ${grid.length + 8} ${grid.length + 8}`, role: "img", "aria-label": `Kode QR ${address}`, class: "printed qr", "shape-rendering": "crispEdges" };
    for (const [name, value] of Object.entries(attributes)) picture.setAttribute(name, value);
    picture.append(path);
    return picture;
  }

  function make(tag, text, name) {
    const element = document.createElement(tag);
    element.textContent = text;
    element.className = name;
    return element;
  }

  // Numbers behind the links and a list of where they lead; a page that is a list of links itself gets none.
  function listAddresses(article, site) {
    const root = document.querySelector("link[rel=stylesheet]").href.replace(/assets\/[^/]*$/, "");
    const target = (link) => (link.href.startsWith(root) ? site + link.href.slice(root.length).split("?")[0] : link.href);
    const links = Array.from(article.querySelectorAll("a[href]")).filter((link) => /^(http|file)/.test(link.href)
      && !link.closest("svg, .contents, .steps, .source, .term, .level, .md-button, .footnote-backref, .footnote-ref, [href^='#']"));
    const addresses = Array.from(new Set(links.map(target)));
    if (!addresses.length || addresses.length > MOST_LINKS) return;
    links.forEach((link) => link.after(make("sup", addresses.indexOf(target(link)) + 1, "printed")));
    const list = make("ol", "", "printed addresses");
    list.append(...addresses.map((address) => make("li", address, "")));
    article.append(make("h2", "Alamat tautan", "printed"), list);
    document.documentElement.dataset.numbered = "";
  }

  window.addEventListener("beforeprint", () => {
    const article = document.querySelector("article");
    const place = document.querySelector("[data-site]");
    if (!place || document.querySelector(".printed")) return;
    const grid = matrix(place.textContent);
    if (grid) article.querySelector("h1").before(drawing(grid, place.textContent));
    listAddresses(article, place.dataset.site);
  });
})();
