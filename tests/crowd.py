"""Portals with more than each page lists, with every field filled in or left out, or with next to nothing."""

from collections.abc import Iterable
from pathlib import Path

from simpul.figures.charts import MOST_POINTS
from simpul.pages.practices import MOST_REGIONS
from tests.harness import ALL, Sample
from tests.pointers import ANSWER, DISPUTE, MORE, pointer, replicated, withdrawn

REGIONS, HOME = 120, "11.01"
OWN = MOST_POINTS + 1  # units of the home with two periods
UNITS = REGIONS + OWN + 1  # one a region with one period, those of the home, and the sample's
HEADING = ("periode,unit_layanan,layanan,sasaran_asn,asn_dilatih,asn_lulus_minimum,ikm,ikm_n,ikm_metode,"
           "dasar_hukum,sumber_url,contoh\n")
CASE = """---
judul: Praktik nomor {number}
instansi: Dinas Rekaan
tahapan: uji_coba
inisiator: masyarakat
jenis: nondigital
bentuk: lainnya
tema: [antrean]
ringkasan: Ringkasan praktik nomor {number}.
kompetensi: ["4.1", "4.2"]
kegagalan: Belum semua warga tahu.
status_keberlanjutan: berhenti
alasan_berhenti: Petugasnya pindah.
mulai_uji_coba: "2025-01-02"
{condition}
terverifikasi_pada: "2024-01-02"
persetujuan: {{ instansi: Dinas Rekaan, nomor_surat: 1/{number}, tanggal: "2024-01-02" }}
lisensi: CC-BY-4.0
---

## Masalah

Antrean panjang.

## Rancang bangun

Nomor antrean.

## Hasil

Lebih singkat.

## Pelajaran

Mulai kecil.

## Langkah replikasi

1. Mulai dari satu loket.
"""


