"""Files beside the pages: stylesheet, scripts, codes for paper."""

import io
from collections.abc import Iterator
from pathlib import Path

import segno

from generator.portal import Portal
from generator.render import THEME
from generator.stylesheet import build_stylesheet


def asset_files(root: Path, portal: Portal) -> dict[str, bytes]:
    """All of them, by address."""
    scripts = {f"assets/{path.name}": path.read_bytes() for path in sorted((THEME / "scripts").glob("*.js"))}
    return {"assets/simpul.css": build_stylesheet(THEME), **scripts, **dict(_codes(portal))}


def _codes(portal: Portal) -> Iterator[tuple[str, bytes]]:
    """For each module a QR code of its permanent address, which its printed page shows."""
    base = portal.settings.site_url.rstrip("/")
    for name in portal.modules if base else ():
        file = io.BytesIO()
        segno.make(f"{base}/modul/{name}.html", micro=False).save(file, kind="svg", xmldecl=False, border=2, light="#fff")
        yield f"assets/qr/{name}.svg", file.getvalue()
