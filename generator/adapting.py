"""Keeping regional overlays in line with the central modules: review what has changed, propose a local block upward."""

import json
import posixpath
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator import model
from generator.addresses import source_of
from generator.blocks import cut, digest_of
from generator.checks.adaptations import changed_blocks, local_path
from generator.markdown import Outline, render
from generator.portal import Portal
from generator.sources import Record, decode, read_front_matter, read_yaml

VERSIONS_LOOKED_AT = 200


class Compared(NamedTuple):
    """One replaced section: the central text the block was made from (None where it cannot be found), the central text of
    today, and the local text.
    """

    section: str
    old: str | None
    new: str
    local: str


class CannotProposeError(Exception):
    """Why a block cannot go into the central module, for the contributor."""


def _reading(module: str) -> str:
    return f"curriculum/modul/{module}/isi.md"


def _text(root: Path, path: str) -> Record:
    return read_front_matter(path, decode((root / path).read_bytes()))


def _rows(outline: Outline) -> list[int | None]:
    """The rows of the `##` headings in a text whose first line is 1."""
    return [section.line - 1 if section.slug else None for section in outline.sections]


def sections(text: str) -> dict[str, str]:
    """The source of each section by its name; "" for what stands before the first heading."""
    outline = render(text, "").outline
    return {section.slug: body for section, body in zip(outline.sections, cut(text, _rows(outline)), strict=False)}


def review(root: Path, portal: Portal, name: str) -> list[Compared]:
    """The replaced sections of an adaptation whose central text has changed, or was never noted."""
    adaptation = portal.adaptations[name]
    path = _reading(adaptation.modul)
    central = sections(_text(root, path).body)
    found = []
    for number in changed_blocks(portal, adaptation):
        block = adaptation.blok[number]
        local = _text(root, local_path(portal.adaptation_path(name), block)).body
        old = _old(root, path, block) if block.basis_hash else None
        found.append(Compared(block.section, old, central[block.section], local.strip("\n")))
    return found


def _old(root: Path, path: str, block: model.Block) -> str | None:
    """The section as the block knew it, looked up in the history that git keeps of the file; None where there is none."""
    for text in _history(root, path):
        old = sections(text).get(block.section)
        if old is not None and digest_of(old) == (block.basis_hash or "")[7:23]:
            return old
    return None


def _history(root: Path, path: str) -> Iterator[str]:
    """Earlier texts of a file, newest first; none without git."""
    log = _git(root, "log", f"-{VERSIONS_LOOKED_AT}", "--format=%H", "--", path)
    for commit in log.decode().split():
        yield read_front_matter(path, decode(_git(root, "show", f"{commit}:./{path}"))).body


def _git(root: Path, *arguments: str) -> bytes:
    try:
        command = ["git", "-C", str(root), *arguments]  # the paths are those of adaptations that are there
        return subprocess.run(command, capture_output=True, check=False).stdout  # noqa: S603
    except OSError:
        return b""


def renew(root: Path, portal: Portal, name: str) -> str:
    """Notes that an adaptation was reviewed: writes today's version and digests into its file, and returns the file's path."""
    adaptation, path = portal.adaptations[name], portal.adaptation_path(name)
    text = decode((root / path).read_bytes())
    record, rows = read_yaml(path, text), text.split("\n")
    _put(rows, record.line(("basis_versi",)), "basis_versi", f'"{portal.modules[adaptation.modul].versi}"')
    digests = {slug: digest_of(body) for slug, body in sections(_text(root, _reading(adaptation.modul)).body).items()}
    for number in reversed(changed_blocks(portal, adaptation)):  # from below, so that added lines move nothing still to be found
        block = adaptation.blok[number]
        value = f'"sha256:{digests[block.section]}"'
        if block.basis_hash:
            _put(rows, record.line(("blok", number, "basis_hash")), "basis_hash", value)
        else:
            _add(rows, record.line(("blok", number, "ganti")), block.section, value)
    (root / path).write_text("\n".join(rows), encoding="utf-8")
    return path


def _put(rows: list[str], line: int, key: str, value: str) -> None:
    """Replaces the value of a key in its line."""
    rows[line - 1] = re.sub(rf"""\b{key}:\s*("[^"]*"|'[^']*'|[^\s,}}]+)""", f"{key}: {value}", rows[line - 1], count=1)


