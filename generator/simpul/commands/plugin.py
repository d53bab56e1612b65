"""The MkDocs side, and nothing else: an ordinary plugin that fills MkDocs' site folder with the portal."""

import shutil
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from simpul.builder.build import build
from simpul.builder.swap import files_below
from simpul.commands.failures import explained
from simpul.problems import as_text, errors
from simpul.runtime.workers import default_jobs
from simpul.sources.files import BadDayError

BUILT = Path(".cache/mkdocs")
"""The portal as built for MkDocs, which empties its own site folder each time."""


class SimpulPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """`plugins: [simpul]` in mkdocs.yml."""

    def on_config(self, config: MkDocsConfig) -> None:
        """Builds the portal, so that an error stops MkDocs before it empties its site folder."""
        try:
            report = build(_root(config), _root(config) / BUILT, default_jobs())
        except OSError as failure:
            raise PluginError(explained(failure)) from None
        except BadDayError as problem:
            raise PluginError(str(problem)) from None
        if errors(report.problems):
            raise PluginError("\n" + as_text(report.problems))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """MkDocs' own pages: none. All pages are made from the Portal."""
        return Files([])

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """The theme's files are templates, scripts and styles of the portal; it takes them itself."""
        for file in list(files):
            files.remove(file)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Puts the portal in the site folder, in the place of what MkDocs has written there itself. Hidden
        files are left alone, as MkDocs does.
        """
        site, built = Path(config.site_dir), _root(config) / BUILT
        for name in files_below(site).by_name:
            if not name.startswith(".") and not (built / name).exists():
                (site / name).unlink()
        shutil.copytree(built, site, dirs_exist_ok=True)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> None:
        """Watches the sources, which lie outside MkDocs' own folder."""
        for folder in ("curriculum", "content", "theme"):
            if (_root(config) / folder).is_dir():
                server.watch(str(_root(config) / folder))


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent
