"""Files made to exhaust the machine: each is refused in 5 seconds and 512 MB, the rest is still checked."""

import io
import resource
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

from tests.harness import HERE, Sample
from tests.hostile import FOLDER, HARMLESS

MEMORY = 512 * 1024 * 1024
SECONDS = 5


def _case(body: str) -> str:
    return HARMLESS.replace("Waktu tunggu turun.", body)


def _nested_yaml(depth: int) -> str:
    return f"---\na: {'[' * depth}{']' * depth}\n---\n"


def _png(width: int, height: int, extra: bytes = b"") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + \
        chunk(b"IDAT", zlib.compress(b"\0" * 100_000)) + extra + chunk(b"IEND", b"")


def _zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * 10_000_000)
    return file.getvalue()


ALIASES = "---\na: &a [x, x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n"
                                          for n in range(20)) + "---\n"

BOMBS: dict[str, tuple[str, str | bytes, str]] = {
    "alias YAML": ("x.md", ALIASES, "jangkar (&) dan alias (*) YAML tidak diterima"),
    "kedalaman YAML": ("x.md", _nested_yaml(50_000), "susunan lebih dalam daripada 20 tingkat"),
    "kedalaman YAML tidak ditutup": ("x.md", f"---\na: {'{a: ' * 50_000}\n---\n", "susunan"),
    "kunci YAML": ("x.md", "---\n" + "".join(f"k{n}: x\n" for n in range(20_000)) + "---\n", "masih ada 198"),
    "kurung siku": ("x.md", _case("[" * 20_000), "baris ini "),
    "kurung siku dan alamat": ("x.md", _case("[a](" * 20_000), "baris ini "),
    "gambar bersarang": ("x.md", _case("![" * 20_000), "baris ini "),
    "bintang": ("x.md", _case("*a _b " * 20_000), "baris ini "),
    "tanda petik": ("x.md", _case("`" * 20_000 + " " + "`a" * 20_000), "baris ini "),
    "kutipan bersarang": ("x.md", _case("> " * 20_000 + "x"), "baris ini "),
    "daftar bersarang": ("x.md", _case("\n".join("  " * n + "- x" for n in range(400))), "baris ini "),
    "tabel 10.000 kolom": ("x.md", _case("|a" * 10_000 + "|\n" + "|-" * 10_000 + "|\n" + "|b" * 10_000 + "|"),
                           "baris ini "),
    "catatan kaki": ("x.md", _case("".join(f"[^{n}] " for n in range(5_000)) + "\n\n"
                                   + "".join(f"[^{n}]: x\n\n" for n in range(5_000))), "baris ini "),
    "tautan rujukan": ("x.md", _case("".join(f"[{n}]: https://x.example\n" for n in range(5_000))
                                     + "[a][b] " * 5_000), "baris ini "),
    "surel panjang": ("x.md", _case("a" * 100_000 + "@" + "b." * 20_000), "baris ini "),
    "angka panjang": ("x.md", _case("1 " * 60_000), "baris ini "),
    "berkas besar": ("x.md", "x" * 300_000, "berkas 292 KB terlalu besar"),
    "gambar 400 megapiksel": ("gambar/x.png", _png(20_000, 20_000),
                              "gambar terlalu besar: paling banyak 40 juta piksel"),
    "gambar sangat lebar": ("gambar/x.png", _png(2_000_000_000, 1), "gambar terlalu besar"),
    "zip bernama gambar": ("gambar/x.png", _zip(), "berkas ini bukan gambar PNG, JPEG, WebP, atau GIF"),
    "teks gambar yang mengembang": (
        "gambar/x.png",
        _png(10, 10, struct.pack(">I", len(zlib.compress(b"a" * 60_000_000)) + 3) + b"zTXta\0\0"
             + zlib.compress(b"a" * 60_000_000) + b"\0\0\0\0"), "gambar rusak"),
    "CSV lebar": ("../pemantauan/2026-S2.csv",
                  "periode," + ",".join(f"k{n}" for n in range(19_999)) + "\n" + "1," * 19_999 + "1\n",
                  "masih ada 198"),
}


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def check(sample: Sample) -> tuple[str, float]:
    """What the check prints with little memory, and its seconds of the processor."""
    start = _worked()
    done = subprocess.run([sys.executable, "-m", "simpul", "check", "--jobs", "1"], cwd=sample.root,
                          capture_output=True, text=True,
                          env={"PYTHONPATH": str(HERE.parent / "generator"), "PATH": "/usr/bin:/bin"},
                          preexec_fn=_limits, timeout=60, check=False)
    assert "Traceback" not in done.stderr, done.stderr[-2000:]
    assert done.returncode in (0, 1)
    return done.stdout, _worked() - start


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_harms_nobody(name: str, tmp_path: Path) -> None:
    place, content, reason = BOMBS[name]
    sample = Sample(tmp_path / "root")
    check(sample)  # everything else is remembered from here on
    sample.write(f"{FOLDER}/{place}", content)
    sample.write(f"{FOLDER}/lain.md", HARMLESS.replace("tahapan: penerapan", "tahapan: penerapn"))
    told, seconds = check(sample)
    assert f"{FOLDER}/lain.md:4: galat: isi 'penerapn' pada 'tahapan' tidak dikenal" in told, \
        "the rest is still checked"
    where = place.rpartition("/")[2]
    assert reason in "\n".join(line for line in told.splitlines() if where in line), told[-1000:]
    assert seconds < SECONDS


@pytest.mark.parametrize(("kind", "mode", "size", "more"), [
    ("PNG", "RGBA", (8_000, 5_000), {"compress_level": 1}), ("PNG", "P", (8_000, 5_000), {"transparency": 0}),
    ("PNG", "LA", (8_000, 5_000), {"compress_level": 1}), ("WEBP", "RGBA", (4_000, 4_000), {"method": 0}),
    ("JPEG", "CMYK", (8_000, 5_000), {"progressive": True, "subsampling": 0}),
    ("JPEG", "RGB", (10_000, 6_500), {"subsampling": 0}),
], ids=lambda value: str(value))
def test_the_largest_picture_of_each_kind_takes_no_more(kind: str, mode: str, size: tuple[int, int],
                                                       more: dict[str, object], tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    file = io.BytesIO()
    Image.new("RGBA", size, (120, 90, 60, 200)).convert(mode).save(file, kind, **more)
    sample.write(f"{FOLDER}/gambar/x.{kind.lower()}", file.getvalue())
    told, seconds = check(sample)
    assert "gambar/x" not in told
    assert seconds < SECONDS


def test_many_large_files_are_not_held_at_once(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    folder = sample.root / FOLDER / "gambar"
    folder.mkdir(parents=True)
    for number in range(130):
        with (folder / f"besar-{number}.png").open("wb") as file:
            file.truncate(8_000_000)
    told, _ = check(sample)
    assert told.count("berkas ini bukan gambar PNG, JPEG, WebP, atau GIF") == 130


def test_too_many_files_are_told(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    folder = sample.root / FOLDER / "gambar"
    folder.mkdir(parents=True)
    for number in range(100_001):
        (folder / f"{number}.bin").touch()
    told, _ = check(sample)
    assert "galat: ada 1000" in told
    assert "batasnya 100000. Periksa apakah ada folder yang tersalin berulang." in told
