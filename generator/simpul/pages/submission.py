"""The pages on which an official writes what a region sends and takes it along as a file; and the letters
about a case.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from simpul import model
from simpul.pages.controls import ITEMS, controls
from simpul.pages.page import (
    PRACTICES,
    PRACTICES_FRONT,
    Facets,
    LazyPage,
    MenuEntry,
    Page,
    PageKind,
    crumbs,
    lazy,
    link,
)
from simpul.portal import Portal, once
from simpul.runtime import sheets
from simpul.sources.personal import FOR_THE_FORM
from simpul.sources.rules import DESIGN_WORDS, SECTIONS
from simpul.sources.schema import Kind, kind_named

RANK = 18
FRONT = "kirim.html"
SEND = ("Kirim", FRONT)
MENU = (MenuEntry("Kirim", FRONT, 8),)


class Form(NamedTuple):
    """One form: the kind of source it writes, what it is called, what it asks for and why, the name of one
    record of it, and the guides to read before.
    """

    name: str
    title: str
    about: str
    item: str
    guides: tuple[str, ...]

    @property
    def url(self) -> str:
        """Where it is."""
        return f"kirim/{self.name}.html"

    @property
    def kind(self) -> Kind:
        """The kind of source that it writes."""
        return kind_named(self.name)


FORMS = (
    Form("praktik", "Kirim praktik", "Tulis praktik baik daerah Anda, termasuk yang tidak berhasil.",
         "Praktik", ("panduan/pengirim.html", "panduan/kriteria.html")),
    Form("kebutuhan", "Sampaikan kebutuhan", "Sebut kemampuan yang diperlukan ASN dan kesulitan yang "
         "dihadapi, supaya pusat dapat menjawabnya.", "Kebutuhan", ("panduan/kebutuhan.html",)),
    Form("profil", "Isi profil daerah", "Catat kondisi daerah dan kantor yang dapat dihubungi, supaya daerah "
         "yang serupa menemukan Anda.", "Profil", ("panduan/pengirim.html",)),
    Form("pusat", "Daftarkan pusat pelatihan", "Catat tempat belajar, fasilitas, dan daya tampungnya.",
         "Pusat", ("panduan/pusat-pelatihan.html",)),
    Form("ahli", "Daftarkan ahli", "Catat ahli yang sudah menyetujui secara tertulis, tanpa NIP dan tanpa "
         "nomor telepon.", "Ahli", ("panduan/pusat-pelatihan.html",)),
    Form("jadwal", "Susun jadwal", "Tulis jam layanan, masa sibuk, lalu sesi di selanya.",
         "Jadwal", ("panduan/jadwal.html",)),
    Form("pemantauan", "Kirim pemantauan", "Laporkan ASN yang dilatih dan IKM setiap unit layanan; dapat "
         "ditempel dari lembar kerja.", "Baris", ("panduan/pemantauan.html",)),
)
LETTERS = {
    "surat/minat-replikasi.html": (
        PageKind("letter_interest", "surat minat", PRACTICES_FRONT), "Surat minat replikasi",
        "Surat kepada daerah asal bila kantor Anda ingin meniru sebuah praktik baik."),
    "surat/kabar-praktik.html": (
        PageKind("letter_news", "surat kabar praktik", PRACTICES_FRONT), "Kabar praktik",
        "Laporan bahwa sebuah praktik masih berjalan, berubah, atau sudah berhenti."),
    "surat/penunjuk.html": (
        PageKind("letter_pointer", "surat tanggapan", PRACTICES_FRONT), "Tanggapan atas penunjuk",
        "Surat daerah yang menguatkan, membetulkan, menulis sendiri, atau meminta penghapusan penunjuk."),
}
SECTION_HELP = {
    "Masalah": "Siapa yang terganggu, seberapa sering, dan dari mana Anda tahu. Pakai angka bila ada.",
    "Rancang bangun": "Urutan kerja, peran, alat, dan alasan memilihnya, "
                      "sampai kantor lain dapat mengikutinya.",
    "Hasil": "Apa yang berubah, di mana, dan apa yang belum dapat dipastikan.",
    "Pelajaran": "Apa yang akan Anda lakukan dengan cara lain bila mulai lagi.",
    "Langkah replikasi": "Langkah bernomor bagi kantor yang ingin meniru.",
}
PASTED = "rows"
"""The shape of kinds that come from spreadsheets, whose rows may be pasted."""


def complete(page: Page) -> Page:
    """The form with its controls."""
    form = next(form for form in FORMS if form.name == page.view["form"])
    found = [control | {"label": form.item} if control["name"] == ITEMS else control
             for control in controls(form.kind)]
    return page._replace(view={**page.view, "fields": found, "pasted": form.kind.shape == PASTED})


KIND = PageKind("submit", "formulir", FRONT, complete=complete)
CHOICE = PageKind("send", "pilihan formulir", FRONT)


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`kirim.html`, which leads to the forms `kirim/kebutuhan.html` and so on; and the letters, which take
    the case they are about from their address.
    """
    yield lazy(FRONT, CHOICE, _front, portal)
    for form in FORMS:
        yield lazy(form.url, KIND, _form, portal, form)
    for url, (kind, title, description) in LETTERS.items():
        yield lazy(url, kind, _letter, portal, url, kind, title, description)


