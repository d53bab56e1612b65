"""What the centre owns beside the framework: modules, paths, delivery models, services, glossary, regions."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from simpul.model.assessment import Question
from simpul.model.fields import (
    Base,
    Code,
    Date,
    Licence,
    Line,
    ModuleId,
    Name,
    Region,
    Slug,
    Text,
    Version,
    Whole,
    Yes,
)
from simpul.model.plans import ComponentKind


class Target(Base):
    """Kompetensi pada suatu tingkat."""

    kompetensi: Code
    """Kode kompetensi, misalnya "4.1"."""
    tingkat: Literal["1", "2", "3", "4"]
    """Tingkat 1 sampai 4."""


class Minutes(Base):
    """Lama belajar dalam menit."""

    teori: Whole
    """Menit teori."""
    praktik: Whole
    """Menit praktik."""


class Author(Base):
    """Penyusun: kantor, bukan orang."""

    instansi: Line
    """Nama instansi."""


class Module(Base):
    """Satu modul belajar. Bacaannya ada di isi.md pada folder yang sama."""

    id: Slug
    """Sama dengan nama foldernya."""
    judul: Line
    """Judul modul."""
    versi: Version
    """Versi, misalnya "1.2.0"."""
    siklus: Literal["draf", "alfa", "beta", "stabil", "dicabut"]
    """Tahap kematangan modul."""
    ringkasan: Line
    """Paling banyak 300 huruf: apa yang dapat dilakukan pembaca sesudahnya."""
    mengajarkan: Annotated[tuple[Target, ...], Field(min_length=1)]
    """Kompetensi dan tingkat yang diajarkan."""
    prasyarat: tuple[ModuleId, ...] = ()
    """Modul yang perlu dipelajari lebih dulu."""
    tujuan: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Tujuan yang dapat diamati, diawali kata "Dapat"."""
    menit: Minutes
    """Lama belajar; JP dihitung dari sini."""
    sasaran: tuple[Name, ...] = ()
    """Kelompok ASN yang dituju."""
    akomodasi: tuple[Name, ...] = ()
    """Akomodasi bagi peserta penyandang disabilitas."""
    lisensi: Licence
    """Lisensi isi."""
    penulis: tuple[Author, ...] = ()
    """Instansi penyusun."""
    tinjau_sebelum: Date
    """Tanggal modul harus ditinjau lagi."""
    catatan_pengajar: Line | None = None
    """Nama berkas catatan pengajar di folder yang sama."""
    kuis: tuple[Question, ...] = ()
    """Soal latihan mandiri."""


class Step(Base):
    """Satu langkah jalur belajar."""

    modul: ModuleId
    """Modul yang dipelajari."""
    wajib: Yes = True
    """Apakah langkah ini wajib."""
    tahun: Literal["1", "2", "3"] = "1"
    """Tahun belajar; langkah wajib tahun 1 adalah inti, untuk seratus hari pertama."""


class LearningPath(Base):
    """Satu jalur belajar."""

    id: Slug
    """Sama dengan nama berkasnya."""
    judul: Line
    """Judul jalur."""
    ringkasan: Line | None = None
    """Paling banyak 300 huruf: untuk siapa dan sampai mana."""
    sasaran: tuple[Name, ...]
    """Kelompok ASN yang dituju."""
    langkah: Annotated[tuple[Step, ...], Field(min_length=1)]
    """Urutan modul."""
    target: tuple[Target, ...]
    """Kompetensi yang dicapai di akhir jalur."""
    rencana: Text | None = None
    """Bagaimana jalur ini disesuaikan dengan tugas sehari-hari."""

    @property
    def order(self) -> tuple[Step, ...]:
        """The steps as they are learned: the required ones by year, then those that may be chosen."""
        return tuple(sorted(self.langkah, key=lambda step: (not step.wajib, step.tahun)))

    def required(self, *years: str) -> tuple[Step, ...]:
        """The required steps, all or those of some years; those of year "1" are the core."""
        return tuple(step for step in self.order if step.wajib and (not years or step.tahun in years))


class Component(Base):
    """Satu komponen model penyelenggaraan."""

    jenis: ComponentKind
    """Jenis kegiatan."""
    penyelenggara: Literal["kemendagri", "pemda", "peserta"] | None = None
    """Siapa yang menyelenggarakan."""
    menit: Whole
    """Lama kegiatan."""
    peserta_maks: Whole | None = None
    """Peserta paling banyak."""
    rasio: Annotated[str, StringConstraints(pattern=r"^\d+:\d+$")] | None = None
    """Pendamping banding peserta, misalnya "1:8"."""
    perlu_ahli: Yes = False
    """Apakah perlu ahli daerah."""
    media: tuple[Literal["portal", "usb", "cetak"], ...] = ()
    """Media belajar."""
    perlu: tuple[Line, ...] = ()
    """Yang perlu disiapkan, satu butir satu hal."""


class DeliveryModel(Base):
    """Satu model penyelenggaraan."""

    id: Slug
    """Sama dengan nama berkasnya."""
    nama: Line
    """Nama model."""
    uraian: Text | None = None
    """Kapan model ini cocok."""
    komponen: Annotated[tuple[Component, ...], Field(min_length=1)]
    """Komponen kegiatan."""


SurveyElement = Literal[
    "persyaratan", "prosedur", "waktu_penyelesaian", "biaya_tarif", "produk_layanan", "kompetensi_pelaksana",
    "perilaku_pelaksana", "penanganan_pengaduan", "sarana_prasarana",
]


class Service(Base):
    """Satu jenis layanan publik."""

    id: Name
    """Nama pendek."""
    nama: Line
    """Nama layanan."""
    kompetensi: tuple[Code, ...]
    """Kompetensi digital yang menopang layanan."""
    unsur_skm: tuple[SurveyElement, ...]
    """Unsur survei kepuasan masyarakat (PermenPANRB 14/2017) yang terkait."""


class Term(Base):
    """Satu istilah glosarium."""

    istilah: Line
    """Istilah atau singkatan."""
    kepanjangan: Line | None = None
    """Kepanjangan, bila singkatan."""
    arti: Text
    """Arti dalam satu atau dua kalimat."""
    lihat: tuple[Line, ...] = ()
    """Istilah lain yang berkaitan."""
    kompetensi: tuple[Code, ...] = ()
    """Kompetensi yang berkaitan."""


class Abbreviation(Base):
    """Singkatan yang harus saling menemukan dengan kepanjangannya."""

    singkatan: Line
    """Singkatan."""
    kepanjangan: Line
    """Kepanjangan."""


class Synonym(Base):
    """Kata sehari-hari dan kata yang dipakai halaman portal untuk hal yang sama."""

    kata: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Kata yang diketik pembaca, misalnya [excel, spreadsheet]; tanpa `berarti` saling menemukan."""
    berarti: tuple[Line, ...] = ()
    """Kata yang tertulis pada halaman untuk hal itu, misalnya [lembar kerja]."""


class Place(Base):
    """Satu baris daftar wilayah."""

    code: Region
    """Kode wilayah."""
    province_code: str = ""
    """Kode provinsi induk; kosong untuk provinsi."""
    name: Line
    """Nama wilayah."""
