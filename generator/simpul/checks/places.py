"""Rules about where files stand: region folders, missing companions."""

import posixpath
from collections.abc import Iterator

from simpul.addresses import REGIONS
from simpul.model import Place
from simpul.portal import Portal
from simpul.problems import Finding, Hint, did_you_mean

MOVED = {"92.01": "96.01", "92.04": "96.02", "92.05": "96.03", "92.09": "96.04", "92.10": "96.05",
         "92.71": "96.71"}


def region_folders_exist(portal: Portal) -> Iterator[Finding]:
    """A folder below content/daerah/ is named by the code of a region with a government."""
    inside = [path for path in portal.files
              if path.startswith(REGIONS) and path.count("/") > REGIONS.count("/")]
    known = {code for code, region in portal.regions.items() if region.has_government}
    first = {_code(path): path for path in sorted(inside, reverse=True) if _code(path) not in known}
    for code, path in first.items():
        region = portal.regions.get(code)
        if region is None:
            yield Finding(path, 1, "error", "kode-wilayah", f"kode wilayah '{code}' tidak dikenal",
                          _mend_code(portal, code))
        else:
            yield Finding(path, 1, "error", "tanpa-pemda",
                          f"{region.name} ({region.code}) tidak punya Pemda sendiri",
                          f"Pindahkan ke content/daerah/{region.province}.")


def regions_have_a_province(portal: Portal) -> Iterator[Finding]:
    """A kabupaten or kota lies in a province of the lists; a missing province is told once."""
    lost: set[str] = set()
    for path, place, item in portal.listed("wilayah", Place):
        if item.code[:2] not in portal.regions and item.code[:2] not in lost:
            lost.add(item.code[:2])
            yield Finding(path, (place, "code"), "error", "tanpa-provinsi",
                          f"provinsi {item.code[:2]} dari {item.name} tidak ada",
                          "Tambahkan barisnya di provinces.csv.")


def regions_are_single(portal: Portal) -> Iterator[Finding]:
    """A code stands once in the lists; of two, one would vanish."""
    first: dict[str, str] = {}
    for path, place, item in portal.listed("wilayah", Place):
        if item.code in first:
            yield Finding(path, (place, "code"), "error", "wilayah-ganda",
                          f"kode {item.code} ({item.name}) sudah ada di {first[item.code]}",
                          "Hapus salah satu barisnya.")
        first.setdefault(item.code, path)


def _code(path: str) -> str:
    return path.split("/", 3)[2]


def _mend_code(portal: Portal, code: str) -> Hint:
    if code in MOVED:
        place = portal.regions.get(MOVED[code])
        return f"Kode ini pindah ke {MOVED[code]}{f' ({place.name})' if place else ''}; ganti nama foldernya."
    padded = [known for known in portal.regions
              if known == f"{code}0" or known.lstrip("0") == code.lstrip("0")]
    if padded:
        return f"Maksud Anda '{padded[0]}' ({portal.regions[padded[0]].name})?"
    return did_you_mean(code, portal.regions, "Pakai kode dari curriculum/wilayah/, misalnya 73.71.")


def modules_are_whole(portal: Portal) -> Iterator[Finding]:
    """A module has its reading, and the instructor notes it names; a reading has its module."""
    for name, module in portal.modules.items():
        folder = f"curriculum/modul/{name}"
        if f"{folder}/isi.md" not in portal.entries:
            yield Finding(f"{folder}/modul.yml", 1, "error", "tanpa-bacaan", "bacaan modul belum ada",
                          f"Buat {folder}/isi.md.")
        if module.catatan_pengajar and f"{folder}/{module.catatan_pengajar}" not in portal.entries:
            yield Finding(f"{folder}/modul.yml", ("catatan_pengajar",), "error", "tanpa-catatan",
                          f"berkas '{module.catatan_pengajar}' tidak ada",
                          f"Buat {folder}/{module.catatan_pengajar}.")
    for path, entry in portal.entries.items():
        if entry.kind == "bacaan" and f"{posixpath.dirname(path)}/modul.yml" not in portal.entries:
            yield Finding(path, 1, "error", "tanpa-modul", "modul.yml belum ada di folder ini",
                          f"Buat {posixpath.dirname(path)}/modul.yml.")


def framework_is_there(portal: Portal) -> Iterator[Finding]:
    """There is one framework."""
    paths = [path for path, entry in portal.entries.items() if entry.kind == "kerangka"]
    if not paths:
        yield Finding("curriculum/kerangka/", 1, "error", "tanpa-kerangka", "belum ada kerangka kompetensi",
                      "Buat curriculum/kerangka/kdasn.yml.")
    for path in paths[1:]:
        yield Finding(path, 1, "error", "kerangka-ganda", f"kerangka sudah ada di {paths[0]}",
                      "Hapus salah satunya.")


RULES = (region_folders_exist, regions_have_a_province, regions_are_single,
         modules_are_whole, framework_is_there)
