"""Noting that an overlay was reviewed: today's version and digests go into its file."""

from pathlib import Path
from typing import Any

from simpul.adapting.editing import add_beside, finished, put
from simpul.adapting.texts import CannotEditError, body, reading_path, sections, source_text
from simpul.figures.overlays import changed_blocks, lost_blocks
from simpul.markdown.blocks import digest_of
from simpul.portal import Portal
from simpul.sources.formats import Record, read_yaml


def renew(root: Path, portal: Portal, name: str) -> dict[str, str]:
    """The adaptation's file with the version and the digests of today's central text, by its path.

    Nothing is written here. Raises CannotEditError.
    """
    adaptation, path = portal.adaptations[name], portal.adaptation_path(name)
    if lost := lost_blocks(portal, adaptation):
        raise CannotEditError(f"bagian pusat '{adaptation.blok[lost[0]].section}' tidak ada lagi. "
                              f"Pilih bagian lain untuk blok itu di {path}, atau hapus bloknya.")
    version = portal.modules[adaptation.modul].versi
    text = source_text(root, path)
    record, rows = read_yaml(path, text), text.split("\n")
    put(rows, record.line(("basis_versi",)), "basis_versi", f'"{version}"')
    central = sections(body(root, reading_path(adaptation.modul)))
    changed = changed_blocks(portal, adaptation)
    digests = {number: f"sha256:{digest_of(central[adaptation.blok[number].section])}" for number in changed}
    for number in reversed(changed):  # from below, so that added lines move nothing still to be found
        block, value = adaptation.blok[number], f'"{digests[number]}"'
        if block.basis_hash:
            put(rows, record.line(("blok", number, "basis_hash")), "basis_hash", value)
        else:
            add_beside(rows, record.line(("blok", number, "ganti")), ("ganti", block.section),
                       "basis_hash", value)

    def holds(written: Record) -> bool:
        data: Any = written.value
        noted = all(data["blok"][place]["basis_hash"] == value for place, value in digests.items())
        return noted and bool(data["basis_versi"] == version)

    lines = [f'basis_hash: "{value}" pada blok {adaptation.blok[place].section}'
             for place, value in digests.items()]
    return {path: finished(path, rows, holds, "; ".join([f'basis_versi: "{version}"', *lines]))}