def _front(portal: Portal) -> Page:
    view = {"forms": [link(form.title, form.url, about=form.about) for form in FORMS],
            "mail": portal.settings.surel}
    return Page(FRONT, CHOICE, SEND[0],
                "Pilih apa yang ingin dikirim daerah Anda; setiap formulir berjalan tanpa akun dan tanpa "
                "internet.", view, crumbs=crumbs(), facets=Facets("halaman"))


def _letter(portal: Portal, url: str, kind: PageKind, title: str, description: str) -> Page:
    return Page(url, kind, title, description, {"mail": portal.settings.surel}, crumbs=crumbs(PRACTICES))


def _form(portal: Portal, form: Form) -> Page:
    settings, case = portal.settings, form.kind.shape == "article"
    sections = [{"title": title, "help": SECTION_HELP[title],
                 "words": DESIGN_WORDS if title == "Rancang bangun" else 1} for title in SECTIONS]
    view = {"form": form.name, "item": form.item, "shape": form.kind.shape, "mail": settings.surel,
            "sections": sections if case else [],
            "github": _github(settings) if case else "", "branch": settings.branch,
            "blank": f"kirim/{form.name}.txt",
            "guides": [link(portal.articles[url].judul, url) for url in form.guides
                       if url in portal.articles]}
    return Page(form.url, KIND, form.title, form.about, view, crumbs=crumbs(SEND))


def _github(settings: model.Settings) -> str:
    """The repository, where it is one that takes a new file from an address."""
    host = urlsplit(settings.repo_url).hostname or ""
    return settings.repo_url.rstrip("/") if host.partition(".")[0] == "github" else ""


def provinces(portal: Portal) -> list[tuple[str, list[str]]]:
    """Every government by province, as codes and names in turn; the fictional province last."""
    members: dict[str, list[str]] = {}
    for region in portal.regions.values():
        if region.has_government:
            members.setdefault(region.province, []).extend((region.code, portal.region_name(region.code)))
    ordered = sorted(members, key=lambda code: (portal.regions[code].sample, portal.regions[code].name))
    return [(portal.regions[code].name, members[code]) for code in ordered]


def picks(portal: Portal) -> Mapping[str, Any]:
    """What may be picked in fields of the forms: ids with their names, and what rules ask of them."""
    return {
        "wilayah": provinces(portal),
        "kompetensi": [(code, f"{code} {found.nama}") for code, found in portal.competences.items()],
        "modul": [(name, module.judul, [target.kompetensi for target in module.mengajarkan])
                  for name, module in portal.modules.items()],
        "model": [(name, delivery.nama, {part.jenis: [int(part.perlu_ahli), part.peserta_maks or 0]
                                         for part in delivery.komponen})
                  for name, delivery in portal.models.items()],
        "layanan": [(service.id, service.nama) for service in portal.services],
        "cara": list(portal.assessment.ways().items()) if portal.assessment else [],
        "rilis": [(release.versi, release.versi)
                  for release in sorted(portal.releases, key=lambda item: item.tanggal, reverse=True)],
        "pelatih": sorted(trainers(portal)), "angka": model.numbers.FOR_THE_FORM,
        "pribadi": FOR_THE_FORM, "rumus": sheets.FORMULA.pattern,
    }


@once
def trainers(portal: Portal) -> Mapping[str, Mapping[str, Any]]:
    """Centres of regions and experts who work there, by province and region: only schedules ask for them."""
    found: dict[str, dict[str, Any]] = {}
    areas = set(portal.experts_by_area)
    for code, region in portal.regions.items():
        if region.has_government and (portal.centres.get(code) or {code, code[:2]} & areas):
            found.setdefault(code[:2], {})[code] = {
                "pusat": [(centre.id, centre.nama, centre.kapasitas_per_sesi)
                          for centre in portal.centres.get(code, ())],
                "ahli": [(expert.id if home == code else f"{home}/{expert.id}",
                          f"{expert.nama_tampil}, {expert.instansi}",
                          [skill.kompetensi for skill in expert.keahlian], expert.kuota_sesi_per_bulan)
                         for home, expert in portal.experts_for(code)],
            }
    return found
