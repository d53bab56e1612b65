"""A delta: the way from one tree straight to another, copies from old files and new bytes, in one xz stream.

Unpacked it is a line `simpul-selisih 1`, a line of JSON, then the new bytes of all files. The JSON holds
`dari` and `ke` (hashes of the trees), `hapus` and `ubah` (positions in the sorted old tree, each as its
distance from the one before), `baru` ([path, position of a like file or -1]) and `langkah`: for each changed,
then each new file, the number of steps and for each step three numbers: how far to skip in the old file, how
much to copy from it (-1: to its end), how many new bytes follow. It holds no hashes of files: the hash of the
finished tree, which is signed, covers them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from .names import check_path
from .pack import damaged, frame, unframe
from .tree import MAX_FILE, Tree, check_clashes

MAGIC = b"simpul-selisih 1\n"
BLOCK = 16

Step = tuple[int, int, bytes]


class Patch(NamedTuple):
    """How one file comes about: its path, the path of the old file (or ""), the steps."""

    path: str
    base: str
    steps: tuple[Step, ...]


class Delta(NamedTuple):
    """Everything between two trees."""

    source: str
    target: str
    removed: tuple[str, ...]
    patches: tuple[Patch, ...]


def difference(old: bytes, new: bytes) -> tuple[Step, ...]:
    """Steps from old to new: old blocks are looked up at every byte of the new, matches grown both ways."""
    blocks = {old[at:at + BLOCK]: at for at in range(len(old) - len(old) % BLOCK - BLOCK, -1, -BLOCK)}
    steps: list[Step] = []
    skip = copied = at = start = place = 0  # `place`: where in the old file the last copy ended
    while at <= len(new) - BLOCK:
        here, block = place + at - start, new[at:at + BLOCK]
        found = here if old[here:here + BLOCK] == block else blocks.get(block)
        if found is None:
            at += 1
            continue
        back = _same_before(old, new, found, at, at - start)
        length = back + _same_after(old, new, found, at)
        steps.append((skip, copied, new[start:at - back]))
        skip, copied = found - back - place, length
        place, start = found - back + length, at - back + length
        at = start
    steps.append((skip, -1 if copied and place == len(old) else copied, new[start:]))
    return tuple(steps)


def _same_before(old: bytes, new: bytes, at_old: int, at_new: int, most: int) -> int:
    count = 0
    while count < most and count < at_old and old[at_old - count - 1] == new[at_new - count - 1]:
        count += 1
    return count


def _same_after(old: bytes, new: bytes, at_old: int, at_new: int) -> int:
    count, width = 0, 4096
    while width:
        part = old[at_old + count:at_old + count + width]
        if len(part) == width and part == new[at_new + count:at_new + count + width]:
            count += width
        else:
            width //= 2
    return count


def apply(old: bytes, steps: Sequence[Step]) -> bytes:
    """The new content. A step outside the old file is refused."""
    place, parts, size = 0, [], 0
    for skip, copy, added in steps:
        place += skip
        end = len(old) if copy == -1 else place + copy
        if not 0 <= place <= end <= len(old):
            raise damaged("selisih tidak cocok dengan berkas lama")
        parts += [old[place:end], added]
        size += end - place + len(added)
        if size > MAX_FILE:
            raise damaged("selisih membuat berkas yang terlalu besar")
        place = end
    return b"".join(parts)


def encode(old: Tree, delta: Delta) -> bytes:
    """A delta, not yet compressed. Patches of changed files come before those of new files."""
    places = {path: at for at, path in enumerate(sorted(old))}
    changed = [patch for patch in delta.patches if patch.path in old]
    new = [patch for patch in delta.patches if patch.path not in old]
    numbers: list[int] = []
    for patch in changed + new:
        numbers.append(len(patch.steps))
        for skip, copy, added in patch.steps:
            numbers += (skip, copy, len(added))
    header = {
        "dari": delta.source, "ke": delta.target, "hapus": _gaps([places[path] for path in delta.removed]),
        "ubah": _gaps([places[patch.path] for patch in changed]),
        "baru": [[patch.path, places.get(patch.base, -1)] for patch in new], "langkah": numbers,
    }
    return frame(MAGIC, header, b"".join(added for patch in changed + new for _, _, added in patch.steps))


def decode(data: bytes | bytearray, old: Tree) -> Delta:
    """Reads an unpacked delta from the given tree; every path and number is checked."""
    header, body = unframe(MAGIC, data)
    try:
        return _decode(header, body, sorted(old))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise damaged("isi selisih rusak") from error


def _decode(header: Any, body: memoryview, old: Sequence[str]) -> Delta:
    numbers, take = iter([int(number) for number in header["langkah"]]), _taker(body)
    changed = _from_gaps(header["ubah"], old)
    new = [(check_path(str(path)), old[place] if place >= 0 else "") for path, place in header["baru"]]
    names = [(path, path) for path in changed] + new
    known, removed = set(changed), _from_gaps(header["hapus"], old)
    if len({path for path, _ in names}) != len(names) or known & set(removed) or \
            {path for path, _ in new} & set(old):
        raise ValueError("a file twice")
    check_clashes(path for path, _ in new)
    patches = tuple(Patch(path, base, tuple(_steps(numbers, take))) for path, base in names)
    return Delta(str(header["dari"]), str(header["ke"]), tuple(removed), patches)


def _steps(numbers: Iterator[int], take: Callable[[int], bytes]) -> Iterator[Step]:
    for _ in range(_next(numbers)):
        skip, copy, added = _next(numbers), _next(numbers), _next(numbers)
        yield skip, copy, take(added)


def _next(numbers: Iterator[int]) -> int:
    for number in numbers:
        return number
    raise ValueError("too few numbers")


def _taker(body: memoryview) -> Callable[[int], bytes]:
    place = 0

    def take(count: int) -> bytes:
        nonlocal place
        if not 0 <= count <= len(body) - place:
            raise ValueError("too few bytes")
        place += count
        return bytes(body[place - count:place])

    return take


def _gaps(places: Sequence[int]) -> list[int]:
    ordered = sorted(places)
    return [at - before for before, at in zip([0, *ordered], ordered)]  # noqa: B905  # not in Python 3.9


def _from_gaps(gaps: Any, names: Sequence[str]) -> list[str]:
    place, found = 0, []
    for number, gap in enumerate(gaps):
        if type(gap) is not int or gap < (number > 0):
            raise ValueError("positions")
        place += gap
        found.append(names[place])
    return found