def _add(rows: list[str], line: int, section: str, value: str) -> None:
    """Adds the digest beside the section's name, in braces or below it."""
    row = rows[line - 1]
    before, _, _ = row.partition("ganti:")
    if "{" in before:
        rows[line - 1] = re.sub(rf"""(ganti:\s*["']?{re.escape(section)}["']?)""", rf"\1, basis_hash: {value}", row, count=1)
    else:
        rows.insert(line, f"{' ' * len(before)}basis_hash: {value}")


def propose(root: Path, portal: Portal, name: str, section: str) -> list[str]:
    """Writes a local block into the central module, with the credit of those who wrote it, and returns the changed paths.

    The result is for a pull request: nothing of the overlay changes. Raises CannotProposeError.
    """
    adaptation = portal.adaptations[name]
    block = next((block for block in adaptation.blok if block.section == section), None)
    if block is None:
        known = ", ".join(block.section for block in adaptation.blok)
        raise CannotProposeError(f"penyesuaian ini tidak punya blok '{section}'. Pilihan: {known}.")
    reading = _reading(adaptation.modul)
    place = local_path(portal.adaptation_path(name), block)
    local = _with_links(_text(root, place).body.strip("\n"), place, reading)
    record = _text(root, reading)
    whole = decode((root / reading).read_bytes())
    changed = _placed(record.body, block, local)
    (root / reading).write_text(whole.removesuffix(record.body) + changed, encoding="utf-8")
    authors = [author.instansi for author in adaptation.penyusun] or [f"Pemda {portal.regions[name.partition('/')[0]].name}"]
    return [reading, _credit(root, portal.modules[adaptation.modul], authors)]


def _placed(text: str, block: model.Block, local: str) -> str:
    """The central text with the block in its place."""
    outline, rows = render(text, "").outline, text.split("\n")
    number = next(n for n, section in enumerate(outline.sections) if section.slug == block.section)
    starts = [row for row in _rows(outline)[number + 1:] if row is not None]
    start, end = outline.sections[number].line - 1, starts[0] if starts else len(rows)
    kept = rows[start:end] if block.tambah_setelah else [rows[start], ""]
    own = render(local, "").outline.sections
    if block.ganti and own and own[0].slug:
        local = "\n".join(local.split("\n")[1:]).strip("\n")
    kept = [*"\n".join(kept).rstrip("\n").split("\n"), "", local, ""]
    return "\n".join([*rows[:start], *kept, *rows[end:]]).rstrip("\n") + "\n"


def _with_links(text: str, place: str, reading: str) -> str:
    """The local text with its relative links as they are written in the central module's folder."""
    outline = render(text, place).outline
    if outline.images:
        raise CannotProposeError(f"blok memuat gambar '{outline.images[0].written}'. Salin dulu gambarnya ke folder modul, "
                                 "lalu usulkan teksnya dengan tangan.")
    for link in outline.links:
        if link.to.url and not link.written.startswith(("/", "#")):
            target, mark, fragment = link.written.partition("#")
            moved = posixpath.relpath(source_of(target, place), posixpath.dirname(reading))
            text = text.replace(f"]({link.written})", f"]({moved}{mark}{fragment})")
    return text


def _credit(root: Path, module: model.Module, authors: list[str]) -> str:
    """Raises the module's middle version number and adds the authors it does not name yet."""
    path = f"curriculum/modul/{module.id}/modul.yml"
    text = decode((root / path).read_bytes())
    record, rows = read_yaml(path, text), text.rstrip("\n").split("\n")
    major, minor, _ = module.versi.split(".")
    _put(rows, record.line(("versi",)), "versi", f'"{major}.{int(minor) + 1}.0"')
    known = {author.instansi for author in module.penulis}
    new = [f"{{ instansi: {json.dumps(author, ensure_ascii=False)} }}" for author in authors if author not in known]
    if new:
        _add_authors(rows, record.line(("penulis",)) if module.penulis else 0, new)
    (root / path).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def _add_authors(rows: list[str], line: int, authors: list[str]) -> None:
    """Adds to the list in its own form: in brackets, or one author a line."""
    if not line:
        rows.append(f"penulis: [{', '.join(authors)}]")
    elif rows[line - 1].rstrip().endswith("]"):
        rows[line - 1] = f"{rows[line - 1].rstrip()[:-1]}, {', '.join(authors)}]"
    else:
        rows[line:line] = [f"  - {author}" for author in authors]
