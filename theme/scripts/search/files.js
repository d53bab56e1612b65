// The files of the index, each read as a script when it is first needed:
// so search works on a server and on a USB stick. Every file is one call of simpulCari(name, value).
// All of theme/scripts/search/ is joined into one scope.
const own = document.currentScript;
const ROOT = own.dataset.akar || "./";
const files = new Map(), waiting = new Map();

window.simpulCari = function (name, value) {
  const done = waiting.get(name);
  waiting.delete(name);
  if (done) done(value);
  else files.set(name, Promise.resolve(value));
};

function load(name) {
  if (!files.has(name)) files.set(name, new Promise((done, fail) => {
    const path = name === "lain" ? "assets/search-more.js" : `cari/${name}.js`;
    const there = document.querySelector(`script[src$="${path}"]:not([data-muat])`);
    const script = there || document.createElement("script");
    const failed = () => {
      waiting.delete(name);
      files.delete(name);
      script.remove();
      fail(new Error(path));
    };
    waiting.set(name, done);
    script.dataset.muat = "";
    script.addEventListener("error", failed);
    script.addEventListener("load", () => { if (waiting.get(name) === done) failed(); });
    if (there) return;
    script.src = ROOT + path;
    document.head.append(script);
  }));
  return files.get(name);
}
