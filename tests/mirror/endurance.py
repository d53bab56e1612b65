"""A copy whose program is killed without warning, again and again, while it follows a portal."""

import random
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from simpul.mirror.client.tree import File, Tree, sha256

TRIES, PATIENCE = 500, 1.2


class Followed(NamedTuple):
    """How often the program was started and killed until it ended itself, its exit code, its last words."""

    runs: int
    kills: int
    code: int
    said: str


class Copy:
    """A folder that the packed client fills. `draw` decides when it is killed."""

    def __init__(self, client: Path, folder: Path, draw: random.Random) -> None:
        self.client, self.folder, self.draw = client, folder, draw
        self.before: Tree = {}

    def follow(self, source: str, after: Tree, mean: float) -> Followed:
        """Syncs until the release with these files is in place. Kills come after `mean` seconds on average,
        each time a little later, so that a slow computer gets through as well (0: never).

        After every kill and every failure each file must be that of the release before or after.
        """
        runs = kills = 0
        while runs < TRIES:
            runs += 1
            code, said = self._once(source, self.draw.expovariate(1 / mean) if mean else None)
            mean *= PATIENCE
            kills += code < 0
            self.check_whole(after)
            if code == 0:
                self.check_is(after)
                self.before = after
            if code not in (1, -9):
                return Followed(runs, kills, code, said)
        raise AssertionError(f"not finished after {TRIES} runs: {said}")

    def _once(self, source: str, seconds: float | None) -> tuple[int, str]:
        command = [sys.executable, "-I", self.client, "sync", source, self.folder]
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                   text=True)
        try:
            said = process.communicate(timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            process.kill()
            said = process.communicate()[0]
        return process.returncode, said

    def files(self) -> Tree:
        """What a web server would serve of the site."""
        found = {path.relative_to(self.folder).as_posix(): path for path in self.folder.rglob("*")
                 if path.is_file()}
        return {name: File(path.stat().st_size, sha256(path.read_bytes())) for name, path in found.items()
                if not name.startswith(".simpul/") and name != "status.json"}

    def check_whole(self, after: Tree) -> None:
        """No torn file, none too many; what both releases have is always there."""
        found = self.files()
        assert set(self.before) & set(after) <= set(found), "a page is missing"
        for name, file in found.items():
            assert file in (self.before.get(name), after.get(name)), f"{name} is torn"

    def check_is(self, tree: Tree) -> None:
        """Exactly the files of a release."""
        assert self.files() == tree
