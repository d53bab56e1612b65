"""Rules about links between sources: pages, anchors and pictures exist."""

from collections.abc import Collection, Iterator

from simpul.addresses import PICTURE, page_url, slugify, source_of
from simpul.portal import Portal
from simpul.problems import Finding, Guess, did_you_mean
from simpul.sources.schema import kind_of


def links_lead_somewhere(portal: Portal, urls: Collection[str]) -> Iterator[Finding]:
    """A link inside the portal leads to a page, and its anchor to a heading of that page."""
    links = [(path, link) for path, entry in portal.entries.items() for link in entry.links if link.to.url]
    anchors = _anchors(portal, {link.to.url for _, link in links if link.to.fragment})
    for path, link in links:
        to = link.to
        if to.url not in urls:
            yield Finding(path, link.line, "error", "tautan-putus",
                          f"tautan '{link.written}' tidak menuju halaman mana pun",
                          _nearest(portal, link.written, path))
        elif to.fragment and to.url in anchors and to.fragment not in anchors[to.url]:
            yield Finding(path, link.line, "error", "jangkar-putus",
                          f"bagian '#{to.fragment}' tidak ada di {to.url}",
                          did_you_mean(to.fragment, anchors[to.url]))


def _anchors(portal: Portal, urls: Collection[str]) -> dict[str, set[str]]:
    """Headings of these pages, as far as they show one text; a local text is shown with the central one."""
    found: dict[str, set[str]] = {}
    for path, entry in portal.entries.items() if urls else ():
        if entry.kind != "lokal" and entry.anchors and (url := page_url(path)) in urls:
            found.setdefault(url, set()).update(entry.anchors)
    return found


def _nearest(portal: Portal, written: str, path: str) -> Guess:
    otherwise = "Periksa jalurnya; tulis jalur ke berkas sumber, misalnya ../surel-dinas-aman/isi.md."
    return did_you_mean(source_of(written, path), portal.entries, otherwise)


def pictures_exist(portal: Portal) -> Iterator[Finding]:
    """A picture that is shown is there."""
    missing = [(path, image) for path, entry in portal.entries.items() for image in entry.images
               if image.source and image.source not in portal.files]
    pictures = sorted(name for name in portal.files if name.rpartition("/")[0].endswith("/gambar")) \
        if missing else []
    for path, image in missing:
        yield Finding(path, image.line, "error", "gambar-hilang", f"gambar '{image.written}' tidak ada",
                      did_you_mean(image.source, pictures, _where_to_put(image.source)))


def _where_to_put(source: str) -> str:
    kind = kind_of(source)
    if kind and kind.shape == "picture":
        return f"Simpan gambarnya sebagai {source}."
    if not PICTURE.search(source):
        return "Simpan gambar sebagai PNG, JPEG, atau WebP di folder gambar/, lalu tulis gambar/nama.png."
    folder, _, name = source.rpartition("/")
    plain = f"{slugify(PICTURE.sub('', name))}{name[name.rfind('.'):].lower()}"
    return f"Simpan gambarnya sebagai {folder}/gambar/{plain}, lalu tulis gambar/{plain}."


RULES = (pictures_exist,)
