"""Building: same sources, same bytes, whatever came before; bad input never destroys the last good site."""

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial, wraps
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from simpul.builder.build import CACHE, check
from simpul.builder.items import list_items
from simpul.checks.rules import check_portal
from simpul.exports import feeds
from simpul.pages import Page, practices
from simpul.pages.cases import KIND as PRACTICE
from simpul.problems import errors
from simpul.runtime.cache import TABLES, Cache
from simpul.runtime.lazy import SiteFile, as_it_is
from simpul.runtime.packing import UnplainError, digest
from simpul.search import store as index_store
from simpul.search.terminal import search
from tests.harness import ALL, HERE, Sample, simpul, tree

CASE = "content/daerah/00.71/praktik/antrean-daring.md"
PROFILE = "content/daerah/00.71/profil.yml"
MODULE = "curriculum/modul/kata-sandi/modul.yml"


def test_two_builds_elsewhere_and_another_day_are_the_same_bytes(tmp_path: Path) -> None:
    trees = []
    for name, zone in (("satu", "Asia/Jayapura"), ("tempat lain", "America/New_York")):
        Sample(tmp_path / name, ALL)
        done = simpul("build", cwd=tmp_path / name, TZ=zone, PYTHONHASHSEED=str(len(name)))
        assert done.returncode == 0, done.stderr
        trees.append(tree(tmp_path / name / "site"))
    assert trees[0] == trees[1]


