"""What public sources say of a real region's practice, before the region itself has said anything."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from simpul.model.fields import Base, Code, Date, Line, Number, Refers, Region, Text, Url, Whole

Written = Annotated[str, StringConstraints(
    pattern=r"^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
"""The date of a source as far as it is known: a year, a month or a day."""
Short = Annotated[Line, StringConstraints(max_length=200)]
Year = Annotated[Whole, Field(ge=1945, le=2100)]


class PointerFact(Base):
    """Satu hal yang disebut satu sumber terbuka."""

    isi: Text
    """Apa yang disebut sumbernya, dengan kata sendiri dan tanpa nama orang."""
    angka: Number | None = None
    """Angka utamanya, bila ada; wajib disertai satuan."""
    satuan: Line | None = None
    """Satuan angka itu, misalnya persen atau desa."""
    tahun: Year | None = None
    """Tahun yang dibicarakan, bila sumbernya menyebut."""
    sumber: Url
    """Alamat web sumbernya."""
    judul_sumber: Line
    """Judul tulisan atau dokumen sumbernya."""
    penerbit: Line
    """Siapa yang menerbitkannya."""
    jenis_sumber: Literal["pemerintah", "pbb", "media_nasional", "media_lokal", "media_internasional",
                          "makalah", "lembaga"]
    """Siapa yang berbicara: pemerintah, PBB, media, peneliti, atau lembaga lain."""
    tanggal_sumber: Written | None = None
    """Tanggal terbit sejauh diketahui, misalnya "2021-11-17", "2021-11", atau "2021"."""
    terbaca: Literal["utuh", "kutipan"]
    """Apakah sumbernya dibaca sampai akhir (utuh) atau sebagian (kutipan)."""
    kutipan: Short | None = None
    """Kalimat pendek dari sumbernya, hanya bila bunyinya penting; ditampilkan sebagai kutipan."""


class PointerSide(Base):
    """Pendapat satu pihak dalam satu perbedaan."""

    menurut: Line
    """Siapa yang berpendapat, misalnya Survei nasional."""
    isi: Text
    """Apa yang dikatakannya."""
    sumber: Url
    """Alamat web tempat ia mengatakannya."""


class PointerDispute(Base):
    """Satu hal yang berbeda antarsumber, dengan semua pihaknya."""

    perkara: Line
    """Apa yang berbeda."""
    pihak: Annotated[tuple[PointerSide, ...], Field(min_length=2)]
    """Dua pihak atau lebih."""
    catatan: Text | None = None
    """Apa yang dapat menjelaskan bedanya, bila sumbernya menyebut."""


class PointerReplication(Base):
    """Daerah lain yang berkunjung, merujuk, berencana, atau menerapkan, menurut satu sumber."""

    ke: Region
    """Kode daerah lain itu."""
    fakta: Text
    """Apa yang disebut sumbernya."""
    sumber: Url
    """Alamat web sumbernya."""
    sifat: Literal["kunjungan", "rujukan", "rencana", "penerapan"]
    """kunjungan, rujukan, dan rencana bukan bukti praktik itu diterapkan."""


class PointerAnswer(Base):
    """Jawaban daerah yang bersangkutan."""

    tanggal: Date
    """Tanggal jawaban."""
    kantor: Line
    """Kantor yang menjawab, tanpa nama orang."""
    isi: Text
    """Apa yang dikuatkan, dibantah, atau diminta."""


class Pointer(Base):
    """Satu penunjuk: praktik daerah nyata menurut sumber terbuka, disusun pusat, bukan kiriman daerah."""

    kode: Region
    """Kode daerah, misalnya "73.71", sama dengan awal nama berkasnya."""
    nama: Line
    """Nama praktik seperti yang dikenal."""
    tahun: Year | None = None
    """Tahun mulai, bila diketahui."""
    bentuk: Literal["digital", "layanan", "tata_kelola"]
    """Bentuk utamanya."""
    keadaan_terakhir: Line
    """Keadaan terakhir yang disebut sumber, dengan waktunya; tulis "tidak diketahui" bila tidak ada."""
    status: Literal["belum_dikonfirmasi", "dikonfirmasi", "dibantah", "ditarik"]
    """Apakah daerahnya sudah menjawab; ditarik bila daerah meminta penunjuk ini dihapus."""
    tanggapan: PointerAnswer | None = None
    """Jawaban daerah; wajib bila statusnya bukan belum_dikonfirmasi."""
    ringkas: Text | None = None
    """Ringkasan 60 sampai 120 kata, dengan kata sendiri."""
    kompetensi: tuple[Code, ...] = ()
    """Kode kompetensi yang dapat dipelajari darinya."""
    fakta: tuple[PointerFact, ...] = ()
    """Yang diketahui, masing-masing dari satu sumber."""
    catatan_sumber: Text | None = None
    """Wajib bila semua fakta berasal dari daerah itu sendiri: mengapa tetap ditunjuk."""
    sengketa: tuple[PointerDispute, ...] = ()
    """Yang berbeda antarsumber."""
    belum_diketahui: tuple[Line, ...] = ()
    """Yang belum diketahui dan perlu ditanyakan."""
    replikasi: tuple[PointerReplication, ...] = ()
    """Daerah lain yang disebut belajar darinya."""
    praktik: Annotated[str, StringConstraints(pattern=r"^\d\d(\.\d\d)?/[a-z0-9-]+$"),
                       Refers("praktik")] | None = None
    """Praktik yang kemudian dikirim daerah itu sendiri, misalnya 73.71/antrean-daring."""

    @property
    def stands(self) -> bool:
        """Whether there is anything to show but that it was withdrawn."""
        return self.status != "ditarik"
