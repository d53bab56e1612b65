"""The texts of modules and overlays as they are written, cut into their sections."""

from pathlib import Path

from simpul.markdown import Outline, render
from simpul.markdown.blocks import cut
from simpul.sources.formats import decode, read_front_matter


class CannotEditError(Exception):
    """Why a file cannot be changed by machine, and what to do by hand; for the contributor."""


def reading_path(module: str) -> str:
    """The source of a module's reading."""
    return f"curriculum/modul/{module}/isi.md"


def source_text(root: Path, path: str) -> str:
    """A file's text, whatever its encoding and line ends."""
    return decode((root / path).read_bytes())


def body(root: Path, path: str) -> str:
    """A text without its front matter."""
    return read_front_matter(path, source_text(root, path)).body


def heading_rows(outline: Outline) -> list[int | None]:
    """The rows of the `##` headings in a text whose first line is 1; None for what stands before them."""
    return [section.line - 1 if section.slug else None for section in outline.sections]


def sections(text: str) -> dict[str, str]:
    """The source of each section by its name; "" for what stands before the first heading."""
    outline = render(text, "").outline
    return {section.slug: part
            for section, part in zip(outline.sections, cut(text, heading_rows(outline)), strict=False)}
