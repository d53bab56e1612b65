"""A publisher, hostile sources and a disk that fails on command, all in memory."""

import contextlib
import errno
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from simpul.mirror import keys, metadata
from simpul.mirror.client.disk import Disk, Found
from simpul.mirror.client.download import Pace
from simpul.mirror.client.errors import Missing
from simpul.mirror.client.manifest import Manifest
from simpul.mirror.client.sources import Answer, Source
from simpul.mirror.client.sync import Outcome, sync
from simpul.mirror.release import Terms, publish_release

NOW = "2026-11-24T03:00:00Z"
TODAY = datetime.now(UTC).date().isoformat()
"""The day of a release that a program takes which asks this machine for the time; all others are told NOW."""


class Publisher:
    """A centre with real keys and a release folder; its releases are of this day, unless another is told."""

    def __init__(self, root: Path, team: keys.Team = keys.SMALL, day: str = NOW[:10]) -> None:
        self.day = day
        self.site, self.out, self.keys = root / "situs", root / "rilis", root / "kunci"
        made = {role: [keys.create_key(self.keys, f"{role}-{n + 1}", "") for n in range(count)]
                for role, count in (("root", team.root[0]), ("targets", team.targets[0]), ("online", 1))}
        self.signers = keys.load_keys([self.keys], "")
        first = metadata.first_root(team, made, f"{day[:8]}01")
        (self.keys / "1.root.json").write_bytes(metadata.sign_root(first, None, self.signers))
        self.site.mkdir()

    def write(self, files: Mapping[str, bytes | None]) -> "Publisher":
        """Adds, changes or removes (None) files of the site."""
        for path, content in files.items():
            place = self.site / path
            if content is None:
                place.unlink()
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
        return self

    def release(self, files: Mapping[str, bytes | None] | None = None, date: str = "") -> Manifest:
        """Publishes the site with these changes."""
        self.write(files or {})
        return publish_release(self.site, self.out, self.keys, self.signers,
                               Terms(date or self.day, 30, "https://pusat.example/"))

    @property
    def roots(self) -> dict[int, bytes]:
        """What the client carries."""
        return {1: (self.keys / "1.root.json").read_bytes()}

    def files(self) -> dict[str, bytes]:
        """The release folder, as a host has it."""
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in self.out.rglob("*")
                if path.is_file()}


class MemorySource:
    """A host: serves a dictionary, or what `answer` makes of it."""

    def __init__(self, files: Mapping[str, bytes], name: str = "http://sumber.example/") -> None:
        self.files, self.name = dict(files), name
        self.asked: list[str] = []

    def open(self, path: str, start: int = 0) -> Answer:
        self.asked.append(path)
        return self.answer(path, start)

    def close(self) -> None:
        pass

    def answer(self, path: str, start: int) -> Answer:
        """What an honest host says."""
        if path not in self.files:
            raise Missing(f"{path} tidak ada")
        data = self.files[path]
        return Answer(start, len(data), iter([data[start:]]) if start < len(data) else iter(()))


class Killed(BaseException):
    """The power went off."""


