"""Training centres: the directory, a page for each with the curriculum it teaches, and sheets to print."""

from collections.abc import Iterator
from typing import Any

from simpul import model
from simpul.addresses import adaptation_url
from simpul.pages import schedules
from simpul.pages.assessment import sheets_of_exam
from simpul.pages.directory import Axis, Directory, Keys, competence_title, language_title, province_title
from simpul.pages.experts import of_region as experts_of
from simpul.pages.page import (
    TRAINING,
    TRAINING_FRONT,
    Facets,
    LazyPage,
    MenuEntry,
    Page,
    PageKind,
    crumbs,
    lazy,
    link,
    place_in,
    withdrawn_links,
)
from simpul.pages.plans import notes_url
from simpul.portal import Portal, once

RANK = 10
FRONT = PageKind("centre_list", "beranda pusat", TRAINING_FRONT)
LIST = PageKind("centre_directory", "daftar pusat", TRAINING_FRONT, spoken=("items",))
CENTRE = PageKind("centre", "pusat", TRAINING_FRONT, spoken=("keeper", "contact", "experts", "sessions"))
ATTENDANCE = PageKind("attendance", "daftar hadir", TRAINING_FRONT, spoken=("keeper",))
CHECKLIST = PageKind("checklist", "daftar periksa", TRAINING_FRONT, spoken=("keeper",))
STATEMENT = PageKind("statement", "keterangan JP", TRAINING_FRONT, spoken=("keeper",))
CERTIFICATE = PageKind("certificate", "sertifikat kosong", TRAINING_FRONT, spoken=("keeper",))
MENU = (MenuEntry("Pusat pelatihan", "pusat/index.html", 3, TRAINING_FRONT,
                  "Tempat belajar di daerah dan kurikulum yang diajarkannya."),)
CENTRES = ("Pusat pelatihan", "pusat/index.html")
SIZES = ((12, "1-12"), (24, "13-24"), (40, "25-40"))
LARGEST = "lebih-dari-40"
MOST_ROWS = 60


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`pusat/index.html`, lists by province, competence, language, capacity, each centre, and its sheets."""
    yield lazy("pusat/index.html", FRONT, _front, portal)
    yield from _directory(portal).pages()
    for _, code, centre in _directory(portal).items:
        url, source = centre_url(code, centre.id), f"content/daerah/{code}/pusat.yml"
        yield lazy(url, CENTRE, _centre, portal, code, centre, source=source)
        yield lazy(_sheet(url, "hadir"), ATTENDANCE, _attendance, portal, code, centre, source=source)
        yield lazy(_sheet(url, "logistik"), CHECKLIST, _checklist, portal, code, centre, source=source)
        yield lazy(_sheet(url, "jp"), STATEMENT, _statement, portal, code, centre, source=source)
        yield lazy(_sheet(url, "sertifikat"), CERTIFICATE, _certificate, portal, code, centre, source=source)


@once
def _directory(portal: Portal) -> Directory[model.Centre]:
    """All centres."""
    items = ((_keys(portal, code, centre), code, centre)
             for code, centres in portal.centres.items() for centre in centres)
    return Directory.of(portal, "pusat", LIST, "pusat-pelatihan", CENTRES, _axes(portal), centre_view, items)


def _front(portal: Portal) -> Page:
    return Page("pusat/index.html", FRONT, "Pusat pelatihan",
                "Tempat belajar di daerah: kapasitas, fasilitas, akses, dan kurikulum yang diajarkan.",
                _directory(portal).front(), crumbs=crumbs(TRAINING), facets=Facets("halaman"))


def centre_url(code: str, centre: str) -> str:
    """The page of a centre."""
    return f"pusat/{code}/{centre}.html"


def _axes(portal: Portal) -> tuple[Axis, ...]:
    return (Axis("provinsi", "Menurut provinsi", province_title(portal)),
            Axis("kompetensi", "Menurut kompetensi ahlinya", competence_title(portal)),
            Axis("bahasa", "Menurut bahasa pengantar ahlinya", lambda code: f"bahasa {language_title(code)}"),
            Axis("kapasitas", "Menurut kapasitas sesi",
                 lambda size: f"{size.replace('-dari-', ' dari ')} peserta"))


def _keys(portal: Portal, code: str, centre: model.Centre) -> Keys:
    """A centre teaches what the experts who work in its region know, in their languages."""
    experts = [expert for _, expert in portal.experts_for(code)]
    size = next((name for most, name in SIZES if centre.kapasitas_per_sesi <= most), LARGEST)
    return {"provinsi": [code[:2]], "kapasitas": [size],
            "kompetensi": sorted({skill.kompetensi for expert in experts for skill in expert.keahlian}),
            "bahasa": sorted({language for expert in experts for language in expert.bahasa})}


def centre_view(portal: Portal, code: str, centre: model.Centre) -> dict[str, Any]:
    """A centre as listed."""
    return link(centre.nama, centre_url(code, centre.id), id=centre.id, keeper=centre.pengelola,
                region=link(portal.region_name(code), f"daerah/{code}.html"),
                capacity=centre.kapasitas_per_sesi, computers=centre.fasilitas.komputer,
                connection=centre.fasilitas.koneksi, backup=centre.fasilitas.listrik_cadangan,
                access=list(centre.akses), release=centre.versi_kurikulum, sample=portal.is_sample(code))


def of_region(portal: Portal, code: str) -> list[dict[str, Any]]:
    """A region's centres."""
    return [centre_view(portal, code, centre) for centre in portal.centres.get(code, ())]


