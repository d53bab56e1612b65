"""Training centres: the directory, a page for each with the curriculum it teaches, and sheets to print."""

from collections.abc import Iterator
from typing import Any

from simpul import model
from simpul.pages import schedules
from simpul.pages.adaptations import adaptation_url
from simpul.pages.directory import (
    Axis,
    Keys,
    choices,
    competence_title,
    directory,
    language_title,
    province_title,
)
from simpul.pages.experts import of_region as experts_of
from simpul.pages.page import TRAINING, Facets, Page, crumbs, link
from simpul.portal import Portal

CENTRES = ("Pusat pelatihan", "pusat/index.html")
SIZES = ((12, "1-12"), (24, "13-24"), (40, "25-40"))
LARGEST = "lebih-dari-40"
MOST_ROWS = 60


def pages(portal: Portal) -> Iterator[Page]:
    """`pusat/index.html`, its lists by province, competence, language and capacity, each centre, and its sheets."""
    found = [(code, centre) for code, centres in portal.centres.items() for centre in centres]
    found.sort(key=lambda item: portal.regions[item[0]].sample)
    items = [(_keys(portal, code, centre), centre_view(portal, code, centre)) for code, centre in found]
    axes = _axes(portal)
    real = [item for item in items if not item[1]["sample"]]
    sample = items[len(real):]
    view = {"axes": choices("pusat", axes, real), "count": len(real), "samples": [view for _, view in sample],
            "sample_axes": choices("pusat", axes, sample)}
    yield Page("pusat/index.html", "centre_list", "Pusat pelatihan",
               "Tempat belajar di daerah: kapasitas, fasilitas, akses, dan kurikulum yang diajarkan.", view,
               crumbs=crumbs(TRAINING), facets=Facets("halaman"))
    yield from directory("pusat", "centre_directory", "Pusat pelatihan", CENTRES, axes, items)
    for code, centre in found:
        yield _centre(portal, code, centre)
        yield from _sheets(portal, code, centre)


def centre_url(code: str, centre: str) -> str:
    """The page of a centre."""
    return f"pusat/{code}/{centre}.html"


def _axes(portal: Portal) -> tuple[Axis, ...]:
    return (Axis("provinsi", "Menurut provinsi", province_title(portal)),
            Axis("kompetensi", "Menurut kompetensi ahlinya", competence_title(portal)),
            Axis("bahasa", "Menurut bahasa pengantar ahlinya", lambda code: f"bahasa {language_title(code)}"),
            Axis("kapasitas", "Menurut kapasitas sesi", lambda size: f"{size.replace('-dari-', ' dari ')} peserta"))


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
                region=link(portal.region_name(code), f"daerah/{code}.html"), capacity=centre.kapasitas_per_sesi,
                computers=centre.fasilitas.komputer, connection=centre.fasilitas.koneksi,
                backup=centre.fasilitas.listrik_cadangan, access=list(centre.akses), release=centre.versi_kurikulum,
                sample=portal.regions[code].sample)


def of_region(portal: Portal, code: str) -> list[dict[str, Any]]:
    """A region's centres."""
    return [centre_view(portal, code, centre) for centre in portal.centres.get(code, ())]


def _centre(portal: Portal, code: str, centre: model.Centre) -> Page:
    path = f"content/daerah/{code}/pusat.yml"
    base = centre_url(code, centre.id).removesuffix(".html")
    view = centre_view(portal, code, centre) | {
        "contact": centre.kontak.model_dump() if centre.kontak else None, "experts": experts_of(portal, code),
        "changes": [_release(portal, release) for release in _since(portal, centre)],
        "current": bool(portal.releases) and portal.releases[-1].versi == centre.versi_kurikulum,
        "modules": list(_asked_modules(portal, code)), "sessions": schedules.of_centre(portal, code, centre.id),
        "calendar": f"jadwal/{code}/{centre.id}.ics" if schedules.of_centre(portal, code, centre.id) else "",
        "attendance": f"{base}/hadir.html", "checklist": f"{base}/logistik.html",
    }
    return Page(f"{base}.html", "centre", centre.nama, f"Pusat pelatihan di {portal.region_name(code)}.", view, source=path,
                crumbs=crumbs(TRAINING, CENTRES), sample=portal.regions[code].sample,
                facets=Facets("pusat-pelatihan", code, portal.region_name(code)))


def _since(portal: Portal, centre: model.Centre) -> tuple[model.CurriculumRelease, ...]:
    """The releases after the one a centre teaches, newest first; none where that one is unknown."""
    names = [release.versi for release in portal.releases]
    return portal.releases[names.index(centre.versi_kurikulum) + 1:][::-1] if centre.versi_kurikulum in names else ()


def _release(portal: Portal, release: model.CurriculumRelease) -> dict[str, Any]:
    return {"version": release.versi, "date": release.tanggal.isoformat(), "changes": list(release.perubahan),
            "modules": [link(portal.modules[name].judul, f"modul/{name}.html") for name in release.modul]}


def _asked_modules(portal: Portal, code: str) -> Iterator[dict[str, Any]]:
    """The modules that answer the region's needs, in its own version where there is one: open to be printed."""
    names = dict.fromkeys(name for need in portal.needs.get(code, ()) if need.stands and need.tanggapan
                          for name in need.tanggapan.modul)
    for name in names:
        own = f"{code}/{name}" in portal.adaptations
        yield link(portal.modules[name].judul, adaptation_url(f"{code}/{name}") if own else f"modul/{name}.html", own=own,
                   notes=f"modul/{name}/pengajar.html" if portal.modules[name].catatan_pengajar else "")


def _sheets(portal: Portal, code: str, centre: model.Centre) -> Iterator[Page]:
    """The attendance sheet and the logistics checklist, to be printed and filled in by hand."""
    url = centre_url(code, centre.id)
    trail = crumbs(TRAINING, CENTRES, (centre.nama, url))
    view = centre_view(portal, code, centre)
    rows = min(centre.kapasitas_per_sesi, MOST_ROWS)
    base = url.removesuffix(".html")
    sample = portal.regions[code].sample
    yield Page(f"{base}/hadir.html", "attendance", f"Daftar hadir: {centre.nama}",
               "Lembar untuk dicetak dan diisi dengan tangan.", view | {"rows": rows}, crumbs=trail, sample=sample)
    yield Page(f"{base}/logistik.html", "checklist", f"Daftar periksa: {centre.nama}",
               "Lembar untuk dicetak dan diperiksa sebelum sesi.", view | {"offline": centre.fasilitas.koneksi != "baik"},
               crumbs=trail, sample=sample)
