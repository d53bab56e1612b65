"""How competence is shown: questions, performance tasks, and what counts as having reached the minimum."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from simpul.model.fields import (
    Base,
    Code,
    IndicatorId,
    Line,
    Name,
    Number,
    OneOrMore,
    Positive,
    Status,
    Text,
    Version,
    Yes,
)

QuestionForm = Literal["pilihan", "pilihan_ganda_banyak", "urutan", "angka", "isian_singkat"]
LevelId = Literal["1", "2", "3", "4"]
Objective = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*#[1-9]\d*$")]
"""An objective of a module by its place, for example "menilai-informasi#2"."""
ItemId = Annotated[str, StringConstraints(pattern=r"^\d\.\d\.[1-4]-s\d\d$")]
"""A question of the bank by its cell and number: the number is never used again."""
DONE = 70
"""Per cent of a module's quiz from which on a learner's own record calls the module done (`tuntas`)."""


class Question(Base):
    """Satu soal."""

    id: Name | None = None
    """Nama pendek soal di berkas ini, misalnya k1."""
    indikator: IndicatorId | None = None
    """Indikator kerangka yang diuji, misalnya "1.1.2-3"."""
    tujuan: Annotated[tuple[Positive, ...], OneOrMore()] = ()
    """Nomor tujuan modul yang diuji, mulai dari 1."""
    bentuk: QuestionForm = "pilihan"
    """Bentuk jawaban."""
    kesulitan: Literal["mudah", "sedang", "sulit"] = "sedang"
    """Tingkat kesulitan."""
    tanya: Text
    """Pertanyaan."""
    pilihan: Annotated[tuple[Line, ...], Field(max_length=6)] = ()
    """Pilihan jawaban; pada bentuk urutan, langkah menurut urutan yang benar."""
    benar: Annotated[tuple[Positive, ...], OneOrMore()] = ()
    """Nomor pilihan yang benar, mulai dari 1; lebih dari satu pada pilihan_ganda_banyak."""
    jawaban: Annotated[tuple[Line, ...], OneOrMore()] = ()
    """Jawaban yang diterima pada bentuk angka (satu) dan isian_singkat (semua ejaan yang diterima)."""
    toleransi: Number | None = None
    """Selisih yang masih diterima pada bentuk angka."""
    satuan: Line | None = None
    """Satuan jawaban pada bentuk angka."""
    alasan: Annotated[tuple[Text, ...], OneOrMore(), Field(min_length=1)]
    """Satu alasan untuk tiap pilihan; pada bentuk lain satu alasan."""

    @property
    def kompetensi(self) -> str:
        """The competence it tests: an indicator belongs to one."""
        return self.indikator[:3] if self.indikator else ""

    @property
    def tingkat(self) -> str:
        """The level it tests."""
        return self.indikator[4] if self.indikator else ""


class BankQuestion(Question):
    """Satu soal bank."""

    id: ItemId
    """Sel dan nomor dua angka, misalnya "1.1.1-s01"."""
    untuk: Literal["latihan", "uji"] = "uji"
    """"uji" bila soal ini tidak dimuat pada halaman yang dibaca peserta."""


class TaskFile(Base):
    """Berkas kecil yang diterima peserta."""

    nama: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.(csv|txt)$", max_length=60)]
    """Nama berkas, berakhiran .csv atau .txt."""
    isi: Text
    """Isi berkas."""


class Variant(Base):
    """Satu dari dua varian tugas yang setara."""

    id: Literal["a", "b"]
    """a atau b."""
    situasi: Text
    """Keadaan yang dihadapi."""
    bahan: tuple[TaskFile, ...] = ()
    """Berkas yang diterima peserta."""
    tugas: Text
    """Apa yang harus dibuat."""
    kunci: Text
    """Bagi penilai: apa isi hasil yang baik."""


class RubricRow(Base):
    """Satu baris rubrik."""

    kriteria: Line
    """Apa yang dilihat pada hasil kerja."""
    indikator: IndicatorId
    """Indikator kerangka yang ditunjukkan baris ini."""
    tujuan: Annotated[tuple[Objective, ...], OneOrMore()] = ()
    """Tujuan modul yang ditunjukkan baris ini, misalnya menilai-informasi#2."""
    belum: Line
    """Seperti apa hasil yang belum mencapai."""
    cukup: Line
    """Seperti apa hasil yang cukup."""
    baik: Line
    """Seperti apa hasil yang baik."""


