// A page on paper lists the addresses that its links lead to. Joined with qr.js, whose names it uses.
const MOST_LINKS = 60;

// Numbers behind the links and a list of where they lead; a page that is a list of links itself gets none.
function listAddresses(article, site) {
  const home = one("link[rel=stylesheet]").href.replace(/assets\/[^/]*$/, "");
  const target = (link) =>
    (link.href.startsWith(home) ? site + link.href.slice(home.length).split("?")[0] : link.href);
  const links = all("a[href]", article).filter((link) => /^(http|file)/.test(link.href)
    && !link.closest("svg, .contents, .steps, .source, .term, .level, .md-button, "
      + ".footnote-backref, .footnote-ref, [href^='#']"));
  const addresses = Array.from(new Set(links.map(target)));
  if (!addresses.length || addresses.length > MOST_LINKS) return;
  links.forEach((link) => link.after(make("sup", addresses.indexOf(target(link)) + 1, { class: "printed" })));
  const list = make("ol", "", { class: "printed addresses" });
  list.append(...addresses.map((address) => make("li", address)));
  article.append(make("h2", "Alamat tautan", { class: "printed" }), list);
  root.dataset.numbered = "";
}

window.addEventListener("beforeprint", () => {
  if (one("[data-site]") && !one(".addresses")) listAddresses(one("article"), siteAddress());
});
