"""Rules about regional overlays: they fit the central module, say when it changed, and keep the minimum."""

import posixpath
from collections.abc import Iterator

from simpul.figures.overlays import central_outline, changed_blocks, local_path
from simpul.markdown import Outline
from simpul.model import Adaptation, Block, Module, Target
from simpul.portal import Portal
from simpul.problems import Finding, Severity, did_you_mean, one_of

Overlay = tuple[str, Adaptation, Module]


def _overlays(portal: Portal) -> Iterator[Overlay]:
    """Overlays of modules that can be read, with their path."""
    for name, adaptation in portal.adaptations.items():
        module = portal.modules.get(adaptation.modul)
        if module and name.endswith(f"/{module.id}") and central_outline(portal, module.id).sections:
            yield portal.adaptation_path(name), adaptation, module


def overlays_have_a_module(portal: Portal) -> Iterator[Finding]:
    """An overlay's file is named after the module it adapts."""
    for name, adaptation in portal.adaptations.items():
        path, stem = portal.adaptation_path(name), name.partition("/")[2]
        if adaptation.modul != stem:
            yield Finding(path, ("modul",), "error", "nama-berkas",
                          f"modul '{adaptation.modul}' berbeda dari nama berkas '{stem}'",
                          f"Ganti nama berkasnya menjadi '{adaptation.modul}.yml'.")
        elif stem not in portal.modules and stem not in portal.broken["modul"]:
            yield Finding(path, ("modul",), "error", "rujukan-modul", f"modul '{stem}' tidak ada",
                          one_of(stem, portal.modules))


def overlays_answer_needs(portal: Portal) -> Iterator[Finding]:
    """An overlay answers needs that its region has stated; where there are none, their file may yet come."""
    for name, adaptation in portal.adaptations.items():
        code = name.partition("/")[0]
        known = [need.id for need in portal.needs.get(code, ())]
        if code in portal.needs and portal.entries[f"content/daerah/{code}/kebutuhan.yml"].faulty:
            continue  # told there, and the need may be among what is broken
        for number, need in enumerate(adaptation.menjawab_kebutuhan):
            if need not in known:
                hint = one_of(need, known, f"Catat kebutuhannya di content/daerah/{code}/kebutuhan.yml.")
                yield Finding(portal.adaptation_path(name), ("menjawab_kebutuhan", number),
                              "error" if known else "warning", "rujukan-kebutuhan",
                              f"kebutuhan '{need}' tidak ada di kebutuhan.yml daerah ini", hint)


def blocks_fit(portal: Portal) -> Iterator[Finding]:
    """A block replaces or follows one section that the module has, and no section is replaced twice.

    A section that the centre has taken away since is a change to review, not a mistake of the region.
    """
    for path, adaptation, module in _overlays(portal):
        known = [section.slug for section in central_outline(portal, module.id).sections if section.slug]
        replaced: set[str] = set()
        for number, block in enumerate(adaptation.blok):
            where = ("blok", number)
            if (block.ganti is None) == (block.tambah_setelah is None):
                yield Finding(path, where, "error", "blok",
                              "blok harus menyebut salah satu: 'ganti' atau 'tambah_setelah'",
                              "Pakai 'ganti' untuk mengganti bagian, 'tambah_setelah' untuk menambah bagian.")
            elif block.section not in known:
                severity: Severity = "error" if adaptation.basis_versi == module.versi else "warning"
                yield Finding(path, where, severity, "blok",
                              f"modul '{module.id}' tidak punya bagian '{block.section}'",
                              one_of(block.section, known))
            elif block.ganti in replaced:
                yield Finding(path, where, "error", "blok", f"bagian '{block.ganti}' diganti dua kali",
                              "Hapus salah satunya.")
            replaced.add(block.ganti or "")


def local_texts_are_there(portal: Portal) -> Iterator[Finding]:
    """A block's text exists and has words; every local text is used by some overlay."""
    used: set[str] = set()
    for name, adaptation in portal.adaptations.items():
        path = portal.adaptation_path(name)
        for number, block in enumerate(adaptation.blok):
            text = local_path(path, block)
            entry = portal.entries.get(text)
            used.add(text)
            if entry is None:
                yield Finding(path, ("blok", number, "berkas"), "error", "tanpa-berkas",
                              f"berkas '{block.berkas}' tidak ada",
                              did_you_mean(block.berkas, _beside(portal, path), f"Buat {text}."))
            elif entry.outline and entry.outline.words == 0:
                yield Finding(text, 1, "error", "berkas-kosong", "bagian lokal ini masih kosong",
                              "Tulis isinya.")
    broken = {posixpath.dirname(path) for path, entry in portal.entries.items()
              if entry.kind == "adaptasi" and not entry.items}
    for path, entry in portal.entries.items():
        if entry.kind == "lokal" and path not in used and posixpath.dirname(path) not in broken:
            yield Finding(path, 1, "warning", "tak-dipakai", "berkas ini tidak dipakai penyesuaian mana pun",
                          "Sebutkan pada 'blok' di berkas .yml folder ini, atau hapus.")


