"""The competency framework and the national minimum."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from simpul.model.fields import Base, Code, IndicatorId, Line, Name, Pillar, Slug, Status, Text, Url


class Level(Base):
    """Satu tingkat kecakapan."""

    id: Literal["1", "2", "3", "4"]
    """Nomor tingkat, 1 (dasar) sampai 4 (ahli)."""
    nama: Line
    """Nama tingkat."""
    uraian: Text | None = None
    """Apa yang membedakan tingkat ini."""


class Group(Base):
    """Satu kelompok ASN."""

    id: Name
    """Nama pendek, huruf kecil."""
    nama: Line
    """Nama yang dibaca orang."""
    uraian: Text | None = None
    """Siapa yang termasuk kelompok ini."""


class Match(Base):
    """Padanan pada kerangka lain."""

    kerangka: Literal["digcomp-2.2", "digcomp-3.0"]
    """Kerangka yang dipadankan."""
    kode: Code
    """Kode kompetensi pada kerangka itu."""
    status: Literal["diperiksa", "usulan"] = "usulan"
    """Apakah padanan ini sudah diperiksa pada naskahnya."""


class Indicator(Base):
    """Satu perilaku yang dapat diamati."""

    id: IndicatorId
    """Kompetensi, tingkat, dan nomor, misalnya "1.1.2-3"; tidak pernah dipakai ulang."""
    perilaku: Line
    """Perilakunya, diawali kata kerja."""


class Competence(Base):
    """Satu kompetensi."""

    kode: Code
    """Kode, misalnya "1.1"."""
    nama: Line
    """Nama kompetensi."""
    uraian: Text | None = None
    """Penjelasan singkat."""
    pilar: Pillar | None = None
    """Pilar literasi digital, bila berbeda dari bidangnya."""
    padanan: tuple[Match, ...] = ()
    """Padanan pada kerangka lain."""
    indikator: dict[Literal["1", "2", "3", "4"], tuple[Indicator, ...]]
    """Perilaku yang dapat diamati, menurut tingkat."""


class Area(Base):
    """Satu bidang kompetensi."""

    kode: Annotated[str, StringConstraints(pattern=r"^\d$")]
    """Nomor bidang."""
    nama: Line
    """Nama bidang."""
    pilar: Pillar | None = None
    """Pilar literasi digital yang diusulkan."""
    kompetensi: Annotated[tuple[Competence, ...], Field(min_length=1)]
    """Kompetensi dalam bidang ini."""


class Basis(Base):
    """Dasar hukum kerangka."""

    jenis: Literal["belum_ada", "keputusan", "peraturan"]
    """Jenis dasar."""
    keterangan: Line
    """Keterangan singkat."""
    url: Url | None = None
    """Alamat naskahnya."""


class Origin(Base):
    """Sumber yang dipakai menyusun."""

    nama: Line
    """Nama sumber."""
    versi: Line | None = None
    """Versi sumber."""
    penerbit: Line | None = None
    """Penerbit sumber."""
    nomor: Line | None = None
    """Nomor terbitan."""
    lisensi: Line | None = None
    """Lisensi sumber."""
    perubahan: Line | None = None
    """Apa yang diubah."""


class Minimum(Base):
    """Satu sel standar minimum: kelompok x kompetensi -> tingkat, dengan tenggatnya."""

    kelompok: Name
    """Kelompok ASN."""
    kompetensi: Code
    """Kode kompetensi."""
    tingkat: Literal["1", "2", "3", "4"]
    """Tingkat minimum."""
    tenggat: Literal["100_hari", "tahun_1", "tahun_2", "tahun_3"]
    """Sejak bertugas, kapan tingkat ini harus tercapai; 100_hari berarti inti."""
    alasan: Line
    """Mengapa kelompok ini memerlukannya, dalam satu kalimat tentang pekerjaannya."""

    @property
    def core(self) -> bool:
        """Whether it belongs to the core of the first hundred days; else it comes further on."""
        return self.tenggat == "100_hari"

    @property
    def year(self) -> str:
        """The year of learning it is due in, "1" to "3"; the first hundred days are in the first."""
        return "1" if self.core else self.tenggat[-1]

    @property
    def due(self) -> tuple[str, bool]:
        """What sorts by when it is due."""
        return self.year, not self.core


class Framework(Base):
    """Kerangka kompetensi dengan standar minimumnya."""

    id: Slug
    """Nama pendek kerangka."""
    judul: Line
    """Judul kerangka."""
    versi: Line
    """Versi, misalnya "0.1.0"."""
    status: Status
    """Status kerangka."""
    dasar: Basis
    """Dasar hukum, atau belum_ada."""
    sumber: tuple[Origin, ...]
    """Sumber yang dipakai."""
    tingkat: tuple[Level, ...]
    """Tingkat kecakapan."""
    kelompok: tuple[Group, ...]
    """Kelompok ASN."""
    bidang: tuple[Area, ...]
    """Bidang dan kompetensinya."""
    standar_minimum: tuple[Minimum, ...]
    """Tingkat minimum untuk tiap kelompok dan kompetensi."""
