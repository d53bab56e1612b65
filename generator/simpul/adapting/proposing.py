"""A good local block goes up: into the central module, with the credit of those who wrote it."""

import json
import posixpath
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simpul import model
from simpul.adapting.editing import append, finished, put
from simpul.adapting.texts import CannotEditError, body, heading_rows, reading_path, sections, source_text
from simpul.addresses import source_of
from simpul.figures.overlays import local_path, lost_blocks
from simpul.markdown import Outline, render
from simpul.markdown.blocks import first_row
from simpul.portal import Portal
from simpul.sources.formats import Record, read_yaml


def propose(root: Path, portal: Portal, name: str, section: str) -> dict[str, str]:
    """The central module's files with a local block, by path, for a pull request: the overlay stays.

    Nothing is written here. Raises CannotEditError.
    """
    adaptation = portal.adaptations[name]
    block = next((block for block in adaptation.blok if block.section == section), None)
    if block is None:
        known = ", ".join(dict.fromkeys(block.section for block in adaptation.blok))
        raise CannotEditError(f"penyesuaian ini tidak punya blok '{section}'. Pilihan: {known}.")
    if adaptation.blok.index(block) in lost_blocks(portal, adaptation):
        raise CannotEditError(f"bagian pusat '{section}' tidak ada lagi, jadi tempatnya tidak diketahui.")
    reading, place = reading_path(adaptation.modul), local_path(portal.adaptation_path(name), block)
    central, whole = body(root, reading), source_text(root, reading)
    local = _moved(body(root, place).strip("\n"), place, reading)
    authors = [author.instansi for author in adaptation.penyusun] or \
        [f"Pemda {portal.regions[name.partition('/')[0]].name}"]
    path = f"curriculum/modul/{adaptation.modul}/modul.yml"
    return {reading: whole.removesuffix(central) + _placed(central, block, local),
            path: _credited(path, source_text(root, path), portal.modules[adaptation.modul], authors)}


def _placed(text: str, block: model.Block, local: str) -> str:
    """The central text with the block in its place; a replaced section keeps its heading, so its address."""
    outline, rows = render(text, "").outline, text.split("\n")
    number = next(n for n, section in enumerate(outline.sections) if section.slug == block.section)
    starts = [row for row in heading_rows(outline)[number + 1:] if row is not None]
    start, end = outline.sections[number].line - 1, starts[0] if starts else len(rows)
    kept = rows[start:end] if block.tambah_setelah else rows[start:first_row(rows, start)]
    if block.ganti:
        local = "\n\n".join(part for part in sections(local).values() if part)
    new = [*"\n".join(kept).rstrip("\n").split("\n"), "", local, ""]
    return "\n".join([*rows[:start], *new, *rows[end:]]).rstrip("\n") + "\n"


def _moved(text: str, place: str, reading: str) -> str:
    """The local text with its relative links as they are written in the central module's folder."""
    outline = render(text, place).outline
    if outline.images:
        raise CannotEditError(f"blok memuat gambar '{outline.images[0].written}'. "
                              "Salin dulu gambarnya ke folder modul, lalu usulkan teksnya dengan tangan.")
    for link in outline.links:
        if link.to.url and not link.written.startswith(("/", "#")):
            target, mark, fragment = link.written.partition("#")
            moved = posixpath.relpath(source_of(target, place), posixpath.dirname(reading))
            text = text.replace(f"]({link.written})", f"]({moved}{mark}{fragment})")
    if _ends(render(text, reading).outline) != _ends(outline):
        raise CannotEditError("blok memuat tautan yang tidak dapat dipindahkan. Tulis alamatnya dari akar "
                              "portal, misalnya /modul/surel-dinas-aman.html, lalu ulangi.")
    return text


def _ends(outline: Outline) -> list[tuple[str, str]]:
    """Where each link leads: a page and a place on it, or an address outside."""
    return [(link.to.url or link.to.href, link.to.fragment) for link in outline.links]


def _credited(path: str, text: str, module: model.Module, authors: Sequence[str]) -> str:
    """The module's file with its middle version number raised, and the authors it does not name yet."""
    record, rows = read_yaml(path, text), text.rstrip("\n").split("\n")
    major, minor, _ = module.versi.split(".")
    version = f"{major}.{int(minor) + 1}.0"
    known = [author.instansi for author in module.penulis]
    new = [author for author in dict.fromkeys(authors) if author not in known]
    put(rows, record.line(("versi",)), "versi", f'"{version}"')
    if new:
        items = [f"{{ instansi: {json.dumps(author, ensure_ascii=False)} }}" for author in new]
        append(rows, record.line(("penulis",)) if known else 0, "penulis", items)

    def holds(written: Record) -> bool:
        data: Any = written.value
        named = {author["instansi"] for author in data.get("penulis", ())}
        return bool(data["versi"] == version) and named == {*known, *new}

    return finished(path, [*rows, ""], holds, f'versi: "{version}"; penulis: {", ".join(new)}')
