"""What the forms pick from, as scripts that also work from `file://`; and the forms as plain text, for those
whose browser runs no scripts.
"""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from simpul.pages.controls import Control, controls
from simpul.pages.submission import FORMS, PASTED, picks, trainers
from simpul.portal import Portal
from simpul.runtime import sheets
from simpul.runtime.lazy import LazyFile, SiteFile


def files(portal: Portal) -> Iterator[LazyFile]:
    """`kirim/pilihan.js`, `kirim/pelatih/00.js`, `kirim/kebutuhan.txt`, `kirim/pemantauan.csv`."""
    yield LazyFile("kirim/pilihan.js", partial(_picks, portal))
    for province in trainers(portal):
        yield LazyFile(f"kirim/pelatih/{province}.js", partial(_trainers, portal, province))
    for form in FORMS:
        yield LazyFile(f"kirim/{form.name}.txt", partial(_blank, portal, form.name, form.title))
        if form.kind.shape == PASTED:
            yield LazyFile(f"kirim/{form.name}.csv", partial(_table, form.name))


def _picks(portal: Portal) -> SiteFile:
    return SiteFile("kirim/pilihan.js", picks(portal), as_picks)


def _trainers(portal: Portal, province: str) -> SiteFile:
    return SiteFile(f"kirim/pelatih/{province}.js", (province, trainers(portal)[province]), as_trainers)


def _blank(portal: Portal, name: str, title: str) -> SiteFile:
    settings = portal.settings
    return SiteFile(f"kirim/{name}.txt", (name, title, settings.site_name, settings.surel), as_blank)


def _table(name: str) -> SiteFile:
    return SiteFile(f"kirim/{name}.csv", name, as_table)


def as_picks(value: Any) -> bytes:
    """The script that says what may be picked."""
    return f"window.simpulPilihan={_json(value)};\n".encode()


def as_trainers(value: tuple[str, Any]) -> bytes:
    """The script that says who trains in a province."""
    province, regions = value
    held = "(window.simpulPelatih=window.simpulPelatih||{})"
    return f"{held}[{_json(province)}]={_json(regions)};\n".encode()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_blank(value: tuple[str, str, str, str]) -> bytes:
    """A form to fill in with any program that writes text."""
    name, title, site, mail = value
    form = next(form for form in FORMS if form.name == name)
    to = f"Kirim berkas ini sebagai lampiran surel ke {mail}." if mail else \
        "Serahkan berkas ini kepada pengelola portal."
    lines = [f"{title.upper()} - {site}", "",
             "Tulis isinya di belakang titik dua. Tanda * berarti wajib.", to, "", "Daerah *:", "",
             *_lines(controls(form.kind))]
    return "\r\n".join(lines).encode()


def _lines(found: Sequence[Control], indent: str = "") -> Iterator[str]:
    for control in found:
        label = f"{indent}{control['label']}{' *' if control['required'] else ''}"
        choices = f" Pilihan: {', '.join(control['choices'])}." if control["choices"] else ""
        if control["fields"]:
            yield f"{label} - {control['help']}"
            yield from _lines(control["fields"], f"{indent}  ")
            if control["control"] == "rows":
                yield f"{indent}  (salin bagian ini bila ada butir lain)"
                yield ""
        else:
            yield f"{indent}- {control['help']}{choices}"
            yield f"{label}:"
            yield ""


def as_table(name: str) -> bytes:
    """The heading of a table, for a spreadsheet."""
    form = next(form for form in FORMS if form.name == name)
    [rows] = controls(form.kind)
    return sheets.as_csv([control["name"] for control in rows["fields"]], [])
