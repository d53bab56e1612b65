"""Rules about sources that were renamed or withdrawn: each line of a `pindah.yml` tells one that is gone, and
where it went; what still names a withdrawn one is told to its owner.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from simpul.addresses import REGIONS
from simpul.checks.links import FRAME, anchors_of
from simpul.model import Move
from simpul.portal import Portal
from simpul.portal.moves import Moved, entry_of, source_named, steps_of
from simpul.portal.old_addresses import old_addresses
from simpul.problems import Finding, one_of
from simpul.sources.schema import kind_of

OTHER_REGION = re.compile(r"(?:^|/)(\d\d(?:\.\d\d)?)(?=/)")
ENDING = re.compile(r"(/modul\.yml|\.md|\.yml|\.html)\Z")
NAMED = 3
Line = tuple[str, int, Move]


def _lines(portal: Portal) -> Iterator[Line]:
    return portal.listed("pindah", Move)


def names_are_of_this_folder(portal: Portal) -> Iterator[Finding]:
    """What is moved, and where to, are sources of the folder that the file stands in."""
    for source, place, item in _lines(portal):
        for field, name in (("dari", item.dari), ("ke", item.ke)):
            if name and not source_named(source, name):
                message, hint = _misnamed(source, name)
                yield Finding(source, (place, field), "error", "pindah-nama", message, hint)


def _misnamed(source: str, name: str) -> tuple[str, str]:
    home = posixpath.dirname(source)
    code = source.split("/")[2] if source.startswith(REGIONS) else ""
    other = OTHER_REGION.search(name)
    if other and other[1] != code:
        return (f"'{name}' milik daerah {other[1]}",
                f"Tulis di content/daerah/{other[1]}/pindah.yml; setiap daerah mencatat berkasnya sendiri.")
    plain = ENDING.sub("", name.removeprefix(f"{home}/").removeprefix("content/"))
    plain = plain.replace(f"praktik/{code}/", "praktik/") if code else plain
    if plain != name and source_named(source, plain):
        return f"'{name}' bukan nama pendek", f"Tulis '{plain}'."
    form = "praktik/nama-praktik atau adaptasi/nama-modul" if code else \
        "modul/nama-modul, jalur/nama-jalur, model/nama-model, penunjuk/73.71-nama, atau panduan/nama-panduan"
    return f"'{name}' bukan berkas di folder ini", f"Tulis seperti {form}, tanpa akhiran."


def each_has_one_fate(portal: Portal) -> Iterator[Finding]:
    """A source is renamed or withdrawn, not both; who withdraws it says why. Each is told once."""
    told: set[tuple[str, str]] = set()
    for source, place, item in _lines(portal):
        if (item.ke is None) == (item.dicabut is None):
            yield Finding(source, (place,), "error", "pindah-isi",
                          f"'{item.dari}' harus punya salah satu: 'ke' atau 'dicabut'",
                          "Pakai 'ke' bila berganti nama, 'dicabut' dan 'alasan' bila ditarik.")
        elif item.dicabut and not item.alasan:
            yield Finding(source, (place,), "error", "pindah-isi", f"alasan '{item.dari}' ditarik belum ada",
                          "Tambahkan 'alasan': satu kalimat bagi pembaca yang mencarinya.")
        if (source, item.dari) in told:
            yield Finding(source, (place, "dari"), "error", "pindah-ganda",
                          f"'{item.dari}' sudah tercatat di atas", "Hapus salah satunya.")
        told.add((source, item.dari))


def what_moved_is_gone(portal: Portal) -> Iterator[Finding]:
    """A source that was moved is not there any more."""
    for source, place, item in _lines(portal):
        old = source_named(source, item.dari)
        if old in portal.entries:
            yield Finding(source, (place, "dari"), "error", "pindah-masih-ada", f"'{item.dari}' masih ada",
                          f"Hapus {old} bila sudah diganti atau ditarik; bila belum, hapus baris ini.")


def moves_lead_to_a_source(portal: Portal) -> Iterator[Finding]:
    """Where a source went there is one of its kind; moves do not go round."""
    entries = portal.kinds.get("pindah", {})
    steps = steps_of(entries, portal.entries)
    for source, place, item in _lines(portal):
        old, new = source_named(source, item.dari), source_named(source, item.ke or "")
        if not old or not new:
            continue
        if kind_of(old) != kind_of(new):
            yield Finding(source, (place, "ke"), "error", "pindah-jenis",
                          f"'{item.dari}' dan '{item.ke}' tidak sejenis",
                          "Praktik berganti nama menjadi praktik, modul menjadi modul.")
        elif new not in portal.entries and new not in steps:
            yield Finding(source, (place, "ke"), "error", "pindah-tujuan", f"'{item.ke}' tidak ada",
                          one_of(item.ke or "", _known(portal, old),
                                 "Periksa namanya; bila halamannya ditarik, ganti 'ke' dengan 'dicabut' "
                                 "dan 'alasan'."))
    yield from _rounds(steps)


def _known(portal: Portal, old: str) -> list[str]:
    """The names of the sources beside an old one."""
    kind = kind_of(old)
    others = portal.kinds.get(kind.name if kind else "", {})
    return [name for file, name in map(entry_of, others) if file == entry_of(old)[0]]


def _rounds(steps: Mapping[str, Moved]) -> Iterator[Finding]:
    """Each round once, at its first member in order of path."""
    done: set[str] = set()
    for start in sorted(steps):
        trail: list[str] = []
        at = start
        while at in steps and at not in done:
            done.add(at)
            trail.append(at)
            at = steps[at].new
        if at in trail:
            ring = trail[trail.index(at):]
            names = [entry_of(path)[1] for path in (*ring, at)]
            step = steps[at]
            yield Finding(step.source, (step.place, "ke"), "error", "lingkaran",
                          f"nama berputar: {' -> '.join(names)}", "Hapus salah satu baris dalam putaran ini.")


def links_lead_to_what_is_there(portal: Portal) -> Iterator[Finding]:
    """A link to a withdrawn page is shown as a text; one to a renamed page may name a part that it lacks."""
    old = old_addresses(portal)
    anchors = anchors_of(portal, {found.new for found in old.values()})
    for path, entry in portal.entries.items() if old else ():
        for link in entry.links:
            found = old.get(link.to.url)
            if found and not found.new:
                yield Finding(path, link.line, "warning", "tautan-ditarik",
                              f"tautan '{link.written}' menuju halaman yang sudah ditarik",
                              "Hapus atau ganti tautannya; sementara ini tampil sebagai teks (ditarik).")
            elif found and _lacks(anchors, found.new, link.to.fragment):
                yield Finding(path, link.line, "warning", "jangkar-pindah",
                              f"bagian '#{link.to.fragment}' tidak ada di {found.new}",
                              "Halaman itu berganti nama; tulis jalur dan bagiannya yang baru.")


def _lacks(anchors: Mapping[str, set[str]], url: str, fragment: str) -> bool:
    return bool(fragment) and url in anchors and fragment not in anchors[url] and not FRAME.match(fragment)


def fields_name_what_is_there(portal: Portal) -> Iterator[Finding]:
    """Who names a withdrawn source is told; what cannot be without it keeps it from being withdrawn."""
    needed = defaultdict[Moved, list[str]](list)
    for path, found in portal.moves.lost.items():
        for lost in found:
            if lost.needed:
                needed[lost.moved].append(path)
            else:
                yield Finding(path, lost.where, "warning", "rujukan-ditarik", f"'{lost.name}' sudah ditarik",
                              "Hapus atau ganti rujukannya; sementara ini tampil sebagai teks (ditarik).")
    for moved, paths in needed.items():
        others = list(dict.fromkeys(paths))
        more = f" dan {len(others) - NAMED} berkas lain" if len(others) > NAMED else ""
        name = entry_of(moved.old)[1]
        yield Finding(moved.source, (moved.place, "dari"), "error", "pindah-dipakai",
                      f"'{name}' masih dipakai {', '.join(others[:NAMED])}{more}", _kept(name))


def _kept(name: str) -> str:
    if name.startswith("modul/"):
        return "Kembalikan modulnya dan tulis 'siklus: dicabut' di modul.yml, atau isi 'ke' dengan gantinya."
    return "Kembalikan berkasnya, atau isi 'ke' dengan gantinya."


def overlays_of_a_renamed_module_are_one(portal: Portal) -> Iterator[Finding]:
    """An overlay goes with its module; a region has one of each."""
    if not portal.moves.moved:
        return
    first: dict[str, str] = {}
    for path, entry in sorted(portal.kinds.get("adaptasi", {}).items(), key=_renamed_last):
        if first.setdefault(entry.name, path) != path:
            module = entry.name.partition("/")[2]
            yield Finding(path, 1, "error", "penyesuaian-ganda",
                          f"modul ini kini bernama '{module}', dan {first[entry.name]} sudah ada",
                          "Gabungkan isinya ke sana, lalu hapus berkas ini.")


def _renamed_last(item: tuple[str, object]) -> tuple[bool, str]:
    path, entry = item
    stem = posixpath.basename(path).removesuffix(".yml")
    return not str(getattr(entry, "name", "")).endswith(f"/{stem}"), path


RULES = (names_are_of_this_folder, each_has_one_fate, what_moved_is_gone, moves_lead_to_a_source,
         links_lead_to_what_is_there, fields_name_what_is_there, overlays_of_a_renamed_module_are_one)