def crowded(root: Path) -> Sample:
    """One more than each page lists, in real regions, since samples are listed apart."""
    sample = Sample(root, ALL)
    codes = [line[:5] for line in (root / "curriculum/wilayah/regencies.csv").read_text().splitlines()[1:]]
    real = [code for code in codes if code[:2] not in ("00", "31")][:REGIONS]
    home = f"content/daerah/{HOME}"
    for code in real:
        sample.write(f"content/daerah/{code}/pemantauan/2025-S2.csv", HEADING + _row("2025-S2", "Loket", 60))
    for period, part in (("2025-S1", 3), ("2026-S1", 1)):
        sample.write(f"{home}/pemantauan/{period}.csv", HEADING + "".join(
            _row(period, f"Unit {number}", number // part) for number in range(1, OWN + 1)))
    for period in ("2023-S1", "2023-S2", "2024-S1"):
        sample.write(f"{home}/pemantauan/{period}.csv", HEADING + _row(period, "Unit 1", 0))
    for number in range(1, 122):
        sample.write(f"{home}/praktik/praktik-{number}.md", _case(number))
    sample.write(f"{home}/kebutuhan.yml", "".join(map(_need, range(1, 62))))
    sample.write(f"{home}/ahli.yml", "".join(map(_expert, range(1, 62))))
    sample.write(f"{home}/pusat.yml", "".join(map(_centre, range(1, 62))))
    sample.write(f"{home}/jadwal.yml", "zona: WIB\nsesi:\n" + "".join(map(_session, range(1, 62))))
    for code in real[:30]:
        _adapt(sample, code)
    like = "kondisi: { koneksi: baik, geografi: pesisir }\nsumber: Data rekaan\ntahun: \"2026\"\n"
    for code in (*real[:MOST_REGIONS], "91.03"):
        sample.write(f"content/daerah/{code}/profil.yml", like)
    for code in ("91.03", "12"):
        sample.write(f"content/daerah/{code}/kebutuhan.yml", _need(1))
    sample.write("content/daerah/91.03/praktik/praktik-1.md", _case(1))
    for number, code in enumerate(real[1:62]):
        sample.write(f"curriculum/penunjuk/{HOME}-nomor-{number}.yml",
                     pointer(HOME, f"Nomor {number}", more=replicated(code)))
    return sample


def _case(number: int) -> str:
    conditions = ("kondisi: { geografi: perkotaan, koneksi: baik }", "kondisi: { geografi: pesisir }",
                  "contoh: tidak")
    return CASE.format(number=number, condition=conditions[number % 3])


def _row(period: str, unit: str, trained: int) -> str:
    return f'{period},{unit},adminduk,100,{trained},{trained},"80,{trained:02}",365,SKM-9-unsur,' \
        "PermenPANRB 14/2017,https://contoh.go.id/skm,\n"


def _lines(first: str, more: Iterable[str]) -> str:
    return f"- {first}\n" + "".join(f"  {line}\n" for line in more)


def _need(number: int) -> str:
    return _lines(f"id: k{number}", [
        f'tanggal: "2026-05-{number % 28 + 1:02}"', "cara: rapat", 'kompetensi: "4.2"',
        f'asn_terdampak: "{number}"', f"uraian: Kebutuhan nomor {number}."])


def _expert(number: int) -> str:
    return _lines(f"id: ahli-{number}", [
        f"nama_tampil: Ahli Nomor {number}", 'persetujuan_publikasi: "2026-04-01"', "instansi: Dinas Rekaan",
        f'wilayah_kerja: ["{HOME}", "12.01"]', "bahasa: [id, ace]", 'kuota_sesi_per_bulan: "99"',
        'keahlian: [{ kompetensi: "4.1", tingkat: "1" }, { kompetensi: "4.2", tingkat: "2" }]'])


def _centre(number: int) -> str:
    return _lines(f"id: pusat-{number}", [
        f"nama: Pusat Nomor {number}", "pengelola: Badan Rekaan", 'fasilitas: { komputer: "5" }',
        "akses: [kursi_roda]", 'versi_kurikulum: "2026.1"', f'kapasitas_per_sesi: "{number + 5}"'])


def _session(number: int) -> str:
    lines = _lines(f"id: s{number}", [
        "modul: kata-sandi", "model: pendampingan", "komponen: tatap_muka", f"pusat: pusat-{number}",
        f'mulai: "2026-12-{number % 28 + 1:02}T08:00"', 'menit: "60"', 'peserta: "5"'])
    return "".join(f"  {line}" for line in lines.splitlines(keepends=True))


def _adapt(sample: Sample, code: str, block: str = "tambah_setelah: langkah-kerja") -> None:
    folder = f"content/daerah/{code}/adaptasi"
    if code != HOME:
        sample.write(f"content/daerah/{code}/kebutuhan.yml", _need(1))
    sample.write(f"{folder}/surel-aman.yml",
                 'modul: surel-aman\nbasis_versi: "1.0.0"\nmenjawab_kebutuhan: [k1]\nblok:\n'
                 f"  - {{ {block}, berkas: latihan.md }}\n"
                 "penyusun: [{ instansi: Dinas Rekaan }]\n")
    again = "" if "ganti" in block else "\n## Latihan lagi\n\nLagi.\n"
    sample.write(f"{folder}/latihan.md", f"## Latihan daerah\n\nLatihan.\n{again}")


def varied(root: Path) -> Sample:
    """The sample with what it has left out, and without what it has filled in."""
    sample = Sample(root, "17")
    for path, content in VARIED.items():
        sample.write(path, content)
    first, second = (f"content/daerah/{name}.md" for name in ("00.01/praktik/antrean-pesan",
                                                              "00.71/praktik/antrean-daring"))
    sample.replace(first, ', periode: 2025-S1 ke 2025-S2, bukti: "https://contoh.go.id/antrean"', "")
    sample.replace(first, "hasil:\n", "hasil:\n"
                   '  - { indikator: Suhu, satuan: derajat, sebelum: "-2", sesudah: "3" }\n')
    sample.replace(first, 'mulai_penerapan: "2025-06-01"\n', "")
    sample.replace(first, ", geografi: kepulauan", "")
    sample.replace(second, "kondisi: { koneksi: baik, geografi: perkotaan }", "kondisi: { tingkat: kota }")
    sample.replace(second, 'terverifikasi_pada: "2026-08-01"\n', "")
    sample.replace(second, 'mulai_uji_coba: "2025-02-01"\nmulai_penerapan: "2025-06-01"\n', "")
    sample.replace("curriculum/glosarium.yml", 'kompetensi: ["4.1"]', 'kompetensi: ["4.1", "4.2"]')
    _adapt(sample, "17.02", "ganti: bagian-lama")
    region = "content/daerah/17.05"
    for name, fields in PLAIN.items():
        sample.write(f"{region}/praktik/{name}.md", PLAIN_CASE.replace("{fields}", fields))
    sample.write(f"{region}/praktik/lampiran/daftar.csv", "nama;jumlah\nLoket;2\n")
    sample.write(f"{region}/pindah.yml",
                 '- { dari: praktik/asal, dicabut: "2026-01-02", alasan: Layanannya dihentikan. }\n')
    sample.write("curriculum/pindah.yml",
                 '- { dari: modul/lama, dicabut: "2026-01-02", alasan: Isinya sudah tidak berlaku. }\n')
    sample.replace(f"{REGION}/kebutuhan.yml", "isi: Menyusul.", "isi: Menyusul., modul: [lama, surel-aman]")
    _point(sample)
    _adapt(sample, "17.04")
    sample.remove("content/daerah/17.04/kebutuhan.yml")
    with (root / "curriculum/rilis.yml").open("a") as file:
        file.write('- { versi: "2026.3", tanggal: "2026-09-01", perubahan: [Salah ketik dibetulkan.] }\n')
    sample.replace("curriculum/modul/surel-aman/isi.md", "1. Periksa", "1. Baca lalu periksa")
    sample.replace("curriculum/modul/surel-aman/modul.yml", 'versi: "1.1.0"', 'versi: "1.2.0"')
    return sample


def _point(sample: Sample) -> None:
    for name, text in {
        "17.05-penuh": pointer("17.05", status="dikonfirmasi", more=MORE + DISPUTE + ANSWER.format("Benar.")
                               + replicated("17.04") + "praktik: 17.05/polos\nkompetensi: [\"4.1\"]\n"),
        "17.05-bantah": pointer("17.05", status="dibantah", more=ANSWER.format("Keliru.") +
                                "praktik: 17.05/asal\ncatatan_sumber: Hanya satu sumber.\n"),
        "17.04-lama": withdrawn("17.04"), "17.04-baru": pointer("17.04", more='tahun: "2020"\n'),
    }.items():
        sample.write(f"curriculum/penunjuk/{name}.yml", text)


SETTINGS = """site_name: Simpul uji
repo_url: https://github.com/contoh/simpul
plugins: [simpul]
extra: { simpul: { surel: kirim@contoh.go.id } }
theme: { name: null, custom_dir: content }
docs_dir: content
use_directory_urls: false
"""
FRAMEWORK = """id: kdasn
judul: Kerangka
versi: "0.1.0"
status: usulan
dasar: { jenis: belum_ada, keterangan: Bukan ketetapan pemerintah }
sumber: [{ nama: Naskah }]
tingkat: [{ id: "1", nama: Dasar }, { id: "2", nama: Menengah }]
kelompok: [{ id: pelaksana_layanan, nama: Pelaksana }, { id: lain, nama: Lain }]
bidang:
  - kode: "4"
    nama: Keamanan
    kompetensi:
      - kode: "4.1"
        nama: Melindungi perangkat
        indikator:
          "1": [{ id: "4.1.1-1", perilaku: Memakai kata sandi kuat }]
          "2": [{ id: "4.1.2-1", perilaku: Mengenali surel penipuan }]
      - kode: "4.2"
        nama: Melindungi data pribadi
        indikator:
          "1": [{ id: "4.2.1-1", perilaku: Menyimpan data warga dengan aman }]
          "2": [{ id: "4.2.2-1", perilaku: Menilai risiko data pribadi }]
standar_minimum:
  - { kelompok: pelaksana_layanan, kompetensi: "4.1", tingkat: "1", tenggat: 100_hari, alasan: Loket. }
"""
MODULE = """id: tanpa-kuis
judul: Tanpa kuis
versi: "1.0.0"
siklus: dicabut
ringkasan: Modul lama.
mengajarkan: [{ kompetensi: "4.1", tingkat: "1" }]
tujuan: [Dapat sesuatu]
menit: { teori: "20", praktik: "25" }
lisensi: CC-BY-4.0
tinjau_sebelum: "2020-01-01"
"""
ATTACHED = "lampiran: [{ berkas: daftar.csv, judul: Daftar loket }]\n"
PLAIN = {
    "polos": f'{ATTACHED}hasil:\n  - {{ indikator: Aduan, satuan: aduan, sebelum: "2", sesudah: "9", '
             'arah: turun, dari: "27" }\n'
             '  - { indikator: Warga, satuan: orang, sebelum: "2", sesudah: "9" }\n',
    "geografi": f'{ATTACHED}kondisi: {{ geografi: pesisir }}\nmulai_uji_coba: "2025-01-02"\n',
    "koneksi": f"{ATTACHED}kondisi: {{ koneksi: baik }}\n",
    "kosong": f"{ATTACHED}kondisi: {{ tingkat: kota }}\n",
    "turunan": "replikasi_dari: 17.05/asal\nmodul_terkait: [lama]\n",
}
PLAIN_CASE = """---
judul: Praktik polos
instansi: Dinas Rekaan
tahapan: uji_coba
inisiator: masyarakat
jenis: nondigital
bentuk: lainnya
ringkasan: Ringkasan praktik polos.
kegagalan: Belum semua warga tahu.
status_keberlanjutan: berhenti
alasan_berhenti: Petugasnya pindah.
{fields}lisensi: CC-BY-4.0
---

Kata pembuka.

""" + CASE.partition("---\n\n")[2]
REGION = "content/daerah/17.01"
VARIED = {
    "mkdocs.yml": SETTINGS,
    "curriculum/kerangka/kdasn.yml": FRAMEWORK,
    "curriculum/modul/tanpa-kuis/modul.yml": MODULE,
    "curriculum/modul/tanpa-kuis/isi.md": "Isi.\n",
    "curriculum/dasar_hukum.yml":
        '- { id: uu-1-2020, jenis: UU, nomor: "1", tahun: "2020", tentang: Rekaan, status: berlaku, '
        'diperiksa: "2019-01-01", terbaca: utuh, tinjau_sebelum: "2020-01-01", pasal: '
        '[{ nomor: 2 ayat (1), gist: Isi., sumber: "https://berita.example/", terbaca: utuh }] }\n',
    "curriculum/jalur/kosong.yml": "id: kosong\njudul: Tanpa sasaran\nsasaran: []\ntarget: []\n"
                                   "langkah: [{ modul: tanpa-kuis, wajib: \"tidak\" }]\n",
    "curriculum/model/lengkap.yml":
        "id: lengkap\nnama: Lengkap\nkomponen:\n"
        '  - { jenis: lokakarya, menit: "60", peserta_maks: "30", rasio: "1:8", perlu: [papan, spidol],'
        " media: [usb, cetak] }\n",
    f"{REGION}/profil.yml": 'kondisi: {}\nsumber: Data rekaan\ntahun: "2026"\n',
    f"{REGION}/pusat.yml": '- id: p\n  nama: Pusat\n  pengelola: Badan\n  versi_kurikulum: "2026.2"\n'
                           '  kapasitas_per_sesi: "9"\n',
    f"{REGION}/ahli.yml": "- id: a\n  nama_tampil: Ahli Satu\n  persetujuan_publikasi: \"2026-04-01\"\n"
                          '  instansi: Dinas\n  wilayah_kerja: ["17.01"]\n  kuota_sesi_per_bulan: "2"\n'
                          '  keahlian: [{ kompetensi: "4.1", tingkat: "2" }]\n'
                          "- id: b\n  nama_tampil: Ahli Dua\n  persetujuan_publikasi: \"2026-04-01\"\n"
                          '  instansi: Dinas\n  wilayah_kerja: ["17.01"]\n  kuota_sesi_per_bulan: "2"\n'
                          '  keahlian: [{ kompetensi: "4.1", tingkat: "2" }]\n'
                          "- id: c\n  nama_tampil: Ahli Tiga\n"
                          '  instansi: Dinas\n  wilayah_kerja: ["17.01"]\n  kuota_sesi_per_bulan: "2"\n'
                          '  keahlian: [{ kompetensi: "4.1", tingkat: "2" }]\n',
    f"{REGION}/kebutuhan.yml":
        _need(1) + '  tanggapan: { status: dirancang, tanggal: "2026-06-01", isi: Menyusul. }\n',
    "content/daerah/17.02/kebutuhan.yml": _need(1),
    "content/daerah/17.02/pusat.yml":
        '- id: p\n  nama: Pusat\n  pengelola: Badan\n  versi_kurikulum: "2026.2"\n'
        '  kapasitas_per_sesi: "9"\n  fasilitas: { komputer: "20" }\n',
    "content/daerah/17.03/jadwal.yml":
        'zona: WIB\nmandiri: [{ modul: surel-aman, dari: "2026-11-23", sampai: "2026-12-04" }]\n',
    f"{REGION}/pemantauan/2026-S1.csv":
        HEADING + "2026-S1,Loket,adminduk,0,0,0,,,,,,\n2026-S1,Loket dua,adminduk,10,5,5,,,,,,\n",
    f"{REGION}/jadwal.yml":
        'zona: WIB\njam_layanan: [{ hari: [senin], dari: "08:00", sampai: "14:00", boleh_dipakai: "ya" }]\n'
        "sesi:\n  - { id: s1, modul: surel-aman, model: pendampingan, komponen: pendampingan,"
        ' mulai: "2020-12-02T23:00", menit: "90", ahli: [a, b], peserta: "5" }\n'
        'mandiri: [{ modul: surel-aman, dari: "2026-11-23", sampai: "2026-12-04" }]\n',
}


def answered(root: Path) -> Sample:
    """Delivery models without modules; one region whose need has its answer, and a centre."""
    sample = _emptied(root)
    sample.write("curriculum/model/lengkap.yml", VARIED["curriculum/model/lengkap.yml"])
    sample.write("content/daerah/73.01/kebutuhan.yml", VARIED[f"{REGION}/kebutuhan.yml"])
    sample.write("content/daerah/73.01/pemantauan/2026-S1.csv", HEADING + _row("2026-S1", "Loket", 50))
    for code in ("73.01", "73.02"):
        sample.write(f"content/daerah/{code}/pusat.yml", VARIED[f"{REGION}/pusat.yml"])
    return sample


def bare(root: Path) -> Sample:
    """A framework without competences and the regions, and nothing else."""
    head = FRAMEWORK.partition("bidang:")[0]
    return _emptied(root).write("curriculum/kerangka/kdasn.yml", f"{head}bidang: []\nstandar_minimum: []\n")


def _emptied(root: Path) -> Sample:
    sample = Sample(root)
    for path in ("content/daerah", "content/panduan", "curriculum/modul", "curriculum/jalur",
                 "curriculum/model", "curriculum/layanan.yml", "curriculum/glosarium.yml",
                 "curriculum/rilis.yml", "curriculum/dasar_hukum.yml", "curriculum/sistem.yml",
                 "curriculum/wilayah/contoh.csv"):
        sample.remove(path)
    sample.replace("mkdocs.yml", "repo_url: https://git.example/simpul\n", "")
    return sample.write("content/tentang.md", "---\njudul: Tentang\nringkasan: Portal.\n---\nIsi.\n")
