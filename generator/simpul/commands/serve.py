"""Live preview on loopback: rebuilds what changed, shows problems in the page, never ends because of one."""

import functools
import html
import http.server
import threading
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from simpul.builder.broken import problem_of
from simpul.builder.build import build
from simpul.builder.report import BuildReport
from simpul.commands.failures import explained
from simpul.problems import LABELS, Problem, as_text, error, errors
from simpul.runtime.versions import THEME
from simpul.sources.files import SETTINGS, BadDayError

HOST = "127.0.0.1"
VERSION_URL, SCRIPT_URL = "/__simpul/versi", "/__simpul/muat.js"
WAIT_SECONDS = 25


class PreviewState:
    """What the preview shows: the number of the last build, and its problems."""

    def __init__(self) -> None:
        self.version = 0
        self.problems: tuple[Problem, ...] = ()
        self.changed = threading.Condition()

    def update(self, problems: tuple[Problem, ...]) -> None:
        """Tells every waiting page that there is something new."""
        with self.changed:
            self.version, self.problems = self.version + 1, problems
            self.changed.notify_all()

    def wait(self, seen: int) -> bool:
        """Whether something newer than `seen` came while waiting."""
        with self.changed:
            return self.changed.wait_for(lambda: self.version != seen, WAIT_SECONDS)


def serve(root: Path, port: int, jobs: int) -> None:
    """Builds, serves and watches until interrupted."""
    from watchfiles import watch

    state = PreviewState()
    with TemporaryDirectory(prefix="simpul-") as folder:
        site = Path(folder) / "site"
        site.mkdir()
        rebuild = functools.partial(_rebuild, root, site, jobs, state)
        rebuild()
        server = _server(site, port, state)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        click.echo(f"Pratinjau: http://{HOST}:{server.server_address[1]}/ (Ctrl+C untuk berhenti)")
        for _ in watch(*_watched(root), debounce=100, step=20, raise_interrupt=False):
            rebuild()
        server.shutdown()


def _watched(root: Path) -> list[Path]:
    places = (root / "curriculum", root / "content", root / "mkdocs.yml", THEME)
    return [path for path in places if path.exists()]


def _rebuild(root: Path, site: Path, jobs: int, state: PreviewState) -> None:
    """Whatever goes wrong is shown, and the preview goes on."""
    try:
        report = build(root, site, jobs)
    except BadDayError as problem:
        report = _failed(error(SETTINGS, 1, "hari", str(problem).rstrip(".")))
    except OSError as failure:
        report = _failed(error(str(failure.filename or root), 1, "sistem", explained(failure).rstrip(".")))
    except Exception as failure:
        report = _failed(problem_of("pratinjau tidak dapat diperbarui", failure))
    found = errors(report.problems)
    made = report.result.made if report.result else 0
    click.echo(as_text(found) if found else f"{made} halaman diperbarui dalam {report.seconds:.1f} detik.")
    state.update(report.problems)


def _failed(problem: Problem) -> BuildReport:
    return BuildReport((problem,), None, 0)


def _server(site: Path, port: int, state: PreviewState) -> http.server.ThreadingHTTPServer:
    handler = functools.partial(_Handler, state, site)
    server = http.server.ThreadingHTTPServer((HOST, port), handler)
    server.daemon_threads = True
    return server


class _Handler(http.server.SimpleHTTPRequestHandler):
    """The site's files; pages are given the reload script and the list of problems."""

    def __init__(self, state: PreviewState, site: Path, *args: object) -> None:
        self.state, self.site = state, site
        super().__init__(*args, directory=str(site))  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Silent: the terminal belongs to the problems."""

    def do_GET(self) -> None:
        """A file of the site, or one of the two addresses of the preview itself."""
        path, _, query = self.path.partition("?")
        if path == VERSION_URL:
            changed = self.state.wait(int(query) if query.isdigit() else -1)
            self._send(b"", "text/plain", HTTPStatus.OK if changed else HTTPStatus.NO_CONTENT)
        elif path == SCRIPT_URL:
            self._send(_reload_script(self.state.version), "text/javascript")
        elif path.endswith((".html", "/")):
            self._page(path)
        else:
            super().do_GET()

    def _page(self, path: str) -> None:
        file = Path(self.translate_path(path))
        file = file / "index.html" if file.is_dir() else file
        known = file.is_file()
        page = file.read_text(encoding="utf-8") if known else self._fallback()
        added = f'{_panel(self.state.problems)}<script src="{SCRIPT_URL}"></script>'
        status = HTTPStatus.OK if known else HTTPStatus.NOT_FOUND
        self._send((page + added).encode(), "text/html; charset=utf-8", status)

    def _fallback(self) -> str:
        file = self.site / "404.html"
        empty = '<!doctype html><html lang="id"><title>Simpul</title>'
        return file.read_text(encoding="utf-8") if file.is_file() else empty

    def _send(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


def _reload_script(version: int) -> bytes:
    """Waits for the next build, then loads the page again."""
    return f"""(function wait() {{
  fetch("{VERSION_URL}?{version}", {{cache: "no-store"}}).then(function (answer) {{
    if (answer.status === 200) location.reload(); else wait();
  }}, function () {{ setTimeout(wait, 1000); }});
}})();
""".encode()


def _panel(problems: Sequence[Problem]) -> str:
    """The errors, on top of the page as it was before them."""
    found = errors(problems)
    if not found:
        return ""
    rows = "".join(f"<li><code>{html.escape(p.path)}:{p.line}</code> {LABELS[p.severity]}: "
                   f"{html.escape(p.message)}. {html.escape(p.hint)}</li>" for p in found)
    title = f'<p class="admonition-title">{len(found)} galat</p>'
    return f'<aside role="alert" class="admonition danger">{title}<ul>{rows}</ul></aside>'
