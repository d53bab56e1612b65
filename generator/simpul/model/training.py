"""What a region trains with: adapted modules, centres, experts; and the curriculum's releases they teach."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from simpul.model.assessment import Question
from simpul.model.attachments import Attachments
from simpul.model.curriculum import Author, Target
from simpul.model.fields import (
    Base,
    Connection,
    Date,
    Language,
    Line,
    ModuleId,
    Name,
    Region,
    Slug,
    Version,
    Whole,
    Yes,
)
from simpul.model.regional import Contact

Release = Annotated[str, StringConstraints(pattern=r"^\d{4}\.\d{1,2}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{16}([0-9a-f]{48})?$")]
LocalText = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.md$")]


class Block(Base):
    """Satu bagian bacaan yang diganti atau ditambahkan daerah."""

    ganti: Slug | None = None
    """Nama bagian modul pusat yang diganti, yaitu alamat judul ##-nya."""
    tambah_setelah: Slug | None = None
    """Nama bagian modul pusat yang mendahului tambahan ini."""
    berkas: LocalText
    """Nama berkas Markdown di folder yang sama."""
    basis_hash: Digest | None = None
    """Sidik bagian pusat yang diganti; 'simpul adapt review' mengisinya."""
    alasan: Line | None = None
    """Mengapa bagian ini perlu berbeda."""

    @property
    def section(self) -> str:
        """The central section this block replaces or follows."""
        return self.ganti or self.tambah_setelah or ""


class Adaptation(Base):
    """Penyesuaian satu modul oleh satu daerah."""

    refused: ClassVar[Mapping[str, str]] = {
        "tujuan": "Tujuan hanya diubah di modul pusat; usulkan perubahannya ke sana.",
        "lisensi": "Lisensi mengikuti modul pusat.",
    }

    modul: ModuleId
    """Modul yang disesuaikan; sama dengan nama berkas ini."""
    basis_versi: Version
    """Versi modul pusat yang menjadi dasar, misalnya "1.2.0"."""
    menjawab_kebutuhan: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Kebutuhan di kebutuhan.yml daerah ini yang dijawab."""
    mengajarkan: tuple[Target, ...] = ()
    """Diisi hanya bila tingkatnya berbeda dari modul pusat; tidak boleh di bawah standar minimum."""
    blok: tuple[Block, ...] = ()
    """Bagian yang diganti atau ditambahkan."""
    kuis: tuple[Question, ...] = ()
    """Soal tambahan; kuis pusat tetap ada."""
    bahan: Attachments = ()
    """Berkas di folder lampiran/ untuk mengajar, \
misalnya [{ berkas: lembar-latihan.ods, judul: Lembar latihan, jenis: lembar_kerja }]."""
    penyusun: tuple[Author, ...] = ()
    """Instansi penyusun, supaya namanya ikut bila bagian ini masuk ke modul pusat."""
    contoh: Yes = False
    """"ya" bila data ini rekaan."""


class Facilities(Base):
    """Fasilitas pusat pelatihan."""

    komputer: Whole | None = None
    """Banyaknya komputer."""
    koneksi: Connection | None = None
    """Mutu koneksi internet."""
    listrik_cadangan: Yes | None = None
    """Apakah ada listrik cadangan."""


class Centre(Base):
    """Satu pusat pelatihan."""

    id: Slug
    """Nama pendek di dalam berkas ini."""
    nama: Line
    """Nama pusat pelatihan."""
    pengelola: Line
    """Kantor pengelola."""
    fasilitas: Facilities = Facilities()
    """Apa yang tersedia."""
    akses: tuple[Name, ...] = ()
    """Akses bagi penyandang disabilitas, misalnya kursi_roda."""
    versi_kurikulum: Release
    """Rilis kurikulum yang diajarkan, misalnya "2026.2"."""
    kapasitas_per_sesi: Whole
    """Peserta paling banyak dalam satu sesi."""
    kontak: Contact | None = None
    """Kantor yang dapat dihubungi."""
    contoh: Yes = False
    """"ya" bila data ini rekaan."""


PRIVATE = "Portal hanya memuat nama dan kantor; data pribadi tidak disimpan di sini."


class Expert(Base):
    """Satu ahli daerah yang dapat mengajar atau mendampingi."""

    refused: ClassVar[Mapping[str, str]] = \
        dict.fromkeys(("nip", "nik", "telepon", "hp", "wa", "surel", "alamat"), PRIVATE)

    id: Slug
    """Nama pendek di dalam berkas ini."""
    nama_tampil: Line
    """Nama seperti yang disetujui untuk ditampilkan."""
    persetujuan_publikasi: Date | None = None
    """Tanggal persetujuan tertulis; tanpa ini ahli tidak ditampilkan."""
    instansi: Line
    """Kantor asal."""
    wilayah_kerja: Annotated[tuple[Region, ...], Field(min_length=1)]
    """Kode daerah yang dilayani; kode provinsi berarti semua daerah di dalamnya."""
    keahlian: Annotated[tuple[Target, ...], Field(min_length=1)]
    """Kompetensi dan tingkat yang dikuasai."""
    bahasa: tuple[Language, ...] = ()
    """Kode bahasa pengantar (ISO 639), misalnya id atau jv."""
    kuota_sesi_per_bulan: Whole
    """Sesi paling banyak dalam satu bulan."""
    contoh: Yes = False
    """"ya" bila data ini rekaan."""


class CurriculumRelease(Base):
    """Satu rilis kurikulum pusat."""

    versi: Release
    """Nomor rilis, misalnya "2026.2"."""
    tanggal: Date
    """Tanggal rilis."""
    perubahan: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Apa yang berubah, satu kalimat tiap butir."""
    modul: tuple[ModuleId, ...] = ()
    """Modul yang baru atau berubah."""
