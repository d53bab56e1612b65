"""Sources on disk -> entries, reading again only what changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from simpul.model import Case
from simpul.problems import Problem
from simpul.runtime.cache import Cache
from simpul.runtime.packing import dump, load, maker
from simpul.runtime.workers import parallel_map
from simpul.sources.entry import CASE, Body, Entry, Source, plain, read_batch, source_of
from simpul.sources.fence import problem_of_file
from simpul.sources.files import Stamp
from simpul.sources.formats import MAX_FILES, read_bytes
from simpul.sources.schema import kind_of

Wanted = tuple[Path, str, Stamp]
Packed = tuple[Any, ...]
Known = dict[str, Source]
BATCH_BYTES = 1 << 20
"""What is read together: enough for all the texts of a chunk, and no more than one large picture."""


def read_sources(root: Path, stamps: Mapping[str, Stamp], cache: Cache, jobs: int) -> dict[str, Source]:
    """The sources below `root`, by path in their order; files of no known kind are left out."""
    known, stale = _remembered(stamps, cache)
    unknown = [path for path in islice(stamps, MAX_FILES) if path not in known]
    missing: list[Wanted] = [(root, path, stamps[path]) for path in unknown if kind_of(path)]
    for source in map(_unpacked, parallel_map(partial(_read_files, cache.path), missing, jobs, _told)):
        known[source.entry.path] = source
    _remember(known, stamps, {*stale, *(_folder(path) for _, path, _ in missing)}, cache)
    return {path: known[path] for path in stamps if path in known}


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _remembered(stamps: Mapping[str, Stamp], cache: Cache) -> tuple[Known, list[str]]:
    """Sources whose files have not changed; and the folders in which a file is gone."""
    known: Known = {}
    gone: dict[str, str] = {}
    for folder, value in cache.rows("SELECT folder, value FROM entry"):
        for stamp, packed in load(value) or ():
            path = packed[0][0]
            if path not in stamps:
                gone[path] = folder
            elif stamp == stamps[path]:
                known[path] = _unpacked(packed)
    if gone:
        cache.forget("body", "path = ?", [(path,) for path in gone])
    return known, list(gone.values())


def _remember(known: Known, stamps: Mapping[str, Stamp], folders: set[str], cache: Cache) -> None:
    """Keeps the sources of these folders; a folder is one row, as reading ten thousand rows takes its time.

    Files not read to their end have no digest: what kept them may be gone the next time, so they are reread.
    """
    shelves: dict[str, list[tuple[tuple[int, ...], Packed]]] = defaultdict(list)
    for path, source in known.items() if folders else ():
        if source.digest and (folder := _folder(path)) in folders:
            shelves[folder].append((tuple(stamps[path]), _packed(source)))
    cache.forget("entry", "folder = ?", [(folder,) for folder in folders - shelves.keys()])
    cache.write("entry", [(folder, dump(shelf)) for folder, shelf in shelves.items()])


def _packed(source: Source) -> Packed:
    return (plain(source.entry), *source[1:])


_source, _entry, _case = maker(Source), maker(Entry), maker(Case)


def _unpacked(packed: Packed) -> Source:
    values = packed[0]
    if case := values[CASE]:
        values = (*values[:CASE], _case(case), *values[CASE + 1:])
    return _source((_entry(values), *packed[1:]))


def _read_files(cache_path: Path, wanted: Sequence[Wanted]) -> list[Packed]:
    """Sources, packed; the texts and pictures they are shown with go straight to the cache."""
    broken: list[Source] = []
    found: list[tuple[Source, Body]] = []
    files: list[tuple[str, bytes]] = []
    held = 0
    for root, path, stamp in wanted:
        try:
            files.append((path, read_bytes(root, path, stamp)))
            held += len(files[-1][1])
        except Exception as failure:
            broken.append(_broken(path, problem_of_file(path, failure)))
        if held > BATCH_BYTES:
            found += read_batch(files)
            files, held = [], 0
    found += read_batch(files)
    with closing(Cache(cache_path)) as cache:
        cache.write("body", [(source.entry.path, source.digest, dump(body))
                             for source, body in found if body])
    return [_packed(source) for source in (*broken, *(source for source, _ in found))]


def _told(item: Wanted, failure: Exception) -> Packed:
    return _packed(_broken(item[1], problem_of_file(item[1], failure)))


def _broken(path: str, problem: Problem) -> Source:
    kind = kind_of(path)
    assert kind
    return source_of(Entry(path, kind.name, kind.identify(path)), "", [problem])
