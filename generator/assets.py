"""Files beside the pages: stylesheet, scripts and pictures."""

from pathlib import Path

from generator.portal import Portal
from generator.render import THEME


def asset_files(root: Path, portal: Portal) -> dict[str, bytes]:
    """All of them, by address."""
    return {f"assets/{path.name}": path.read_bytes() for path in sorted((THEME / "scripts").glob("*.js"))}