class MemoryDisk:
    """A disk in memory. `fail_at` counts operations that write; what was not synced may be lost.

    Names fold their case when `folding` is set, as on FAT.
    """

    def __init__(self, files: Mapping[str, bytes] | None = None, folding: bool = False) -> None:
        self.folding, self.space = folding, 2**40
        self.now: dict[str, bytes] = dict(files or {})
        self.safe: dict[str, bytes] = dict(self.now)  # names and contents that survive a power cut
        self.synced: set[str] = set(self.now)  # whose present content is safe, wherever they are renamed to
        self.count, self.fail_at, self.failure = 0, 0, Killed()
        self.watch: Callable[[], None] = lambda: None
        self.locked = False

    def _operation(self) -> None:
        self.watch()
        self.count += 1
        if self.count == self.fail_at or \
                (self.fail_at and isinstance(self.failure, OSError) and self.count > self.fail_at):
            raise self.failure

    def _name(self, path: str) -> str:
        return next((name for name in self.now if name.casefold() == path.casefold()), path) \
            if self.folding else path

    def read(self, path: str, start: int = 0, most: int = -1) -> bytes:
        if self._name(path) not in self.now:
            raise FileNotFoundError(errno.ENOENT, "tidak ada", path)
        return self.now[self._name(path)][start:][:most if most >= 0 else None]

    def size(self, path: str) -> int | None:
        return len(self.now[self._name(path)]) if self._name(path) in self.now else None

    def write(self, path: str, data: bytes) -> None:
        name = self._name(path)
        self.synced.discard(name)
        self.now[name] = data[:len(data) // 2]  # a failure may come in the middle
        self._operation()
        self.now[name] = data

    def append(self, path: str, data: bytes) -> None:
        name = self._name(path)
        self.synced.discard(name)
        old = self.now.get(name, b"")
        self.now[name] = old + data[:len(data) // 2]
        self._operation()
        self.now[name] = old + data

    def sync(self, path: str) -> None:
        self._operation()
        self.synced.add(self._name(path))

    def sync_folder(self, path: str) -> None:
        self._operation()
        def inside(name: str) -> bool:
            return name.rpartition("/")[0] == path
        for name in [name for name in self.safe if inside(name) and name not in self.now]:
            del self.safe[name]
        for name in filter(inside, self.now):
            self.safe[name] = self._after_cut(name)

    def _after_cut(self, name: str) -> bytes:
        return self.now[name] if name in self.synced else b""

    def replace(self, source: str, target: str) -> None:
        self._operation()
        source, target = self._name(source), self._name(target)
        self.now[target] = self.now.pop(source)
        self.synced.discard(target)
        if source in self.synced:
            self.synced.remove(source)
            self.synced.add(target)

    def remove(self, path: str) -> None:
        self._operation()
        self.now.pop(self._name(path), None)
        self.synced.discard(self._name(path))

    def remove_folder(self, path: str) -> None:
        self._operation()

    def names(self, path: str) -> list[str]:
        return sorted(name.rpartition("/")[2] for name in self.now if name.rpartition("/")[0] == path)

    def entries(self) -> list[str]:
        return sorted({name.partition("/")[0] for name in self.now if not name.startswith(".")})

    def there(self, path: str) -> bool:
        return self._name(path) in self.now or any(name.startswith(f"{path}/") for name in self.now)

    def walk(self, path: str = "") -> list[str]:
        return sorted(name for name in self.now
                      if (name.startswith(f"{path}/") if path else not name.startswith(".")))

    def scan(self) -> dict[str, Found]:
        return {path: Found(len(data), str(hash(data))) for path, data in self.now.items()
                if not path.startswith(".simpul/")}

    def free(self) -> int:
        return self.space

    @contextlib.contextmanager
    def lock(self, path: str) -> Iterator[None]:
        yield

    def cut(self, seed: int) -> "MemoryDisk":
        """The disk after a power cut: unsynced names are there or not, unsynced contents are empty."""
        draw = random.Random(seed)
        files = dict(self.safe)
        for name in sorted(set(self.now) | set(self.safe)):
            if draw.random() < 0.5:
                if name in self.now:
                    files[name] = self._after_cut(name)
                else:
                    files.pop(name, None)
        return MemoryDisk(files, self.folding)

    def restarted(self) -> "MemoryDisk":
        """The disk after the program was killed: everything written is there."""
        return MemoryDisk(self.now, self.folding)

    def site(self) -> dict[str, bytes]:
        """What a web server would serve of the site: leftovers aside do not count."""
        return {path: data for path, data in self.now.items()
                if not path.startswith(".simpul") and path != "status.json"
                }


def quiet() -> Pace:
    """A pace without waiting."""
    return Pace(lambda _: None, sleep=lambda _: None)


def run(sources: Iterable[Source], disk: Disk, roots: Mapping[int, bytes], now: str = NOW,
        pace: Pace | None = None) -> Outcome:
    """One run of the client."""
    return sync(list(sources), disk, roots, now, pace or quiet())