def test_an_error_leaves_the_last_good_site(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.build()
    before = tree(sample.root / "site")
    sample.replace(CASE, "tahapan: penerapan", "tahapan: entah")
    done = simpul("build", cwd=sample.root)
    assert done.returncode == 1
    assert f"{CASE}:4: galat: isi 'entah' pada 'tahapan' tidak dikenal." in done.stderr
    assert "Situs tidak diubah." in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(sample.root / "site") == before


def _cold(sample: Sample) -> dict[str, bytes]:
    """The site that is made from nothing."""
    shutil.rmtree(sample.root / ".cache")
    shutil.rmtree(sample.root / "site")
    sample.build()
    return tree(sample.root / "site")


def test_nothing_changed_makes_nothing_again(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.build()
    assert sample.build().result.made == 0


def test_where_nothing_changed_most_of_the_program_is_not_loaded(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.build()
    again = ("import sys, pathlib, simpul.builder.build as s; "
             "s.build(pathlib.Path('.'), pathlib.Path('site'), 2); print(*sys.modules)")
    command = [sys.executable, "-c", again]
    done = subprocess.run(command, cwd=sample.root, capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONPATH": str(HERE.parent / "generator")})
    assert "simpul.builder.swap" in done.stdout
    assert "pydantic" not in done.stdout


def test_one_new_case_changes_few_files(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.build()
    before = tree(sample.root / "site")
    text = (sample.root / CASE).read_text(encoding="utf-8").replace("2026-08-02", "2026-10-02")
    sample.write("content/daerah/00.02/praktik/baru.md", text).build()
    after = tree(sample.root / "site")
    changed = {url for url in after if before.get(url) != after[url]}
    assert "praktik/00.02/baru.html" in changed
    assert not any(url.startswith(("kompetensi/4.2", "jalur/", "glosarium", "tentang", "daerah/73"))
                   for url in changed)
    assert len(changed) <= 32


KINDS_OF_EDIT = ("tambah", "hapus", "ubah", "pindah", "modul", "artikel", "pengaturan", "kerangka", "istilah",
                 "kompetensi", "profil", "teks", "angka", "judul bagian", "tautan", "tiru", "judul", "tema",
                 "kondisi", "dipastikan", "disetujui")
CASE_EDITS = {
    "tiru": ("replikasi_dari: null", "replikasi_dari: 00.71/antrean-daring"),
    "judul": (r"judul: .*", "judul: Antrean {}"), "tema": (r"tema: .*", "tema: [tema-{}]"),
    "kondisi": (r"koneksi: \w+", "koneksi: terbatas"),
    "dipastikan": (r"terverifikasi_pada: .*", 'terverifikasi_pada: "202{}-09-01"'),
    "disetujui": (r'tanggal: "[0-9-]+"', 'tanggal: "202{}-08-02"'),
}


def _edit(sample: Sample, draw: random.Random) -> None:
    """One edit such as people make."""
    number = draw.randrange(6)
    praktik = sample.root / "content/daerah/00.02/praktik"
    match draw.choice(KINDS_OF_EDIT):
        case "tambah":
            text = (sample.root / CASE).read_text(encoding="utf-8")
            sample.write(f"content/daerah/00.02/praktik/kasus-{number}.md",
                         text.replace("2026-08-02", f"2026-07-0{number + 1}"))
        case "hapus":
            (praktik / f"kasus-{number}.md").unlink(missing_ok=True)
        case "ubah":
            path = praktik / f"kasus-{number}.md"
            if path.exists():
                path.write_text(path.read_text(encoding="utf-8").replace("Antrean", "Antrian", 1),
                                encoding="utf-8")
        case "pindah":
            path = praktik / f"kasus-{number}.md"
            if path.exists():
                path.rename(sample.root / f"content/daerah/00.01/praktik/pindah-{number}.md")
        case "modul":
            text = (sample.root / MODULE).read_text(encoding="utf-8")
            sample.write(MODULE, text.replace("kuat", "kuat sekali", 1)[:4000])
        case "artikel":
            sample.write("content/metodologi.md",
                         f"---\njudul: Metodologi {number}\n---\n\n## Cara\n\nIsi {number}.\n")
        case "pengaturan":
            path = sample.root / "mkdocs.yml"
            path.write_text(path.read_text(encoding="utf-8").replace("Simpul uji", f"Simpul uji {number}"),
                            encoding="utf-8")
        case "kerangka":
            place = "curriculum/kerangka/kdasn.yml"
            text = (sample.root / place).read_text(encoding="utf-8")
            sample.write(place, text.replace("perangkat", "gawai", 1))
        case "istilah":
            sample.write("curriculum/glosarium.yml",
                         f"- {{ istilah: Istilah {number}, arti: Arti {number}. }}\n")
        case "kompetensi":
            text = (sample.root / CASE).read_text(encoding="utf-8")
            sample.write(CASE, text.replace('kompetensi: ["4.1"]', 'kompetensi: ["4.2"]') if number % 2 else
                         text.replace('kompetensi: ["4.2"]', 'kompetensi: ["4.1"]'))
        case "teks" | "judul bagian" | "tautan" as what:
            added = {"teks": f"Kalimat {number}.", "judul bagian": f"## Bagian {number}\n\nIsi.",
                     "tautan": "[Modul](../../../../curriculum/modul/kata-sandi/isi.md)"}
            sample.write(CASE, (sample.root / CASE).read_text(encoding="utf-8") + f"\n{added[what]}\n")
        case "angka":
            text = (sample.root / CASE).read_text(encoding="utf-8")
            sample.write(CASE, re.sub('sesudah: "[0-9]+"', f'sesudah: "{10 + number}"', text))
        case "tiru" | "judul" | "tema" | "kondisi" | "dipastikan" | "disetujui" as what:
            path = praktik / f"kasus-{number % 3}.md"
            if path.exists():
                form, new = CASE_EDITS[what]
                text = re.sub(form, new.format(number + 4), path.read_text(encoding="utf-8"), count=1)
                path.write_text(text, encoding="utf-8")
        case "profil":
            text = (sample.root / PROFILE).read_text(encoding="utf-8")
            sample.write(PROFILE, re.sub("tahun: .*", f"tahun: {2020 + number}", text))


@pytest.mark.parametrize("small", [False, True], ids=["as built", "in small parts"])
@pytest.mark.parametrize("seed", range(4))
def test_an_incremental_build_equals_a_cold_one_after_any_edits(seed: int, small: bool, tmp_path: Path,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    if small:
        monkeypatch.setattr(practices, "PAGE_SIZE", 2)
        monkeypatch.setattr(feeds, "SITEMAP_SIZE", 2)
        monkeypatch.setattr(index_store, "BLOCK", 4)
    draw = random.Random(seed)
    sample = Sample(tmp_path / "root")
    sample.build()
    for number in range(6):
        for _ in range(draw.randint(1, 3)):
            _edit(sample, draw)
        warm = sample.build(jobs=1 + number % 2)
        assert not any(problem.severity == "error" for problem in warm.problems)
        assert tree(sample.root / "site") == _built_elsewhere(sample, tmp_path / "dingin")


SOURCES = ("*.yml", "*.md", "*.csv")
WORDS = re.compile(r"[A-Za-z]{4,}")


def _sources(sample: Sample) -> list[Path]:
    folders = (sample.root / "content", sample.root / "curriculum")
    return [sample.root / "mkdocs.yml",
            *sorted(path for folder in folders for form in SOURCES for path in folder.rglob(form))]


def _stranger(sample: Sample, draw: random.Random) -> None:
    """Something done to any source by somebody who knows no rule; what makes an error of it is undone."""
    path = draw.choice(_sources(sample))
    before = path.read_text(encoding="utf-8")
    rows = before.split("\n")
    at = draw.randrange(len(rows))
    match draw.choice(("hapus", "baris", "kata", "angka", "ganda")):
        case "hapus" if path.name != "mkdocs.yml":
            path.unlink()
        case "baris":
            path.write_text("\n".join([*rows[:at], *rows[at + 1:]]), encoding="utf-8")
        case "ganda":
            path.write_text("\n".join([*rows[:at], rows[at], *rows[at:]]), encoding="utf-8")
        case "kata" if words := WORDS.findall(before):
            path.write_text(before.replace(draw.choice(words), draw.choice(words), 1), encoding="utf-8")
        case "angka":
            path.write_text(re.sub("[0-9]", str(draw.randrange(10)), before, count=draw.randrange(1, 9)),
                            encoding="utf-8")
    if errors(sample.problems()):
        path.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_to_any_source_a_warm_build_equals_a_cold_one(seed: int, tmp_path: Path) -> None:
    draw = random.Random(300 + seed)
    sample = Sample(tmp_path / "root")
    sample.build()
    touched = 0
    for number in range(12):
        for _ in range(draw.randint(2, 6)):
            _stranger(sample, draw)
        touched += sample.build(jobs=1 + number % 2).result.made > 0
        assert tree(sample.root / "site") == _built_elsewhere(sample, tmp_path / "dingin")
    assert touched > 5


def _built_elsewhere(sample: Sample, root: Path) -> dict[str, bytes]:
    """The site that the same sources give where nothing is known."""
    shutil.copytree(sample.root, root, ignore=shutil.ignore_patterns(".cache", "site", ".site*"))
    cold = Sample.__new__(Sample)
    cold.root = root
    cold.build()
    found = tree(root / "site")
    shutil.rmtree(root)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_while_the_portal_stays_so_does_all_that_is_made_of_it(seed: int, tmp_path: Path) -> None:
    draw = random.Random(200 + seed)
    sample = Sample(tmp_path / "root")
    known: dict[str, tuple[object, ...]] = {}
    same = 0
    for _ in range(14):
        portal = check(sample.root, 1).portal
        items = list(list_items(portal))
        addresses = [(item.url, item.source) for item in items]
        found = sorted(str(finding) for finding in check_portal(portal, addresses))
        made = [item.collect() for item in items]
        seen = ([(item.url, digest(item.plain), item.texts) for item in made], found)
        same += portal.digest in known
        assert known.setdefault(portal.digest, seen) == seen
        _edit(sample, draw)
    assert same


COSTS = '''"""What cases cost, from their own files."""

from functools import partial, wraps

from simpul.runtime.lazy import LazyFile, SiteFile


def files(portal):
    yield LazyFile("biaya.csv", partial(_file, portal))


def _file(portal):
    return SiteFile("biaya.csv", list(portal.cases), as_csv, tuple(map(portal.practice_path, portal.cases)))


def as_csv(names, *cases):
    rows = (f"{name},{case.practice.biaya and case.practice.biaya.kelas}"
            for name, case in zip(names, cases, strict=True))
    return "\\n".join(rows).encode()
'''


def _told_to_contributors() -> list[str]:
    """The code in CONTRIBUTING.md: how to look at a page, a kind of page, its template, an export."""
    text = (HERE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```\w+\n(.*?)^ *```$", text, flags=re.DOTALL | re.MULTILINE)
    return list(map(dedent, blocks))


def test_a_kind_of_page_and_an_export_are_added_as_told_and_follow_every_edit(tmp_path: Path) -> None:
    for part in ("generator", "theme"):
        shutil.copytree(HERE.parent / part, tmp_path / "lain" / part,
                        ignore=shutil.ignore_patterns("__pycache__"))
    package = tmp_path / "lain/generator/simpul"
    _, kind, template, export = _told_to_contributors()
    for path, text in ((package / "pages/counts.py", kind), (package / "exports/counts.py", export),
                       (package / "exports/costs.py", COSTS),
                       (tmp_path / "lain/theme/expert_count.html", template)):
        path.write_text(text, encoding="utf-8")
    sample, own = Sample(tmp_path / "root"), {"PYTHONPATH": str(tmp_path / "lain/generator")}
    assert "1 hitungan ahli" in simpul("build", cwd=sample.root, **own).stdout
    assert ">Kota Contoh Raya</a>: 1</li>" in sample.page("hitungan.html")
    assert 'href="hitungan.html"' in sample.page("kebutuhan.html")
    assert "00.71,1" in sample.page("ahli.csv")
    assert "00.71/antrean-daring,<50jt" in sample.page("biaya.csv")
    sample.remove("content/daerah/00.71/ahli.yml").remove("content/daerah/00.71/jadwal.yml")
    sample.replace(CASE, '"<50jt"', '"50-200jt"')
    assert simpul("build", cwd=sample.root, **own).returncode == 0
    assert ">Kota Contoh Raya</a>: 0</li>" in sample.page("hitungan.html")
    assert "00.71,0" in sample.page("ahli.csv")
    assert "00.71/antrean-daring,50-200jt" in sample.page("biaya.csv")


class _Smuggler:
    def make(self, data: bytes) -> bytes:
        return data


@pytest.mark.parametrize("smuggled", [
    lambda data: data, partial(as_it_is, b""), _Smuggler().make, wraps(as_it_is)(lambda data: data)])
def test_a_maker_holds_nothing_that_its_key_does_not_see(smuggled: Any) -> None:
    with pytest.raises(TypeError):
        SiteFile("a.txt", b"", smuggled).plain  # noqa: B018


def test_what_a_page_shows_is_plain(tmp_path: Path) -> None:
    portal = check(Sample(tmp_path / "root").root, 1).portal
    with pytest.raises(UnplainError, match=r"^Portal at \[3\]\['portal'\]$"):
        digest(Page("a.html", PRACTICE, view={"portal": portal}).plain)


def test_a_text_that_is_put_back_while_something_else_changes_is_made_again(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.build()
    before = (sample.root / CASE).read_text(encoding="utf-8")
    page = sample.root / "site/praktik/00.71/antrean-daring.html"
    shown = page.read_bytes()
    sample.write(CASE, f"{before}\nKalimat baru.\n").build()
    assert b"Kalimat baru." in page.read_bytes()
    sample.write(CASE, before).write("content/metodologi.md", "---\njudul: Metodologi\n---\n\nIsi.\n").build()
    assert page.read_bytes() == shown


def test_cases_grow_old_with_the_newest_of_them(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.build()
    page = sample.root / "site/praktik/00.71/antrean-daring.html"
    assert b"lebih dari 12 bulan lalu" not in page.read_bytes()
    text = re.sub("terverifikasi_pada: .*", 'terverifikasi_pada: "2029-09-01"',
                  (sample.root / CASE).read_text(encoding="utf-8"))
    elsewhere = text.replace("koneksi: baik, geografi: perkotaan", "koneksi: terbatas, geografi: kepulauan")
    sample.write("content/daerah/00.02/praktik/baru.md", elsewhere).build()
    assert b"lebih dari 12 bulan lalu" in page.read_bytes()


def test_a_text_that_breaks_a_link_from_elsewhere_is_told(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.write("content/metodologi.md", "---\njudul: Metodologi\n---\n\n"
                 "Lihat [pelajaran](daerah/00.71/praktik/antrean-daring.md#catatan-akhir).\n")
    text = (sample.root / CASE).read_text(encoding="utf-8")
    sample.write(CASE, f"{text}\n## Catatan akhir\n\nIsi.\n").build()
    assert "jangkar-putus" not in [problem.code for problem in sample.problems()]
    sample.write(CASE, f"{text}\n## Catatan\n\nIsi.\n")
    assert "jangkar-putus" in [problem.code for problem in sample.build().problems]


def test_lines_of_warnings_follow_an_edit_above_them(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.replace(CASE, 'terverifikasi_pada: "', 'terverifikasi_pada: "2019-01-01" # "').build()
    before = [problem.line for problem in sample.problems() if problem.code == "verifikasi-lama"]
    sample.replace(CASE, "tahapan:", "# catatan\ntahapan:")
    after = [problem.line for problem in sample.build().problems if problem.code == "verifikasi-lama"]
    assert after == [before[0] + 1]


@pytest.mark.parametrize("change", ["theme/practice.html", "theme/extra.css", "theme/scripts/simpul.js",
                                    "generator/simpul/addresses.py"])
def test_another_theme_or_version_makes_every_page_again(change: str, tmp_path: Path) -> None:
    for part in ("generator", "theme"):
        shutil.copytree(HERE.parent / part, tmp_path / "lain" / part,
                        ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HERE.parent / "pyproject.toml", tmp_path / "lain")
    sample = Sample(tmp_path / "root")
    own = {"PYTHONPATH": str(tmp_path / "lain/generator")}
    assert simpul("build", cwd=sample.root, **own).returncode == 0
    path = tmp_path / "lain" / change
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('<dl class="facts">', '<dl class="facts" id="fakta">')
                    if change.endswith("html") else text + "\n", encoding="utf-8")
    assert " 0 dibuat ulang" not in simpul("build", cwd=sample.root, **own).stdout
    warm = tree(sample.root / "site")
    shutil.rmtree(sample.root / ".cache")
    shutil.rmtree(sample.root / "site")
    assert simpul("build", cwd=sample.root, **own).returncode == 0
    assert tree(sample.root / "site") == warm


def _of_another_version(cache: Path) -> None:
    with closing(sqlite3.connect(cache)) as database, database:
        database.execute("UPDATE note SET value = 'lain' WHERE name = 'version'")
        for name in ("entry", "taken"):
            database.execute(f"DROP TABLE {name}")
            database.execute(f"CREATE TABLE {name} (path TEXT, value BLOB)")


@pytest.mark.parametrize("harm", ["hapus", "kosongkan", "potong", "sampah", "versi lain"])
def test_the_cache_may_be_harmed_at_any_time(harm: str, tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.build()
    before = tree(sample.root / "site")
    cache = sample.root / CACHE
    data = cache.read_bytes()
    for extra in cache.parent.glob("*-*"):
        extra.unlink()
    if harm == "hapus":
        shutil.rmtree(cache.parent)
    elif harm == "versi lain":
        _of_another_version(cache)
    else:
        cache.write_bytes({"kosongkan": b"", "potong": data[: len(data) // 2], "sampah": b"x" * 5000}[harm])
    sample.replace("content/metodologi.md", "terbuka", "terbuka sekali").build()
    after = tree(sample.root / "site")
    changed = {url for url in after if before.get(url) != after[url]}
    assert {url for url in changed if not url.startswith("cari/")} == {"metodologi.html"}


def _flip_a_bit(cache: Path, table: str) -> None:
    """In the middle of every value of a table."""
    with closing(sqlite3.connect(cache)) as database, database:
        column = "entry" if table == "taken" else "value"
        rows = database.execute(f"SELECT rowid, {column} FROM {table} "
                                f"WHERE typeof({column}) = 'blob' AND length({column})").fetchall()
        assert rows
        for rowid, value in rows:
            middle = len(value) // 2
            harmed = value[:middle] + bytes([value[middle] ^ 1]) + value[middle + 1:]
            database.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (harmed, rowid))


@pytest.mark.parametrize("harm", ["teks", "situs hilang", "modul"])
@pytest.mark.parametrize("table", TABLES)
def test_no_flipped_bit_of_the_cache_reaches_the_site(table: str, harm: str, tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.build()
    _flip_a_bit(sample.root / CACHE, table)
    if harm == "teks":
        sample.write(CASE, (sample.root / CASE).read_text(encoding="utf-8") + "\nTambahan.\n")
    elif harm == "modul":
        text = (sample.root / CASE).read_text(encoding="utf-8").replace("2026-08-02", "2020-01-02")
        sample.write("content/daerah/00.02/praktik/baru.md", text)
    else:
        shutil.rmtree(sample.root / "site")
    sample.build()
    warm = tree(sample.root / "site")
    assert _cold(sample) == warm


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_cannot_be_written_once_does_not_reach_the_site(table: str, tmp_path: Path,
                                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full, say: what belongs together is remembered together or not at all."""
    sample = Sample(tmp_path / "root")
    sample.build()
    sample.write(CASE, (sample.root / CASE).read_text(encoding="utf-8") + "\nAntrean lagi.\n")
    write = Cache._many

    def full(cache: Cache, statement: str, rows: list[tuple[object, ...]]) -> None:
        wanted = statement.startswith(f"INSERT OR REPLACE INTO {table} ")
        write(cache, statement.replace(table, "no_room") if wanted else statement, rows)

    with monkeypatch.context() as patched:
        patched.setattr(Cache, "_many", full)
        sample.build()
    sample.replace("content/metodologi.md", "terbuka", "terbuka sekali").build()
    warm = tree(sample.root / "site")
    assert _cold(sample) == warm


def test_a_file_that_could_not_be_read_once_is_read_again(tmp_path: Path,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    sample = Sample(tmp_path / "root")
    with monkeypatch.context() as patched:
        patched.setattr("simpul.sources.read.read_bytes",
                        lambda root, path, stamp: (_ for _ in ()).throw(PermissionError))
        assert "tak-terbuka" in [problem.code for problem in sample.problems()]
    assert "tak-terbuka" not in [problem.code for problem in sample.problems()]


def test_without_room_for_a_cache_the_site_is_built_all_the_same(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root", ALL)
    (sample.root / CACHE).mkdir(parents=True)  # no file can stand here
    assert sample.build().result.made > 500


def test_a_page_with_either_form_of_an_abbreviation_is_found_by_the_other(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.replace("content/metodologi.md", "terbuka.", "terbuka. Aturannya: kotak usul kantor kelurahan.")
    sample.replace("content/tentang.md", "\n---\n", "\n---\nTentang KUKK.\n").build()
    assert search(sample.root / "site", "kukk").count == 1
    sample.write("curriculum/singkatan.yml",
                 "- { singkatan: KUKK, kepanjangan: Kotak Usul Kantor Kelurahan }\n").build()
    both = {"metodologi.html", "tentang.html"}
    for query in ("kukk", "Kotak Usul Kantor Kelurahan"):
        assert {hit.url for hit in search(sample.root / "site", query).hits[:2]} == both


def test_a_file_of_the_site_that_was_changed_by_hand_is_made_again(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.build()
    before = tree(sample.root / "site")
    (sample.root / "site/index.html").write_text("rusak", encoding="utf-8")
    (sample.root / "site/standar.html").unlink()
    (sample.root / "site/asing.html").write_text("asing", encoding="utf-8")
    sample.build()
    assert tree(sample.root / "site") == before


def _folder_at(place: Path, elsewhere: Path) -> None:
    place.unlink()
    (place / "dalam").mkdir(parents=True)
    (place / "dalam/asing.html").write_text("asing", encoding="utf-8")


def _file_at(place: Path, elsewhere: Path) -> None:
    shutil.rmtree(place)
    place.write_text("asing", encoding="utf-8")


def _link_at(place: Path, elsewhere: Path) -> None:
    shutil.rmtree(place)
    elsewhere.mkdir()
    place.symlink_to(elsewhere)


@pytest.mark.parametrize(("url", "spoil"), [
    ("metodologi.html", _folder_at), ("modul", _file_at), ("modul", _link_at), ("praktik/00.71", _link_at)])
def test_whatever_stands_in_the_way_goes_and_nothing_is_written_elsewhere(
        url: str, spoil: Callable[[Path, Path], None], tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.build()
    before, elsewhere = tree(sample.root / "site"), tmp_path / "luar"
    spoil(sample.root / "site" / url, elsewhere)
    sample.build()
    assert tree(sample.root / "site") == before
    for number in range(3):  # what was spoilt is the next staging copy
        sample.replace("content/tentang.md", "\n---\n", f"\n---\nLagi {number}.\n").build()
        assert tree(sample.root / "site") == _built_elsewhere(sample, tmp_path / "dingin")
    assert not elsewhere.exists() or tree(elsewhere) == {}


def test_a_killed_build_leaves_a_good_site(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.build()
    before = tree(sample.root / "site")
    sample.replace("mkdocs.yml", "Simpul uji", "Nama baru")
    for delay in (0.3, 0.5, 0.7, 0.9, 1.1):
        process = subprocess.Popen([sys.executable, "-m", "simpul", "build"], cwd=sample.root,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        found = tree(sample.root / "site")
        assert found.keys() == before.keys()
        names = {b"Nama baru" in data for url, data in found.items() if url.endswith("index.html")}
        assert len(names) == 1, "pages of two builds are mixed"
    sample.build()
    assert b"Nama baru" in tree(sample.root / "site")["index.html"]


def test_two_builds_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    command = [sys.executable, "-m", "simpul", "build"]
    processes = [subprocess.Popen(command, cwd=sample.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                 for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    for process in processes:
        process.communicate()
    first = tree(sample.root / "site")
    assert _cold(sample) == first


def test_an_empty_region_invites_the_first_submission(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.build()
    assert "elum ada data" in sample.page("daerah/73.71.html")


def test_addresses_are_safe_on_any_file_system(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root", ALL)
    sample.build()
    urls = list(tree(sample.root / "site"))
    assert all(url == url.lower() and len(url) <= 120 and not set(url) & set('\\:*?"<>|') for url in urls)
    assert len({url.lower() for url in urls}) == len(urls)
