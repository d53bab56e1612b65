"""The MkDocs side, and nothing else: an ordinary plugin that fills MkDocs' site folder with the portal."""

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from simpul.builder.build import build
from simpul.commands.failures import explained
from simpul.problems import as_text, errors
from simpul.runtime.folders import NotOursError
from simpul.runtime.workers import default_jobs
from simpul.sources.files import BadDayError

SCRATCH = Path(".cache/mkdocs")
"""Given to MkDocs as its site folder: it empties that first, and fills it with what nobody needs."""


class SimpulPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """`plugins: [simpul]` in mkdocs.yml."""

    def __init__(self) -> None:
        self.site = ""

    def on_config(self, config: MkDocsConfig) -> None:
        """Builds the portal in the site folder, which MkDocs itself never touches: an error leaves it as it
        is.
        """
        self.site = config.site_dir
        try:
            report = build(_root(config), Path(self.site), default_jobs(), choice="(site_dir di mkdocs.yml)")
        except OSError as failure:
            raise PluginError(explained(failure)) from None
        except (BadDayError, NotOursError) as problem:
            raise PluginError(str(problem)) from None
        if errors(report.problems):
            raise PluginError("\n" + as_text(report.problems))
        config.site_dir = str(_root(config) / SCRATCH)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """MkDocs' own pages: none. All pages are made from the Portal."""
        return Files([])

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """The theme's files are templates, scripts and styles of the portal; it takes them itself."""
        for file in list(files):
            files.remove(file)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Tells MkDocs, and the plugins after this one, where the site is."""
        config.site_dir = self.site

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> None:
        """Watches the sources, which lie outside MkDocs' own folder."""
        for folder in ("curriculum", "content", "theme"):
            if (_root(config) / folder).is_dir():
                server.watch(str(_root(config) / folder))


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent
