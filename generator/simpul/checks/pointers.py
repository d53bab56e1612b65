"""Rules about pointers: of a real region, from more than its own mouth, and about nothing yet to come."""

import re
from collections.abc import Iterator

from simpul.model import Pointer
from simpul.portal import Portal, Region
from simpul.problems import Finding, did_you_mean, one_of
from simpul.sources.formats import Location

GENERIC = {"kabupaten", "kota", "provinsi", "daerah", "khusus", "ibukota", "istimewa", "kepulauan", "barat",
           "timur", "utara", "selatan", "tengah", "tenggara", "daya", "raya"}
"""Words of names that many regions share."""


def _all(portal: Portal) -> Iterator[tuple[str, Pointer]]:
    for name, pointer in portal.pointers.items():
        yield portal.pointer_path(name), pointer


def pointers_are_of_real_regions(portal: Portal) -> Iterator[Finding]:
    """A pointer, and what it says of others, is about regions with a government; the fictional have none."""
    for path, pointer in _all(portal):
        yield from _region(portal, path, ("kode",), pointer.kode)
        for number, item in enumerate(pointer.replikasi):
            where = ("replikasi", number, "ke")
            yield from _region(portal, path, where, item.ke)
            if item.ke == pointer.kode:
                yield Finding(path, where, "error", "replikasi-sendiri", "daerah ini meniru dirinya sendiri",
                              "Tulis kode daerah lain, atau ceritakan di 'fakta'.")


def _region(portal: Portal, path: str, where: Location, code: str) -> Iterator[Finding]:
    region = portal.regions.get(code)
    if region is None:
        yield Finding(path, where, "error", "kode-wilayah", f"kode wilayah '{code}' tidak dikenal",
                      did_you_mean(code, portal.regions, "Pakai kode dari curriculum/wilayah/, "
                                                         "misalnya 73.71."))
    elif region.sample:
        yield Finding(path, where, "error", "penunjuk-rekaan",
                      f"{region.name} ({code}) rekaan, penunjuk hanya tentang daerah nyata",
                      "Pakai kode daerah nyata; contoh rekaan ditulis sebagai praktik.")
    elif not region.has_government:
        yield Finding(path, where, "error", "tanpa-pemda",
                      f"{region.name} ({code}) tidak punya Pemda sendiri",
                      f"Pakai kode provinsinya, {region.province}.")


def pointers_name_competences(portal: Portal) -> Iterator[Finding]:
    """Every competence that a pointer names exists."""
    for path, pointer in _all(portal) if portal.framework else ():
        for number, code in enumerate(pointer.kompetensi):
            if code not in portal.competences:
                yield Finding(path, ("kompetensi", number), "error", "rujukan-kompetensi",
                              f"kompetensi '{code}' tidak ada", one_of(code, list(portal.competences)))


def pointers_lead_to_cases(portal: Portal) -> Iterator[Finding]:
    """The case that a region sent instead exists, and is its own."""
    for path, pointer in _all(portal):
        name = pointer.praktik
        if name and name not in portal.cases and name not in portal.broken["praktik"]:
            yield Finding(path, ("praktik",), "error", "rujukan-praktik", f"praktik '{name}' tidak ada",
                          did_you_mean(name, portal.cases, "Hapus 'praktik' sampai daerahnya mengirim."))
        elif name and not name.startswith(f"{pointer.kode}/"):
            yield Finding(path, ("praktik",), "error", "praktik-lain",
                          f"praktik '{name}' bukan milik daerah {pointer.kode}",
                          "Sebut praktik yang dikirim daerah itu sendiri.")


def pointers_have_another_voice(portal: Portal) -> Iterator[Finding]:
    """Not all that is known comes from the region itself, or it is said why."""
    for path, pointer in _all(portal):
        region = portal.regions.get(pointer.kode)
        if region and pointer.fakta and not pointer.catatan_sumber and all(
                fact.jenis_sumber == "pemerintah" and _is_own(region, fact.penerbit)
                for fact in pointer.fakta):
            yield Finding(path, ("fakta",), "error", "satu-suara",
                          "semua fakta diterbitkan daerah itu sendiri",
                          "Tambahkan fakta dari penerbit lain, "
                          "atau isi 'catatan_sumber': mengapa tetap ditunjuk.")


def _is_own(region: Region, publisher: str) -> bool:
    """Whether a public publisher is of this region: it bears a name that is not shared by many."""
    own = set(re.findall(r"\w+", region.name.casefold())) - GENERIC
    return bool(own & set(re.findall(r"\w+", publisher.casefold())))


def pointers_keep_dates(portal: Portal) -> Iterator[Finding]:
    """No source, and nothing it tells of, lies in the future."""
    if portal.latest is None:
        return
    today = portal.latest.isoformat()
    for path, pointer in _all(portal):
        dated: list[tuple[Location, str]] = [(("tahun",), str(pointer.tahun or ""))]
        for number, fact in enumerate(pointer.fakta):
            dated.append((("fakta", number, "tahun"), str(fact.tahun or "")))
            dated.append((("fakta", number, "tanggal_sumber"), fact.tanggal_sumber or ""))
        if pointer.tanggapan:
            dated.append((("tanggapan", "tanggal"), pointer.tanggapan.tanggal.isoformat()))
        for where, date in dated:
            if date > today[:len(date)]:
                yield Finding(path, where, "error", "tanggal-depan", f"tanggal {date} belum terjadi",
                              "Periksa tahun, bulan, dan harinya.")


RULES = (pointers_are_of_real_regions, pointers_name_competences, pointers_lead_to_cases,
         pointers_have_another_voice, pointers_keep_dates)
