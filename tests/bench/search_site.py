"""A site that holds nothing but the search: its page, its scripts, an index. And Chromium to use it with."""

import functools
import gzip
import http.server
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from playwright.sync_api import Browser, sync_playwright

from simpul.html.assets import SCRIPTS, script, script_names
from simpul.search import Document, Lexicon, SynonymSet, analyse, build_index, lexicon_of
from tests.bench.search_corpus import CURRICULUM


def portal_lexicon() -> Lexicon:
    """The project's own abbreviations and synonyms."""
    short, words = (yaml.safe_load((CURRICULUM / name).read_text(encoding="utf-8"))
                    for name in ("singkatan.yml", "padanan.yml"))
    return lexicon_of((*(SynonymSet((row["singkatan"], row["kepanjangan"])) for row in short),
                       *(SynonymSet(tuple(row["kata"]), tuple(row.get("berarti", ()))) for row in words)))


LEXICON = portal_lexicon()
CSP = "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'"
FORM = ('<form role="search" action="{root}cari.html">'
        '<input name="q" type="search"{more}><button>Cari</button></form>')
HEAD = ('<!doctype html><html lang="id"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{CSP}">')
PAGE = f"""{HEAD}
<title>Cari</title></head><body>{FORM.format(root="", more=' id="q"')}<div id="saring"></div>\
<p id="jumlah" role="status"></p><p data-without></p>
<ol id="hasil"></ol><button id="lagi" hidden>Tampilkan lagi</button>
<script src="assets/search.js" defer data-akar=""></script>\
<script src="cari/pokok.js" defer></script></body></html>"""
OTHER = f"""{HEAD}
<title>Halaman</title></head><body>{FORM.format(root="../", more="")}\
<script src="../assets/search-hook.js" defer></script></body></html>"""
HOOK = "assets/search-hook.js"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]


def write_site(site: Path, documents: Iterable[Document], lexicon: Lexicon = LEXICON) -> None:
    """The search page, one other page, the scripts and the index."""
    files = build_index([analyse(document, lexicon) for document in documents], lexicon)
    files |= {f"assets/{name}": script(name) for name in script_names()}
    files |= {"cari.html": PAGE.encode(), "modul/satu.html": OTHER.encode(),
              HOOK: (SCRIPTS / "search-hook.js").read_bytes()}
    for url, data in files.items():
        (site / url).parent.mkdir(parents=True, exist_ok=True)
        (site / url).write_bytes(data)


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of the site on this machine, ending in a slash."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0),
                                         functools.partial(_Silent, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, offline."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        yield browser
        browser.close()


def packed(site: Path, url: str) -> int:
    """Bytes of a file as a server with gzip sends it."""
    return len(gzip.compress((site / url).read_bytes(), 9))
