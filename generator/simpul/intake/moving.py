"""Gives a source another name: the file itself, the id that stands in it, and the line in `pindah.yml`."""

import posixpath
import re
import subprocess
from pathlib import Path

from simpul.portal.moves import entry_of, source_named
from simpul.sources.schema import kind_of

OWN_NAME = {"modul": "id", "jalur": "id", "model": "id", "adaptasi": "modul"}
"""The field that repeats the name of its file or folder, by kind of source."""


class CannotMoveError(Exception):
    """Why a source cannot be renamed; for the contributor."""


def move(root: Path, old: str, new: str) -> list[str]:
    """Renames the source at the path `old`, relative to the root, or the module whose folder it is. `new` is
    a path or only the name. Returns the paths that were written. Raises CannotMoveError before anything is
    changed.
    """
    old = posixpath.normpath(old)
    before = f"{old}/modul.yml" if (root / old).is_dir() else old
    file, name = entry_of(before)
    if not file or not (root / before).is_file():
        raise CannotMoveError(f"{old} tidak ada, atau bukan praktik, penyesuaian, modul, jalur, model, "
                              "atau panduan.")
    after = _named(file, name, posixpath.normpath(new))
    if not after or kind_of(after) != kind_of(before):
        raise CannotMoveError(f"'{new}' bukan nama untuk berkas sejenis di folder yang sama. "
                              "Pakai huruf kecil, angka, dan tanda hubung.")
    if (root / after).exists():
        raise CannotMoveError(f"{after} sudah ada. Pilih nama lain.")
    known = _text(root / file)
    if any(entry_of(after)[1] == told for told in TOLD.findall(known)):
        raise CannotMoveError(f"'{entry_of(after)[1]}' tercatat sebagai nama lama di {file}. "
                              "Hapus baris itu lebih dahulu, atau pilih nama lain.")
    _rename(root, *_places(before, after))
    _rewrite(root / after, before, after)
    line = f"- {{ dari: {name}, ke: {entry_of(after)[1]} }}\n"
    whole = known if known.endswith("\n") or not known else f"{known}\n"
    (root / file).write_text(whole + line, encoding="utf-8", newline="\n")
    return [after, file]


def _named(file: str, name: str, new: str) -> str:
    """The source of the new name, "" for none in the same folder."""
    home, told = entry_of(new)
    folder = name.rpartition("/")[0]
    if home:
        return new if home == file else ""
    return source_named(file, f"{folder}/{new}" if folder and "/" not in new else told or new)


TOLD = re.compile(r"\bdari:\s*[\"']?([^\s,\"'}]+)")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _places(before: str, after: str) -> tuple[str, str]:
    """What is renamed: a module with its folder, so with its texts and figures."""
    end = "/modul.yml"
    return (before.removesuffix(end), after.removesuffix(end)) if before.endswith(end) else (before, after)


def _rename(root: Path, before: str, after: str) -> None:
    """By git, which then knows it as a rename; without git, or for a file that git does not know, by hand."""
    (root / after).parent.mkdir(parents=True, exist_ok=True)
    try:
        command = ["git", "mv", "--", before, after]
        done = subprocess.run(command, cwd=root, capture_output=True, check=False)  # noqa: S603
    except OSError:
        done = None
    if done is None or done.returncode:
        (root / before).rename(root / after)


def _rewrite(path: Path, before: str, after: str) -> None:
    """The name that stands in the file itself."""
    kind = kind_of(after)
    field = OWN_NAME.get(kind.name) if kind else None
    if kind and field:
        old, new = (kind.identify(place).rpartition("/")[2] for place in (before, after))
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        form = re.compile(rf"^({field}:\s*[\"']?){re.escape(old)}(?=[\"']?\s*(#|$))", re.MULTILINE)
        path.write_bytes(form.sub(rf"\g<1>{new}", text, count=1).encode("utf-8", "surrogateescape"))