class PerformanceTask(Base):
    """Satu tugas kinerja: sesuatu dibuat, lalu dinilai dengan rubrik."""

    id: Annotated[str, StringConstraints(pattern=r"^\d\.\d\.[1-4]-t\d+$")]
    """Sel dan nomor, misalnya "1.1.1-t1"."""
    judul: Line
    """Judul tugas."""
    indikator: Annotated[tuple[IndicatorId, ...], OneOrMore(), Field(min_length=1)]
    """Indikator kerangka yang ditunjukkan tugas ini."""
    menit: Positive
    """Lama pengerjaan."""
    varian: Annotated[tuple[Variant, ...], Field(min_length=2, max_length=2)]
    """Dua varian yang setara."""
    rubrik: Annotated[tuple[RubricRow, ...], Field(min_length=3, max_length=5)]
    """Tiga sampai lima baris rubrik."""


class Bank(Base):
    """Bank soal dan tugas untuk satu kompetensi pada satu tingkat."""

    kompetensi: Code
    """Kode kompetensi, sama dengan nama berkas."""
    tingkat: LevelId
    """Tingkat, sama dengan nama berkas."""
    soal: tuple[BankQuestion, ...] = ()
    """Soal yang setara."""
    tugas: tuple[PerformanceTask, ...] = ()
    """Tugas kinerja."""


MIXED = "campuran"
"""Where the people of one row were judged in several ways."""


class Instrument(Base):
    """Satu cara menunjukkan bahwa minimum tercapai."""

    id: Name
    """Nama pendek, dipakai pada kolom cara_penilaian."""
    nama: Line
    """Nama yang dibaca orang."""
    versi: Version
    """Versi cara ini, misalnya "0.1.0"."""
    versi_lama: tuple[Version, ...] = ()
    """Versi sebelumnya, yang masih disebut baris pemantauan."""
    uraian: Text
    """Kapan cara ini dipakai dan apa yang diserahkan."""
    syarat: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Syarat yang semuanya harus terpenuhi."""
    penilai: Text
    """Siapa yang menilai."""

    @property
    def way(self) -> str:
        """How monitoring rows name it, for example "tes_dan_tugas@0.1.0"."""
        return f"{self.id}@{self.versi}"


class Composition(Base):
    """Susunan satu naskah."""

    soal_per_sel: Positive
    """Banyaknya soal untuk tiap sel yang diuji."""
    tugas: Positive
    """Banyaknya tugas kinerja."""
    menit_per_soal: Positive
    """Waktu untuk satu soal."""


class PassMark(Base):
    """Batas lulus."""

    soal_persen: Positive
    """Persen soal yang dijawab benar."""
    tugas_cukup: Yes
    """Apakah setiap baris rubrik harus paling rendah cukup."""
    batas_ragu: Positive
    """Selisih soal dari batas lulus yang disebut kasus batas."""
    alasan: Text
    """Mengapa batasnya di sini."""


class Retake(Base):
    """Ujian ulang."""

    jeda_hari: Positive
    """Jarak paling sedikit antara dua percobaan."""
    paling_banyak: Positive
    """Banyaknya percobaan dalam setahun."""
    uraian: Text
    """Apa yang diulang."""


class Assessment(Base):
    """Apa yang disebut lulus minimum."""

    versi: Version
    """Versi ketentuan ini."""
    status: Status
    """Status ketentuan ini."""
    ringkasan: Text
    """Apa arti lulus minimum."""
    instrumen: Annotated[tuple[Instrument, ...], Field(min_length=1)]
    """Cara yang diterima."""
    susunan: Composition
    """Susunan satu naskah."""
    batas: PassMark
    """Batas lulus."""
    kasus_batas: Text
    """Bagaimana kasus batas diputuskan."""
    ulang: Retake
    """Ujian ulang."""
    beda_penilai: Text
    """Apa yang dilakukan bila dua penilai berbeda."""
    keterbatasan: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Apa yang tidak dapat dijamin oleh cara ini."""

    def ways(self) -> dict[str, str]:
        """How monitoring rows name the ways, for example "tes_dan_tugas@0.1.0", with what people call them:
        today's, several of them together, and earlier versions.
        """
        found = {each.way: f"{each.nama} {each.versi}" for each in self.instrumen}
        mixed = {f"{MIXED}@{self.versi}": f"Beberapa cara, ketentuan {self.versi}"}
        older = {f"{way.id}@{version}": f"{way.nama} {version}"
                 for way in self.instrumen for version in way.versi_lama}
        return found | mixed | older
