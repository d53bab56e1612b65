"""Sources on disk -> entries, reading again only what changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from simpul.model import Case
from simpul.problems import Problem, error
from simpul.runtime.cache import Cache
from simpul.runtime.packing import dump, load, maker
from simpul.runtime.workers import spread
from simpul.sources.entry import Body, Entry, read_batch
from simpul.sources.files import Stamp
from simpul.sources.formats import MAX_FILES, Unreadable, read_bytes
from simpul.sources.schema import kind_of

Wanted = tuple[Path, str, Stamp]
Packed = tuple[Any, ...]
Known = dict[str, Entry]
BATCH_BYTES = 1 << 20
"""What is read together: enough for all the texts of a chunk, and no more than one large picture."""


def read_entries(root: Path, stamps: Mapping[str, Stamp], cache: Cache, jobs: int) -> list[Entry]:
    """The entries of the sources below `root`, in their order; files of no known kind have none."""
    known, stale = _remembered(stamps, cache)
    unknown = [path for path in islice(stamps, MAX_FILES) if path not in known]
    missing: list[Wanted] = [(root, path, stamps[path]) for path in unknown if kind_of(path)]
    for entry in map(_unpacked, spread(partial(_read_files, cache.path), missing, jobs, _too_heavy)):
        known[entry.path] = entry
    _remember(known, stamps, {*stale, *(_folder(path) for _, path, _ in missing)}, cache)
    return [known[path] for path in stamps if path in known]


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _remembered(stamps: Mapping[str, Stamp], cache: Cache) -> tuple[Known, list[str]]:
    """Entries whose files have not changed; and the folders in which a file is gone."""
    known: Known = {}
    gone: dict[str, str] = {}
    for folder, value in cache.rows("SELECT folder, value FROM entry"):
        for stamp, packed in load(value) or ():
            path = packed[0]
            if path not in stamps:
                gone[path] = folder
            elif stamp == stamps[path]:
                known[path] = _unpacked(packed)
    if gone:
        cache.forget("body", "path = ?", [(path,) for path in gone])
    return known, list(gone.values())


def _remember(known: Known, stamps: Mapping[str, Stamp], folders: set[str], cache: Cache) -> None:
    """Keeps the entries of these folders; a folder is one row, since reading ten thousand rows takes its time.

    Files that could not be read to their end have no digest: what kept them may be gone the next time, so they are read again.
    """
    shelves: dict[str, list[tuple[tuple[int, ...], Packed]]] = defaultdict(list)
    for path, entry in known.items() if folders else ():
        if entry.digest and (folder := _folder(path)) in folders:
            shelves[folder].append((tuple(stamps[path]), _packed(entry)))
    cache.forget("entry", "folder = ?", [(folder,) for folder in folders - shelves.keys()])
    cache.write("entry", [(folder, dump(shelf)) for folder, shelf in shelves.items()])


CASE = Entry._fields.index("case")


def _packed(entry: Entry) -> Packed:
    """An entry in plain tuples, which are read several times faster than named ones."""
    return tuple(entry._replace(case=tuple(entry.case)) if entry.case else entry)  # type: ignore[arg-type]


_entry, _case = maker(Entry), maker(Case)


def _unpacked(packed: Packed) -> Entry:
    case = packed[CASE]
    return _entry((*packed[:CASE], _case(case), *packed[CASE + 1:]) if case else packed)


def _read_files(cache_path: Path, wanted: Sequence[Wanted]) -> list[Packed]:
    """Entries of files, packed; the texts and pictures they are shown with go straight to the cache."""
    entries: list[Entry] = []
    read: list[tuple[Entry, Body]] = []
    files: list[tuple[str, bytes]] = []
    held = 0
    for root, path, stamp in wanted:
        try:
            files.append((path, read_bytes(root, path, stamp)))
            held += len(files[-1][1])
        except Unreadable as problem:
            entries.append(_broken(path, problem.problem(path)))
        except OSError:
            hint = "Periksa izin berkasnya."
            entries.append(_broken(path, error(path, 1, "tak-terbuka", "berkas tidak dapat dibuka", hint)))
        if held > BATCH_BYTES:
            read += read_batch(files)
            files, held = [], 0
    read += read_batch(files)
    with closing(Cache(cache_path)) as cache:
        cache.write("body", [(entry.path, entry.digest, dump(body)) for entry, body in read if body])
    return [_packed(entry) for entry in (*entries, *(entry for entry, _ in read))]


def _too_heavy(item: Wanted) -> Packed:
    hint = "Pecah atau sederhanakan isinya."
    return _packed(_broken(item[1], error(item[1], 1, "terlalu-rumit", "berkas menghabiskan memori saat dibaca", hint)))


def _broken(path: str, problem: Problem) -> Entry:
    kind = kind_of(path)
    return Entry(path, "", kind.name if kind else "", problems=(problem,))
