"""Regional overlays against the central module: which of its sections have changed or gone since."""

import posixpath

from simpul.markdown import Outline
from simpul.model import Adaptation, Block
from simpul.portal import Portal


def central_outline(portal: Portal, module: str) -> Outline:
    """The outline of a module's reading."""
    entry = portal.entries.get(f"curriculum/modul/{module}/isi.md")
    return entry.outline if entry and entry.outline else Outline()


def local_path(path: str, block: Block) -> str:
    """The source of a block's text, given the overlay's path."""
    return f"{posixpath.dirname(path)}/{block.berkas}"


def changed_blocks(portal: Portal, adaptation: Adaptation) -> list[int]:
    """The places of replacing blocks whose central section is not what it was when they were written."""
    digests = {section.slug: section.digest for section in central_outline(portal, adaptation.modul).sections}
    return [number for number, block in enumerate(adaptation.blok)
            if block.ganti in digests and (block.basis_hash or "")[7:23] != digests[block.ganti]]


def lost_blocks(portal: Portal, adaptation: Adaptation) -> list[int]:
    """The places of blocks whose central section is gone."""
    known = {section.slug for section in central_outline(portal, adaptation.modul).sections}
    return [number for number, block in enumerate(adaptation.blok) if block.section not in known]


def is_stale(portal: Portal, adaptation: Adaptation) -> bool:
    """Whether the central module has changed since the overlay was made or reviewed."""
    version = portal.modules[adaptation.modul].versi
    return adaptation.basis_versi != version or bool(changed_blocks(portal, adaptation))
