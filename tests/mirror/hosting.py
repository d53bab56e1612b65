"""A PHP hosting on this machine: the program in a folder, called by its cron or by its web server."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from simpul.mirror.php import build_program
from tests.mirror.servers import Web
from tests.mirror.world import MemoryDisk, MemorySource, Publisher, run

LIMITS = ("memory_limit=64M", "max_execution_time=30")
OURS = ("simpul-mirror.php", "simpul-mirror.txt", "status.json")


def program(name: str, *others: str) -> str:
    """The first of these programs that is here. Without any a contributor's test is skipped, and CI fails."""
    found = next(filter(None, map(shutil.which, (name, *others))), None)
    if found is None:
        assert not os.environ.get("CI"), f"{name} is not installed, and CI must not pass without it"
        pytest.skip(f"{name} is not installed")
    return found


class Hosting:
    """A folder that a hosting gives out, with the program and its settings uploaded."""

    def __init__(self, root: Path, centre: Publisher, address: str) -> None:
        self.root, self.centre = root, centre
        root.mkdir(parents=True, exist_ok=True)
        self.program = root / "simpul-mirror.php"
        self.program.write_bytes(build_program(centre.roots, ""))
        if address:
            (root / "simpul-mirror.txt").write_text(f"{address}\n", encoding="utf-8")

    def start(self, *settings: str, before: Callable[[], object] | None = None) -> "subprocess.Popen[str]":
        """A call by cron, still running."""
        options = [word for setting in (*LIMITS, *settings) for word in ("-d", setting)]
        return subprocess.Popen([program("php"), *options, str(self.program)], text=True, encoding="utf-8",
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=before)

    def call(self, *settings: str, before: Callable[[], object] | None = None) -> tuple[int, str]:
        """A call by cron: its exit code and what it said."""
        process = self.start(*settings, before=before)
        said, failed = process.communicate(timeout=60)
        assert failed == "", "nothing is said beside the answer"
        return process.returncode, said

    def finish(self, *settings: str) -> list[str]:
        """Calls until nothing is left to do; what each said."""
        told: list[str] = []
        while not told or told[-1].startswith("Belum selesai"):
            code, said = self.call(*settings)
            assert code == 0, said
            told.append(said)
        return told

    def site(self) -> dict[str, bytes]:
        """What a web server would serve of the site."""
        return {path: data for path, data in self.files().items()
                if path not in OURS and not path.startswith(".simpul/")}

    def files(self) -> dict[str, bytes]:
        """All there is."""
        return {place.relative_to(self.root).as_posix(): place.read_bytes()
                for place in self.root.rglob("*") if place.is_file()}


def as_python_has_it(centre: Publisher, now: str) -> dict[str, bytes]:
    """The site as the Python client installs the newest release."""
    disk = MemoryDisk()
    run([MemorySource(centre.files())], disk, centre.roots, now)
    return disk.site()


@contextmanager
def builtin(root: Path) -> Iterator[Web]:
    """PHP's own web server."""
    limits = [word for setting in LIMITS for word in ("-d", setting)]
    command = [program("php"), *limits, "-t", str(root), "-S"]
    with _served(root, lambda port, folder: [[*command, f"127.0.0.1:{port}"]]) as web:
        yield web


@contextmanager
def fpm(root: Path, settings: Mapping[str, str]) -> Iterator[Web]:
    """nginx before php-fpm, as hostings have it: the folder is all that PHP may touch."""
    nginx = program("nginx")
    manager = program("php-fpm", *sorted(path.name for path in Path("/usr/sbin").glob("php-fpm*")))

    def commands(port: int, folder: Path) -> list[list[str]]:
        _configure(folder, root, port, settings)
        return [[manager, "-R", "-F", "-y", f"{folder}/fpm.conf"],
                [nginx, "-p", str(folder), "-c", f"{folder}/nginx.conf", "-e", f"{folder}/error.log"]]

    with _served(root, commands) as web:
        yield web


def _configure(folder: Path, root: Path, port: int, settings: Mapping[str, str]) -> None:
    owner = "user = root" if os.geteuid() == 0 else ""
    values = {"memory_limit": "64M", "max_execution_time": "30", "open_basedir": str(root), **settings}
    admin = "".join(f"php_admin_value[{name}] = {value}\n" for name, value in values.items())
    (folder / "fpm.conf").write_text(f"""[global]
error_log = {folder}/fpm.log
[www]
{owner}
listen = {folder}/fpm.sock
pm = static
pm.max_children = 2
request_terminate_timeout = 30
{admin}""", encoding="utf-8")
    (folder / "nginx.conf").write_text(f"""daemon off; pid {folder}/pid; error_log {folder}/error.log;
{"user root;" if os.geteuid() == 0 else ""}
events {{}}
http {{ include /etc/nginx/mime.types; access_log off;
client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
server {{ listen 127.0.0.1:{port}; root {root}; index index.html;
location ~ \\.php$ {{ include /etc/nginx/fastcgi.conf; fastcgi_pass unix:{folder}/fpm.sock; }} }} }}
""", encoding="utf-8")


@contextmanager
def _served(root: Path, commands: Callable[[int, Path], list[list[str]]]) -> Iterator[Web]:
    with tempfile.TemporaryDirectory() as place, socket.create_server(("127.0.0.1", 0)) as free:
        folder, port = Path(place), free.getsockname()[1]
        free.close()
        running = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                   for command in commands(port, folder)]
        try:
            _wait(port, running)
            _wait_for(lambda: len(running) == 1 or (folder / "fpm.sock").exists())
            yield Web(port, root, folder / "error.log")
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(10)


def _wait(port: int, running: "list[subprocess.Popen[bytes]]") -> None:
    def answers() -> bool:
        assert all(process.poll() is None for process in running), "a server gave up"
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            return False
        return True

    _wait_for(answers)


def _wait_for(ready: Callable[[], bool]) -> None:
    for _ in range(200):
        if ready():
            return
        time.sleep(0.05)
    raise AssertionError("no server answers")
