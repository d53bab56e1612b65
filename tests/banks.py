"""Samples with question banks, and one that has rules for an exam and no question."""

from pathlib import Path

from tests.harness import Sample

ASSESSMENT = Path(__file__).parents[1] / "curriculum/penilaian.yml"
LEVELS = ("mudah", "sedang", "sulit")
TASK = """tugas:
  - id: "4.1.2-t1"
    judul: Memilah kotak masuk
    indikator: ["4.1.2-1"]
    menit: "20"
    varian:
      - { id: a, situasi: Kotak masuk A., bahan: [{ nama: surel.csv, isi: "dari,hal\\nA,B\\n" }],
          tugas: Tandai yang palsu., kunci: Nomor 1. }
      - { id: b, situasi: Kotak masuk B., tugas: Tandai yang palsu., kunci: Nomor 2. }
    rubrik:
      - { kriteria: Tanda, indikator: "4.1.2-1", belum: Tidak ada, cukup: Satu, baik: Dua }
      - { kriteria: Alasan, indikator: "4.1.2-1", belum: Tidak ada, cukup: Satu, baik: Dua }
      - { kriteria: Tindakan, indikator: "4.1.2-1", belum: Tidak ada, cukup: Satu, baik: Dua }
"""
OTHERS = """  - { id: "4.1.2-s90", indikator: "4.1.2-1", kesulitan: sulit, tanya: Berapa surel?,
      bentuk: angka, jawaban: "12", toleransi: "1", satuan: surel, alasan: Hitung. }
  - { id: "4.1.2-s91", indikator: "4.1.2-1", kesulitan: sulit, tanya: Berapa menit?, bentuk: angka,
      jawaban: "7", alasan: Hitung. }
  - { id: "4.1.2-s92", indikator: "4.1.2-1", kesulitan: mudah, tanya: Apa namanya?, bentuk: isian_singkat,
      jawaban: [phishing, pengelabuan], alasan: Itu namanya. }
  - { id: "4.1.2-s93", indikator: "4.1.2-1", kesulitan: mudah, tanya: Urutkan., bentuk: urutan,
      pilihan: [Baca, Tahan, Lapor], alasan: Begitu. }
  - { id: "4.1.2-s94", indikator: "4.1.2-1", kesulitan: sedang, tanya: Mana saja?, benar: ["1", "3"],
      bentuk: pilihan_ganda_banyak, pilihan: [ini, itu, sana], alasan: [Ya., Tidak., Ya.] }
  - { id: "4.1.2-s95", indikator: "4.1.2-1", kesulitan: sedang, tanya: Siapa saja?, benar: ["1", "2"],
      bentuk: pilihan_ganda_banyak, pilihan: [kita, mereka, dia], alasan: [Ya., Ya., Tidak.] }
"""


def bank(items: int, cell: str = "4.1.2", others: str = "", word: str = "Rahasia") -> str:
    """A bank with this many choices, the right one first, and a task."""
    rows = "".join(
        f'  - {{ id: "{cell}-s{n:02}", indikator: "{cell}-1", kesulitan: {LEVELS[n % 3]}, '
        f'tanya: {word} {n}?, pilihan: [benar {n}, salah {n}, keliru {n}], benar: "1", '
        f'alasan: [Ya., Tidak., Tidak juga.] }}\n'
        for n in range(items))
    head = f'kompetensi: "{cell[:3]}"\ntingkat: "{cell[4]}"\nsoal:\n'
    return head + rows + others + TASK.replace("4.1.2", cell)


def banked(folder: Path, others: str = "") -> Sample:
    """The sample with an assessment and a bank for each cell of its minimum."""
    sample = Sample(folder).write("curriculum/penilaian.yml", ASSESSMENT.read_bytes())
    sample.write("curriculum/bank/4.1-2.yml", bank(12, others=others))
    return sample.write("curriculum/bank/4.2-1.yml", bank(12, "4.2.1", word="Tersimpan"))


def unbanked(folder: Path) -> Sample:
    """The sample with an assessment that is content with less, no bank, a group without a minimum,
    and nobody who has reached it.
    """
    text = ASSESSMENT.read_text(encoding="utf-8").replace('tugas_cukup: "ya"', 'tugas_cukup: "tidak"')
    sample = Sample(folder).write("curriculum/penilaian.yml", text)
    reports = "content/daerah/00.71/pemantauan"
    sample.remove(f"{reports}/2025-S2.csv").replace(f"{reports}/2026-S1.csv", ",56,41,", ",56,0,")
    group = "{ id: pelaksana_layanan, nama: Pelaksana layanan publik }"
    return sample.replace("curriculum/kerangka/kdasn.yml", group, f"{group}, {{ id: lain, nama: Lain }}")
