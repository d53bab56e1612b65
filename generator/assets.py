"""Files beside the pages: stylesheet, scripts and pictures."""

from pathlib import Path

from generator.portal import Portal
from generator.render import THEME
from generator.stylesheet import build_stylesheet


def asset_files(root: Path, portal: Portal) -> dict[str, bytes]:
    """All of them, by address."""
    scripts = {f"assets/{path.name}": path.read_bytes() for path in sorted((THEME / "scripts").glob("*.js"))}
    return {"assets/simpul.css": build_stylesheet(THEME), **scripts}