def _centre(portal: Portal, code: str, centre: model.Centre) -> Page:
    url = centre_url(code, centre.id)
    coming = schedules.of_centre(portal, code, centre.id)
    view = centre_view(portal, code, centre) | {
        "contact": centre.kontak.model_dump() if centre.kontak else None, "experts": experts_of(portal, code),
        "changes": [_release(portal, release) for release in _since(portal, centre)],
        "current": bool(portal.releases) and portal.releases[-1].versi == centre.versi_kurikulum,
        "modules": list(_asked_modules(portal, code)), "sessions": coming,
        "calendar": f"jadwal/{code}/{centre.id}.ics" if coming else "",
        "exams": sheets_of_exam(portal),
        "attendance": _sheet(url, "hadir"), "checklist": _sheet(url, "logistik"),
        "statement": _sheet(url, "jp"), "certificate": _sheet(url, "sertifikat"),
    }
    return Page(url, CENTRE, centre.nama, f"Pusat pelatihan di {portal.region_name(code)}.", view,
                source=f"content/daerah/{code}/pusat.yml", crumbs=crumbs(TRAINING, CENTRES),
                sample=portal.is_sample(code),
                facets=Facets("pusat-pelatihan", code, portal.region_name(code)))


def _since(portal: Portal, centre: model.Centre) -> tuple[model.CurriculumRelease, ...]:
    """The releases after the one a centre teaches, newest first; none where that one is unknown."""
    names = [release.versi for release in portal.releases]
    taught = centre.versi_kurikulum
    return portal.releases[names.index(taught) + 1:][::-1] if taught in names else ()


def _release(portal: Portal, release: model.CurriculumRelease) -> dict[str, Any]:
    return {"version": release.versi, "date": release.tanggal.isoformat(), "changes": list(release.perubahan),
            "modules": [*(link(portal.modules[name].judul, f"modul/{name}.html") for name in release.modul),
                        *_withdrawn(portal, release)]}


def _withdrawn(portal: Portal, release: model.CurriculumRelease) -> list[dict[str, Any]]:
    path = "curriculum/rilis.yml"
    return withdrawn_links(portal, path, place_in(portal, path, release)) if path in portal.moves.lost else []


def _asked_modules(portal: Portal, code: str) -> Iterator[dict[str, Any]]:
    """The modules that answer the region's needs, in its own version where there is one: to be printed."""
    names = dict.fromkeys(name for need in portal.needs.get(code, ()) if need.stands and need.tanggapan
                          for name in need.tanggapan.modul)
    for name in names:
        own = f"{code}/{name}" in portal.adaptations
        yield link(portal.modules[name].judul,
                   adaptation_url(f"{code}/{name}") if own else f"modul/{name}.html", own=own,
                   notes=notes_url(portal, name))


def _sheet(url: str, name: str) -> str:
    """The address of a sheet of a centre, to be printed and filled in by hand."""
    return f"{url.removesuffix('.html')}/{name}.html"


def _attendance(portal: Portal, code: str, centre: model.Centre) -> Page:
    url = centre_url(code, centre.id)
    rows = {"rows": min(centre.kapasitas_per_sesi, MOST_ROWS)}
    return Page(_sheet(url, "hadir"), ATTENDANCE, f"Daftar hadir: {centre.nama}",
                "Lembar untuk dicetak dan diisi dengan tangan.", centre_view(portal, code, centre) | rows,
                crumbs=crumbs(TRAINING, CENTRES, (centre.nama, url)), sample=portal.is_sample(code),
                facets=Facets("lembar-cetak", code, portal.region_name(code)))


def _checklist(portal: Portal, code: str, centre: model.Centre) -> Page:
    url = centre_url(code, centre.id)
    view = centre_view(portal, code, centre) | {"offline": centre.fasilitas.koneksi != "baik"}
    return Page(_sheet(url, "logistik"), CHECKLIST, f"Daftar periksa: {centre.nama}",
                "Lembar untuk dicetak dan diperiksa sebelum sesi.", view,
                crumbs=crumbs(TRAINING, CENTRES, (centre.nama, url)), sample=portal.is_sample(code),
                facets=Facets("lembar-cetak", code, portal.region_name(code)))


def _statement(portal: Portal, code: str, centre: model.Centre) -> Page:
    url = centre_url(code, centre.id)
    view = centre_view(portal, code, centre) | {"hour": portal.settings.menit_per_jp}
    return Page(_sheet(url, "jp"), STATEMENT, f"Keterangan jam pelajaran: {centre.nama}",
                "Lembar untuk dicetak dan diisi pusat pelatihan.", view,
                crumbs=crumbs(TRAINING, CENTRES, (centre.nama, url)), sample=portal.is_sample(code),
                facets=Facets("lembar-cetak", code, portal.region_name(code)))


def _certificate(portal: Portal, code: str, centre: model.Centre) -> Page:
    url, framework, rule = centre_url(code, centre.id), portal.framework, portal.assessment
    view = centre_view(portal, code, centre) | {
        "framework": framework.versi if framework else "", "rule": rule.versi if rule else "",
        "groups": [group.nama for group in portal.groups.values()],
        "ways": [way.nama for way in rule.instrumen] if rule else []}
    return Page(_sheet(url, "sertifikat"), CERTIFICATE, f"Sertifikat kosong: {centre.nama}",
                "Lembar untuk dicetak dan diisi pusat pelatihan.", view,
                crumbs=crumbs(TRAINING, CENTRES, (centre.nama, url)), sample=portal.is_sample(code),
                facets=Facets("lembar-cetak", code, portal.region_name(code)))
