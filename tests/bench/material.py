"""The peer in looks: stock Material for MkDocs with the same texts, configured for thousands of pages."""

import shutil
import sys
from pathlib import Path

COMMAND = (sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "--quiet")
SETTINGS = """site_name: Simpul
site_url: https://simpul.example/
use_directory_urls: false
theme:
  name: material
  language: id
  font: false
  features: [navigation.prune, navigation.indexes, toc.follow]
plugins:
  - search: {lang: id}
markdown_extensions: [admonition, attr_list, footnotes, tables, toc]
"""
SEARCH = "search: {lang: id}"


def write(source: Path, root: Path) -> None:
    """The texts of the portal below `source` as a Material site below `root`, in the same folders."""
    shutil.rmtree(root, ignore_errors=True)
    pages = {f"praktik/{path.parts[-3]}/{path.name}": path
             for path in source.glob("content/daerah/*/praktik/*.md")}
    pages |= {f"modul/{path.parent.name}.md": path for path in source.glob("curriculum/modul/*/isi.md")}
    for name, path in pages.items():
        place = root / "docs" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(path.read_text(encoding="utf-8").replace("\njudul:", "\ntitle:", 1),
                         encoding="utf-8")
    (root / "docs" / "index.md").write_text("# Simpul\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
