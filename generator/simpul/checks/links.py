"""Rules about links between sources: pages, anchors and pictures exist."""

import posixpath
import re
from collections.abc import Collection, Iterator

from simpul.addresses import ATTACHMENT, LAWS, PICTURE, SYSTEMS, attachment_url, page_url, slugify, source_of
from simpul.markdown import cited
from simpul.model.law import law_anchor
from simpul.portal import Portal
from simpul.portal.old_addresses import moved
from simpul.problems import Finding, Guess, Hint, did_you_mean
from simpul.sources.schema import kind_of


def links_lead_somewhere(portal: Portal, urls: Collection[str]) -> Iterator[Finding]:
    """A link inside the portal leads to a page, and its anchor to a heading of that page."""
    links = [(path, link) for path, entry in portal.entries.items() for link in entry.links
             if link.to.url and not cited(link.written)]
    if attachments := portal.kinds.get("lampiran"):
        urls = {*urls, *map(attachment_url, attachments)}
    anchors = anchors_of(portal, {link.to.url for _, link in links if link.to.fragment})
    for path, link in links:
        to = link.to
        if to.url not in urls or not _is_there(portal, to.source):
            yield Finding(path, link.line, "error", "tautan-putus", *_dead(portal, link.written, path))
        elif to.fragment and to.fragment not in anchors.get(to.url, (to.fragment,)) \
                and not FRAME.match(to.fragment):
            yield Finding(path, link.line, "error", "jangkar-putus",
                          f"bagian '#{to.fragment}' tidak ada di {to.url}",
                          did_you_mean(to.fragment, sorted(anchors[to.url]),
                                       f"Hapus '#{to.fragment}', atau salin judul bagian yang dimaksud."))


def _is_there(portal: Portal, source: str) -> bool:
    """Whether the source that a link names is there or was moved, if it names one. A module's text is missed
    elsewhere.
    """
    return not source or source in portal.entries or source.endswith("/isi.md") or moved(portal, source)


GLOSSARY = "glosarium.html"
FRAME = re.compile(r"__|isi\Z|fn(ref)?\d|huruf-")
"""Anchors that the pages give by themselves: their own headings, footnotes."""
OF_ONE_TEXT = ("praktik", "artikel", "bacaan", "profil")
"""Kinds whose page has the headings of one source and no other anchors; a profile has none."""


def anchors_of(portal: Portal, urls: Collection[str]) -> dict[str, set[str]]:
    """Headings of these pages, as far as they are known."""
    found: dict[str, set[str]] = {}
    for path, entry in portal.entries.items() if urls else ():
        told = entry.kind in OF_ONE_TEXT and (entry.anchors or not entry.faulty)
        if told and (url := page_url(path)) in urls:
            found.setdefault(url, set()).update(entry.anchors)
    if GLOSSARY in urls:
        found[GLOSSARY] = {slugify(term.istilah) for term in portal.terms}
    if LAWS in urls:
        found[LAWS] = {law_anchor(law.id, number) for law in portal.laws
                       for number in ("", *(article.nomor for article in law.pasal))}
    if SYSTEMS in urls:
        found[SYSTEMS] = {system.id for system in portal.systems}
    return found


def _dead(portal: Portal, written: str, path: str) -> tuple[str, Hint]:
    """What is wrong with a link that leads to no page, and its remedy."""
    place = source_of(written, path)
    if place in portal.files:
        return (f"tautan '{written}' menuju berkas yang bukan halaman",
                "Perbaiki dulu berkas itu." if page_url(place)
                else "Tautkan halaman modul, praktik, atau panduan yang menerangkannya.")
    if written.startswith("/") or posixpath.splitext(place)[1] in PAGES:
        return f"tautan '{written}' tidak menuju halaman mana pun", _nearest(portal, written, path)
    return (f"tautan '{written}' menuju berkas yang tidak ada",
            _where_to_put(place) if PICTURE.search(place)
            else did_you_mean(place, portal.kinds.get("lampiran", {}),
                              f"Simpan berkasnya sebagai {place}, lalu sebut di lampiran.")
            if ATTACHMENT.fullmatch(place) else DOCUMENT)


PAGES = ("", ".md", ".yml", ".html")
DOCUMENT = ("Simpan sebagai PDF, DOCX, XLSX, ODT, ODS, atau CSV di folder lampiran/ dan sebut di lampiran, "
            "atau taruh di situs kantor lalu tulis alamat https://-nya.")


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
