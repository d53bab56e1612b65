"""What a release adds, changes and removes, for readers (perubahan.html) and machines (perubahan.json)."""

import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from simpul.mirror.client.tree import Tree
from simpul.mirror.generated import GENERATED, POLICY, long_date

SHOWN = 200  # pages of one kind that the page names; the JSON names all
_TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True)
class Changes:
    """Paths of one release against the one before, sorted."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    withdrawn: int = 0

    def unnamed(self) -> "Changes":
        """What was removed is only counted: an address may name somebody."""
        return replace(self, removed=(), withdrawn=len(self.removed))


def compare(old: Tree, new: Tree) -> Changes:
    """The changes between two sites, without what the release itself writes."""
    before, now = ({path: file for path, file in tree.items() if path not in GENERATED}
                   for tree in (old, new))
    return Changes(
        tuple(sorted(now.keys() - before.keys())),
        tuple(sorted(path for path in now.keys() & before.keys() if now[path] != before[path])),
        tuple(sorted(before.keys() - now.keys())),
    )


def as_json(changes: Changes, release: int, date: str) -> bytes:
    """All paths, by kind of change."""
    document = {"rilis": release, "tanggal": date, "ditambah": changes.added, "diubah": changes.changed,
                "dihapus": changes.removed, **({"dicabut": changes.withdrawn} if changes.withdrawn else {})}
    return json.dumps(document, ensure_ascii=False, indent=0).encode() + b"\n"


def as_html(changes: Changes, release: int, date: str, read: Callable[[str], bytes],
            programs: Mapping[str, str], origin: str) -> bytes:
    """A page that needs no script. `programs` are those on offer to mirrors, path and SHA-256; `origin` is
    the portal's address, below which the release folder is `rilis/`.
    """
    offers = "".join(
        f'<li><a href="{path}" download>{path.rpartition("/")[2]}</a>: <code>{digest}</code></li>\n'
        for path, digest in programs.items())
    parts = [
        _section("Halaman baru", changes.added, read), _section("Halaman yang diubah", changes.changed, read),
        _section("Halaman yang dihapus", changes.removed, None),
        f"<h2>Berkas yang dicabut: {changes.withdrawn}</h2>\n<p>Alamatnya tidak disebut lagi.</p>\n"
        if changes.withdrawn else "",
    ]
    return document(f"Perubahan rilis {release}", f"""<p>Terbit {long_date(date)}. \
<a href="index.html">Ke beranda</a>.
Daftar lengkap untuk mesin: <a href="perubahan.json">perubahan.json</a>.</p>
{"".join(parts)}<h2>Salinan di daerah</h2>
<p>Siapa pun boleh menyajikan salinan portal ini dengan salah satu program berikut. Cocokkan SHA-256 \
berkasnya sebelum dijalankan:</p>
<ul>
{offers}</ul>
{_zips(origin)}""", '<script src="assets/rilis.js" defer></script>\n')


def document(title: str, body: str, script: str = "", root: str = "") -> bytes:
    """A page in the site's looks, whose root is up there; without its stylesheet it is as readable."""
    return f"""<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{html.escape(POLICY, quote=False)}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="{root}assets/simpul.css">
{script}</head>
<body>
<main class="md-content" id="isi">
<article class="md-content__inner md-typeset">
<h1>{title}</h1>
{body}</article>
</main>
<footer class="md-footer"><div class="md-footer-meta md-typeset">\
<div class="md-grid footer"></div></div></footer>
</body>
</html>
""".encode()


def _zips(origin: str) -> str:
    place = html.escape(f"{origin.rstrip('/')}/rilis/unduh/index.html")
    return (f'<p>Bila hosting hanya punya menu unggah berkas: <a href="{place}">zip rilis ini</a>, '
            "atau zip kecil yang hanya berisi perubahannya.</p>\n") if origin else ""


def _section(title: str, paths: tuple[str, ...], read: Callable[[str], bytes] | None) -> str:
    pages = [path for path in paths if path.endswith(".html")]
    if not paths:
        return ""
    rows = [f"<li>{_link(path, read)}</li>\n" for path in pages[:SHOWN]]
    rest = len(pages) - SHOWN
    others = len(paths) - len(pages)
    notes = [f"dan {rest} halaman lain" if rest > 0 else "", f"{others} berkas pendukung" if others else ""]
    note = ", ".join(filter(None, notes)).capitalize()
    shown = f"<ul>\n{''.join(rows)}</ul>\n" if rows else ""
    return f"<h2>{title}: {len(pages)}</h2>\n{shown}" + (f"<p>{note}.</p>\n" if note else "")


def _link(path: str, read: Callable[[str], bytes] | None) -> str:
    if read is None:
        return f"<code>{html.escape(path)}</code>"
    found = _TITLE.search(read(path))
    title = html.unescape(found[1].decode(errors="replace")) if found else path
    return f'<a href="{html.escape(path)}">{html.escape(" ".join(title.split()))}</a>'
