"""A made-up portal of any size from a seed: cases over all regions, modules, tags. Only for measuring."""

import argparse
import csv
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
CURRICULUM = HERE.parent.parent / "curriculum"
ROOTS = ("latih didik layan catat kirim terima simpan cari baca tulis susun kelola ubah tambah kurang bantu "
         "dukung uji nilai pantau lapor buka tutup daftar antre bayar cetak pindah jaga rawat bangun kembang "
         "guna pakai olah sebar bagi kerja").split()
NOUNS = ("warga pegawai kantor surat data berkas antrean layanan desa kelurahan kecamatan dinas puskesmas "
         "sekolah jaringan ponsel komputer formulir waktu biaya petugas loket pengaduan survei jadwal rapat "
         "laporan arsip izin usaha keluarga anak ibu lansia pasar jalan air listrik sampah kapal pulau "
         "gunung sungai hutan kebun nelayan petani guru bidan").split()
SMALL = ("yang dan di ke dari untuk dengan pada oleh karena agar sebelum sesudah setiap semua "
         "tidak sudah akan lebih").split()
THEMES = ("antrean kesehatan adminduk perizinan pendidikan arsip pengaduan keuangan kepegawaian desa "
          "pariwisata pertanian perikanan bencana pajak sosial tenaga-kerja lingkungan perhubungan "
          "satu-data").split()


def _words(random_: random.Random, count: int) -> Iterator[str]:
    for _ in range(count):
        draw = random_.random()
        if draw < 0.35:
            yield random_.choice(SMALL)
        elif draw < 0.7:
            yield random_.choice(NOUNS)
        else:
            root = random_.choice(ROOTS)
            yield random_.choice((root, f"me{root}", f"pe{root}an", f"di{root}", f"{root}an", f"ter{root}"))


def _sentences(random_: random.Random, words: int) -> str:
    text: list[str] = []
    while words > 0:
        length = min(words, random_.randint(8, 18))
        text.append(" ".join(_words(random_, length)).capitalize() + ".")
        words -= length
    return " ".join(text)


def _case(random_: random.Random, number: int, words: int) -> str:
    competence = random_.choice(["1.1", "1.2", "1.3", "2.1", "2.3", "3.1", "4.1", "4.2", "5.1", "5.2"])
    day, month, year = 1 + number % 28, 1 + number // 28 % 12, 2023 + number // 336 % 3
    tags = random_.sample(THEMES, 2)
    rest = max(words - 310, 80)
    sections = {"Masalah": rest // 4, "Rancang bangun": 310, "Hasil": rest // 4, "Pelajaran": rest // 4,
                "Langkah replikasi": rest // 4}
    body = "\n\n".join(f"## {title}\n\n{_sentences(random_, length)}" for title, length in sections.items())
    return f"""---
judul: {" ".join(_words(random_, 5)).capitalize()} {number}
instansi: Dinas {random_.choice(NOUNS).capitalize()}
tahapan: penerapan
inisiator: asn
jenis: digital
bentuk: pelayanan_publik
tema: [{", ".join(tags)}]
mulai_uji_coba: "2022-02-01"
mulai_penerapan: "2022-06-01"
ringkasan: {_sentences(random_, 20)[:280]}
kompetensi: ["{competence}"]
modul_terkait: [modul-{number % 200:03}]
kondisi: {{ koneksi: {random_.choice(["baik", "terbatas", "sangat_terbatas"])}, \
geografi: {random_.choice(["daratan", "pegunungan", "kepulauan", "pesisir", "perkotaan"])} }}
biaya: {{ kelas: "<50jt", sumber: APBD }}
hasil:
  - {{ indikator: Waktu tunggu, satuan: menit, sebelum: "{random_.randint(40, 90)}", \
sesudah: "{random_.randint(5, 39)}", periode: 2022-S1 ke 2022-S2, bukti: "https://contoh.go.id/{number}" }}
kegagalan: {_sentences(random_, 15)}
syarat_berhasil: [{random_.choice(NOUNS)}, {random_.choice(NOUNS)}]
status_keberlanjutan: berjalan
terverifikasi_pada: "2026-{month:02}-{day:02}"
persetujuan: {{ instansi: Sekretariat, nomor_surat: "{number}", tanggal: "{year}-{month:02}-{day:02}" }}
diajukan_melalui: pr
lisensi: CC-BY-4.0
---

{body}
"""


def _module(random_: random.Random, number: int) -> tuple[str, str]:
    competence = ["1.1", "1.2", "1.3", "2.1", "2.3", "3.1", "4.1", "4.2", "5.1", "5.2"][number % 10]
    fields = f"""id: modul-{number:03}
judul: {" ".join(_words(random_, 4)).capitalize()} {number}
versi: "1.0.0"
siklus: beta
ringkasan: {_sentences(random_, 20)[:280]}
mengajarkan: [{{ kompetensi: "{competence}", tingkat: "1" }}]
tujuan: [Dapat {" ".join(_words(random_, 5))}]
menit: {{ teori: "45", praktik: "45" }}
lisensi: CC-BY-4.0
tinjau_sebelum: "2030-01-01"
kuis: [{{ tanya: {" ".join(_words(random_, 6))}?, pilihan: [satu, dua, tiga], benar: "1", alasan: sebab }}]
"""
    return fields, "\n\n".join(f"## Bagian {part}\n\n{_sentences(random_, 150)}" for part in range(1, 6))


def regions() -> list[str]:
    """Codes of all regencies and cities that have a government."""
    with (CURRICULUM / "wilayah" / "regencies.csv").open(encoding="utf-8") as file:
        return [row["code"] for row in csv.DictReader(file) if "Administrasi" not in row["name"]]


def write(root: Path, cases: int, seed: int = 1, words: int = 450, modules: int = 200) -> None:
    """Writes the whole portal below `root`: regions, framework, modules, cases, settings."""
    random_ = random.Random(seed)
    for part in ("wilayah", "kerangka"):
        shutil.copytree(CURRICULUM / part, root / "curriculum" / part, dirs_exist_ok=True)
    (root / "mkdocs.yml").write_text("site_name: Simpul\nsite_url: https://simpul.example/\n",
                                     encoding="utf-8")
    for number in range(modules):
        folder = root / f"curriculum/modul/modul-{number:03}"
        folder.mkdir(parents=True, exist_ok=True)
        fields, text = _module(random_, number)
        (folder / "modul.yml").write_text(fields, encoding="utf-8")
        (folder / "isi.md").write_text(text, encoding="utf-8")
    codes = regions()
    for number in range(cases):
        folder = root / f"content/daerah/{codes[number * 7 % len(codes)]}/praktik"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"praktik-{number:05}.md").write_text(_case(random_, number, words), encoding="utf-8")


def main() -> None:
    """`python -m tests.bench.corpus FOLDER --cases 10000`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--words", type=int, default=450)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.root, options.cases, options.seed, options.words)


if __name__ == "__main__":
    main()
