"""A module of the sample with plans for both ways of delivery; its sessions follow them."""

from pathlib import Path

from tests.harness import Sample

PLANS = "curriculum/modul/surel-aman/rencana.yml"
TEXT = """\
kegiatan:
  - { id: pilah, judul: Memilah surel, pengajar: Bagikan enam surel., peserta: Menandai yang palsu.,
      bahan: [enam surel cetak] }
  - { id: baca, judul: Membaca, peserta: Membaca bagian langkah kerja. }
model:
  - model: pendampingan
    bagian:
      - { komponen: tatap_muka, langkah: [{ kegiatan: pilah, menit: "30" }] }
      - { komponen: pendampingan, langkah: [{ kegiatan: pilah, menit: "45" }] }
      - { komponen: mandiri, langkah: [{ kegiatan: baca, menit: "15" }] }
  - { model: mandiri, bagian: [{ komponen: mandiri, langkah: [{ kegiatan: baca, menit: "90" }] }] }
kunjungan:
  sebelum: [Kotak masuk peserta]
  amati: [Cara peserta membuka tautan]
  tanyakan: [Satu?, Dua?, Tiga?, Empat?, Lima?]
  selesai_bila: [Satu surel dilaporkan]
  untuk_atasan: [Catatan kunjungan]
  kelompok: Dua orang bergantian.
  perorangan: Di meja kerja.
  jarak_jauh: Lewat telepon.
"""
SCHEDULE = "content/daerah/00.71/jadwal.yml"


def planned(folder: Path) -> Sample:
    """The sample with plans for one module, and sessions as long as these."""
    sample = Sample(folder).write(PLANS, TEXT).replace(SCHEDULE, 'menit: "60"', 'menit: "30"')
    return sample.replace(SCHEDULE, 'menit: "90"', 'menit: "45"')
