"""The server examples of the guide as printed: real nginx (Apache, Caddy where installed), client, bytes."""

import gzip
import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from simpul.html.render import long_date
from simpul.mirror.bundle import build_client
from tests.mirror import servers
from tests.mirror.servers import SERVERS, Web
from tests.mirror.world import TODAY, Publisher

HASHED = "assets/gambar-0123456789abcdef.svg"


class Centre(NamedTuple):
    """A publisher whose site is the sample portal, and its client."""

    publisher: Publisher
    client: Path


@contextmanager
def running(name: str, root: Path) -> Iterator[Web]:
    if shutil.which(name) is None:
        if os.environ.get("CI"):
            pytest.fail(f"{name} is not installed, and CI must not pass without it")
        pytest.skip(f"{name} is not installed")
    with servers.running(name, root) as web:
        yield web


def client(centre: Centre, *arguments: object) -> str:
    """Runs the packed client as its host would; its output."""
    done = subprocess.run([sys.executable, "-I", centre.client, *map(str, arguments)], capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def centre(site_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Centre:
    folder = tmp_path_factory.mktemp("pusat")
    publisher = Publisher(folder, day=TODAY)
    shutil.copytree(site_path, publisher.site, dirs_exist_ok=True)
    publisher.write({HASHED: b"<svg xmlns='http://www.w3.org/2000/svg'/>" * 20})
    publisher.release()
    (folder / "simpul-mirror.pyz").write_bytes(build_client(publisher.roots))
    return Centre(publisher, folder / "simpul-mirror.pyz")


@pytest.fixture
def web_root(centre: Centre) -> Iterator[Path]:
    """The centre's own copy, with its release folder in rilis/."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        root.chmod(0o755)
        client(centre, "sync", centre.publisher.out, root)
        shutil.copytree(centre.publisher.out, root / "rilis")
        yield root


@pytest.mark.parametrize("name", SERVERS)
def test_the_printed_example_serves_the_site(name: str, web_root: Path, centre: Centre) -> None:
    with running(name, web_root) as web:
        status, headers, body = web.get("/", Accept_Encoding="gzip")
        page = gzip.decompress(body).decode()
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert headers["content-type"].lower() == "text/html; charset=utf-8"
        assert page == (web_root / "index.html").read_text(encoding="utf-8")
        meta = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
        assert meta
        assert headers["content-security-policy"] == html.unescape(meta[1])
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-cache"
        assert web.get("/", If_None_Match=web.get("/")[1]["etag"])[0] == 304
        assert "immutable" in web.get("/" + HASHED)[1]["cache-control"]
        assert web.get("/assets/simpul.css")[1]["cache-control"] == "no-cache"
        assert web.get("/.simpul/keadaan.json")[0] == 404
        status, _, body = web.get("/tidak/ada.html")
        assert (status, body) == (404, (web_root / "404.html").read_bytes())
        item = next((web_root / "rilis" / "objek").iterdir())
        status, headers, body = web.get(f"/rilis/objek/{item.name}", Range="bytes=10-")
        assert (status, body) == (206, item.read_bytes()[10:])
        assert "content-encoding" not in headers
        status, _, body = web.get("/rilis/metadata/99.root.json")
        assert status == 404
        assert len(body) < 50


@pytest.mark.parametrize("name", SERVERS)
def test_the_printed_example_lacks_nothing(name: str, web_root: Path, centre: Centre) -> None:
    with running(name, web_root) as web:
        said = client(centre, "check-host", f"http://127.0.0.1:{web.port}/")
        assert "\nTidak ada yang kurang.\n" in said


@pytest.mark.skipif(not servers.HAS_IPV6, reason="this machine has no IPv6")
def test_the_example_for_nginx_answers_by_ipv6(web_root: Path, centre: Centre) -> None:
    with running("nginx", web_root) as web:
        assert "\nTidak ada yang kurang.\n" in client(centre, "check-host", f"http://[::1]:{web.port}/")


@pytest.mark.parametrize("name", SERVERS)
def test_a_copy_follows_a_centre_on_a_real_server(name: str, web_root: Path, centre: Centre,
                                                  tmp_path: Path) -> None:
    with running(name, web_root) as web:
        source = f"http://127.0.0.1:{web.port}/rilis/"
        assert "Terpasang: rilis" in client(centre, "sync", source, tmp_path / "salinan")
        assert "dalam 2 permintaan" in client(centre, "sync", source, tmp_path / "salinan")
        same = subprocess.run(["diff", "-r", "-x", ".simpul", "-x", "rilis", "-x", "status.json", "-x",
                               ".htaccess", web_root,
                               tmp_path / "salinan"], capture_output=True, text=True, check=False)
        assert same.stdout == ""


def test_the_bytes_nginx_sends(web_root: Path, centre: Centre, tmp_path: Path) -> None:
    """Headers included. Nothing new: 2 requests, 1 KB. One page more: 6 requests."""
    with running("nginx", web_root) as web:
        source = f"http://127.0.0.1:{web.port}/rilis/"

        def cost() -> tuple[int, int]:
            web.log.write_text("")
            client(centre, "sync", source, tmp_path / "salinan")
            time.sleep(0.2)
            lines = [line.split() for line in web.log.read_text().splitlines()]
            return len(lines), sum(int(line[1]) for line in lines)

        cost()
        requests, sent = cost()
        assert requests == 2
        assert sent <= 1024
        page = (centre.publisher.site / "tentang.html").read_bytes()
        centre.publisher.release({"tambahan.html": page.replace(b"Tentang", b"Tambahan")})
        shutil.copytree(centre.publisher.out, web_root / "rilis", dirs_exist_ok=True)
        requests, sent = cost()
        assert requests == 6
        assert sent <= 10_000


OLD = "Salinan ini berumur {} hari menurut jam perangkat Anda. Mungkin sudah ada isi yang lebih baru."
RELEASED = datetime.fromisoformat(f"{TODAY}T00:00:00+00:00")
CLOCKS = {
    RELEASED + timedelta(7): "", RELEASED + timedelta(30, hours=23, minutes=59): "",
    RELEASED + timedelta(31, minutes=1): OLD.format(31), RELEASED + timedelta(3653): OLD.format(3653),
    datetime(1970, 1, 1, 0, 0, 7, tzinfo=UTC):
        "Jam perangkat Anda lebih awal daripada tanggal salinan ini, jadi umurnya tidak dapat dihitung.",
}


@contextmanager
def opened(way: str, root: Path) -> Iterator[str]:
    """The address of a copy: on nginx, or as files of a stick."""
    if way == "file":
        yield f"file://{root}/"
    else:
        with running("nginx", root) as web:
            yield f"http://127.0.0.1:{web.port}/"


@pytest.mark.parametrize("way", ["http", "file"])
def test_every_page_tells_its_release_and_age(way: str, web_root: Path, browser: Browser) -> None:
    """By the reader's clock, which may be wrong: at 1970 and ten years ahead as well."""
    with opened(way, web_root) as address:
        context = browser.new_context()
        page, said = context.new_page(), list[str]()
        page.on("console", lambda message: None if message.location["url"].endswith("/favicon.ico")
                else said.append(message.text))
        for now, note in CLOCKS.items():
            page.clock.set_fixed_time(now)
            for url in ("index.html", "modul/index.html", "perubahan.html"):
                page.goto(address + url)
                line = page.locator("footer a", has_text="Rilis")
                assert re.fullmatch(rf"Rilis \d+, {long_date(TODAY)}", line.inner_text())
                assert line.get_attribute("href") == f"{address}perubahan.html"
                assert "Salinan dari pusat.example" in page.locator("footer").inner_text()
                assert page.locator("p[role=status]").all_inner_texts() == ([note] if note else [])
        assert said == []
        context.close()


@pytest.mark.parametrize("way", ["http", "file"])
def test_the_guide_leads_to_the_client_once_there_is_one(way: str, web_root: Path, centre: Centre,
                                                         browser: Browser) -> None:
    """A release turns names in the guide into links; a site only built has neither file nor link."""
    page_path = "panduan/cermin.html"
    built = (centre.publisher.site / "index.html").read_text(encoding="utf-8")
    guide = ("<main><p>Ambil <code>unduh/simpul-mirror.pyz</code>, lihat <code>perubahan.html</code>, "
             "bukan <code>status.json</code>.</p></main>")
    start, _, rest = built.partition("<main")
    start = start.replace('src="assets/', 'src="../assets/').replace('href="assets/', 'href="../assets/')
    text = start + guide + rest.partition("</main>")[2]
    (web_root / "panduan").mkdir(exist_ok=True)
    (web_root / page_path).write_text(text, encoding="utf-8")
    with opened(way, web_root) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(address + page_path)
        links = page.locator("main code a")
        assert [link.get_attribute("href") for link in links.all()] == \
            [f"{address}unduh/simpul-mirror.pyz", f"{address}perubahan.html"]
        assert page.locator("main p").inner_text() == \
            "Ambil unduh/simpul-mirror.pyz, lihat perubahan.html, bukan status.json."
        assert all((web_root / str(link.get_attribute("href")).removeprefix(address)).is_file()
                   for link in links.all())
        context.close()