def _beside(portal: Portal, path: str) -> list[str]:
    folder = posixpath.dirname(path)
    return [posixpath.basename(other) for other in portal.files
            if posixpath.dirname(other) == folder and other.endswith(".md")]


def local_headings_fit(portal: Portal) -> Iterator[Finding]:
    """Anchors stay unique on the page; an added block begins with a `##`, a replacing one has at most one."""
    for path, adaptation, module in _overlays(portal):
        gone = {block.ganti for block in adaptation.blok}
        taken = _remaining_anchors(central_outline(portal, module.id), gone)
        for block in adaptation.blok:
            text = local_path(path, block)
            entry = portal.entries.get(text)
            if not entry or not entry.outline or not entry.outline.words:
                continue
            yield from _shape(text, block, entry.outline)
            for heading in entry.outline.headings:
                if heading.slug in taken and heading.slug != block.ganti:
                    yield Finding(text, heading.line, "error", "jangkar-ganda",
                                  f"judul '{heading.text}' sudah dipakai di halaman ini",
                                  "Ganti judulnya, atau beri nama lain di ujungnya, "
                                  "misalnya {#latihan-di-pulau}.")
                taken.add(heading.slug)


def _remaining_anchors(outline: Outline, gone: set[str | None]) -> set[str]:
    anchors: set[str] = set()
    section = ""
    for heading in outline.headings:
        section = heading.slug if heading.level == 2 else section
        if section not in gone:
            anchors.add(heading.slug)
    return anchors


def _shape(text: str, block: Block, outline: Outline) -> Iterator[Finding]:
    first = outline.sections[0]
    if block.tambah_setelah and not first.slug:
        yield Finding(text, 1, "error", "tanpa-judul", "bagian tambahan belum diawali judul",
                      "Awali dengan baris '## Judul bagian'.")
    if block.ganti and len(outline.sections) > 1:
        yield Finding(text, outline.sections[-1].line, "error", "dua-bagian",
                      "pengganti satu bagian memuat judul '##' di tengahnya",
                      "Pakai '###' di dalamnya, atau pecah menjadi dua blok.")


def overlays_follow_the_module(portal: Portal) -> Iterator[Finding]:
    """An overlay of an older version or a changed section waits for review; none is of a version to come."""
    for path, adaptation, module in _overlays(portal):
        name = "/".join((path.split("/")[2], module.id))
        remedy = f"Tinjau dengan 'simpul adapt review {name}'."
        if _numbers(adaptation.basis_versi) > _numbers(module.versi):
            yield Finding(path, ("basis_versi",), "error", "basis-depan",
                          f"basis_versi {adaptation.basis_versi} lebih baru daripada modul ({module.versi})",
                          f"Tulis versi yang menjadi dasar, misalnya \"{module.versi}\".")
        elif adaptation.basis_versi != module.versi:
            yield Finding(path, ("basis_versi",), "warning", "perlu-ditinjau",
                          f"modul pusat kini versi {module.versi}, "
                          f"penyesuaian ini dibuat dari {adaptation.basis_versi}", remedy)
        for number in changed_blocks(portal, adaptation):
            block = adaptation.blok[number]
            what = "berubah sejak disesuaikan" if block.basis_hash else "belum dicatat sidiknya"
            yield Finding(path, ("blok", number), "warning", "perlu-ditinjau",
                          f"bagian pusat '{block.ganti}' {what}", remedy)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def levels_stay_above_the_minimum(portal: Portal) -> Iterator[Finding]:
    """What an overlay teaches reaches the national minimum that the central module reaches for its groups."""
    for path, adaptation, module in _overlays(portal):
        taught = {target.kompetensi: target.tingkat for target in adaptation.mengajarkan}
        for target in module.mengajarkan if taught else ():
            needed = _minimum(portal, module, target)
            if taught.get(target.kompetensi, "0") < needed:
                yield Finding(path, ("mengajarkan",), "error", "di-bawah-minimum",
                              f"kompetensi {target.kompetensi} turun di bawah standar minimum nasional "
                              f"(tingkat {needed})",
                              f"Ajarkan sampai tingkat {needed}, atau hapus 'mengajarkan' "
                              "supaya mengikuti modul pusat.")


def _minimum(portal: Portal, module: Module, target: Target) -> str:
    """The highest level of the national minimum the module's target reaches for its groups, or "0"."""
    cells = portal.framework.standar_minimum if portal.framework else ()
    return max((cell.tingkat for cell in cells
                if cell.kompetensi == target.kompetensi and cell.tingkat <= target.tingkat
                and (cell.kelompok in module.sasaran or not module.sasaran)), default="0")


RULES = (overlays_have_a_module, overlays_answer_needs, blocks_fit, local_texts_are_there, local_headings_fit,
         overlays_follow_the_module, levels_stay_above_the_minimum)
