"""What the sources say, checked and frozen: one class for each kind of record. No files, no YAML, no HTML.

The docstring of a field is the contributor's help: it goes into the JSON Schemas, the scaffolds and the guides.
"""

import datetime
import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

REGION_CODE = re.compile(r"\d\d(\.\d\d)?\Z")


def _decimal(value: Any) -> Decimal:
    try:
        number = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise PydanticCustomError("decimal_id", "bukan angka", {})
    return number


def _whole(value: Any) -> int:
    text = str(value).strip()
    if not re.fullmatch(r"\d{1,9}", text):
        raise PydanticCustomError("whole_id", "bukan bilangan bulat", {})
    return int(text)


def _yes(value: Any) -> bool:
    if value in ("ya", True):
        return True
    if value in ("tidak", False):
        return False
    raise PydanticCustomError("yes_id", "bukan ya atau tidak", {})


def _date(value: Any) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
            raise ValueError
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date_id", "bukan tanggal", {}) from None


def _web_address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"'\\]+\.[^\s<>\"'\\]+", value):
        raise PydanticCustomError("url_id", "bukan alamat web", {})
    return value


def _mail_address(value: str) -> str:
    if not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", value):
        raise PydanticCustomError("mail_id", "bukan alamat surel", {})
    return value


def _schema(**extra: Any) -> Any:
    return Field(json_schema_extra=extra)


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=80)]
Code = Annotated[str, StringConstraints(pattern=r"^\d\.\d$")]
Region = Annotated[str, StringConstraints(pattern=r"^\d\d(\.\d\d)?$")]
Period = Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=60)]
Whole = Annotated[int, BeforeValidator(_whole), _schema(pattern="^[0-9]+$")]
Number = Annotated[Decimal, BeforeValidator(_decimal)]
Yes = Annotated[bool, BeforeValidator(_yes), _schema(enum=["ya", "tidak"], type="string")]
Date = Annotated[datetime.date, BeforeValidator(_date)]
Url = Annotated[Line, AfterValidator(_web_address)]
Mail = Annotated[Line, AfterValidator(_mail_address)]
Licence = Literal["CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0"]
Status = Literal["usulan", "uji_coba", "ditetapkan", "dicabut"]
Pillar = Literal["kecakapan", "etika", "budaya", "keamanan"]
Connection = Literal["baik", "terbatas", "sangat_terbatas"]
Geography = Literal["daratan", "pegunungan", "kepulauan", "pesisir", "perkotaan"]


class Base(BaseModel):
    """Frozen; a key that is not in the model is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


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
    indikator: dict[Literal["1", "2", "3", "4"], tuple[Line, ...]]
    """Perilaku yang dapat diamati, menurut tingkat."""


class Area(Base):
    """Satu bidang kompetensi."""

    kode: Annotated[str, StringConstraints(pattern=r"^\d$")]
    """Nomor bidang."""
    nama: Line
    """Nama bidang."""
    pilar: Pillar | None = None
    """Pilar literasi digital yang diusulkan."""
    kompetensi: tuple[Competence, ...]
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
    """Satu sel standar minimum: kelompok x kompetensi -> tingkat."""

    kelompok: Name
    """Kelompok ASN."""
    kompetensi: Code
    """Kode kompetensi."""
    tingkat: Literal["1", "2", "3", "4"]
    """Tingkat minimum."""


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


class Question(Base):
    """Satu soal kuis."""

    tanya: Text
    """Pertanyaan."""
    kesulitan: Literal["mudah", "sedang", "sulit"] = "sedang"
    """Tingkat kesulitan."""
    pilihan: Annotated[tuple[Line, ...], Field(min_length=2, max_length=6)]
    """Dua sampai enam pilihan jawaban."""
    benar: Whole
    """Nomor pilihan yang benar, mulai dari 1."""
    alasan: Annotated[tuple[Text, ...], BeforeValidator(lambda v: [v] if isinstance(v, str) else v), Field(min_length=1)]
    """Satu alasan untuk tiap pilihan, atau satu alasan untuk semuanya."""


class Module(Base):
    """Satu modul belajar. Bacaannya ada di isi.md pada folder yang sama."""

    id: Slug
    """Sama dengan nama foldernya."""
    judul: Line
    """Judul modul."""
    versi: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    """Versi, misalnya "1.2.0"."""
    siklus: Literal["draf", "alfa", "beta", "stabil", "dicabut"]
    """Tahap kematangan modul."""
    ringkasan: Line
    """Paling banyak 300 huruf: apa yang dapat dilakukan pembaca sesudahnya."""
    mengajarkan: Annotated[tuple[Target, ...], Field(min_length=1)]
    """Kompetensi dan tingkat yang diajarkan."""
    prasyarat: tuple[Slug, ...] = ()
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

    modul: Slug
    """Modul yang dipelajari."""
    wajib: Yes = True
    """Apakah langkah ini wajib."""


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


class Component(Base):
    """Satu komponen model penyelenggaraan."""

    jenis: Literal["tatap_muka", "pendampingan", "mandiri", "lokakarya", "daring"]
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


class Place(Base):
    """Satu baris daftar wilayah."""

    code: Region
    """Kode wilayah."""
    province_code: str = ""
    """Kode provinsi induk; kosong untuk provinsi."""
    name: Line
    """Nama wilayah."""


class Condition(Base):
    """Kondisi daerah atau tempat praktik dijalankan."""

    koneksi: Connection | None = None
    """Mutu koneksi internet."""
    geografi: Geography | None = None
    """Bentang wilayah."""
    tingkat: Literal["provinsi", "kabupaten", "kota"] | None = None
    """Jenis pemerintah daerah."""


class Contact(Base):
    """Kontak kantor, bukan orang."""

    instansi: Line
    """Nama kantor."""
    surel: Mail
    """Surel kantor."""


class Profile(Base):
    """Profil daerah: kondisi dengan sumber dan tahunnya."""

    kondisi: Condition
    """Kondisi daerah."""
    sumber: Line
    """Sumber keterangan."""
    tahun: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    """Tahun keterangan."""
    kontak: Contact | None = None
    """Kantor yang dapat dihubungi."""
    contoh: Yes = False
    """"ya" bila data ini rekaan."""


class Cost(Base):
    """Biaya praktik."""

    kelas: Literal["tanpa_biaya", "<50jt", "50-200jt", "200jt-1M", ">1M"]
    """Kelas biaya."""
    sumber: Line | None = None
    """Sumber dana."""


class Result(Base):
    """Satu hasil yang diukur."""

    indikator: Line
    """Apa yang diukur."""
    satuan: Line
    """Satuannya."""
    sebelum: Number
    """Nilai sebelum."""
    sesudah: Number
    """Nilai sesudah."""
    periode: Period | None = None
    """Periode pengukuran, misalnya "2025-S1 ke 2025-S2"."""
    bukti: Url | None = None
    """Alamat bukti."""


class Consent(Base):
    """Persetujuan instansi untuk diterbitkan."""

    instansi: Line
    """Instansi pemberi persetujuan."""
    nomor_surat: Line
    """Nomor surat."""
    tanggal: Date
    """Tanggal surat."""


class Practice(Base):
    """Satu praktik baik. Urutan kunci mengikuti formulir Indeks Inovasi Daerah."""

    judul: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=150)]
    """Judul praktik."""
    instansi: Line
    """Perangkat daerah pelaksana."""
    tahapan: Literal["inisiatif", "uji_coba", "penerapan"]
    """Tahapan inovasi."""
    inisiator: Literal["kepala_daerah", "dprd", "perangkat_daerah", "asn", "masyarakat"]
    """Siapa yang memulai."""
    jenis: Literal["digital", "nondigital"]
    """Jenis inovasi."""
    bentuk: Literal["tata_kelola", "pelayanan_publik", "lainnya"]
    """Bentuk inovasi."""
    tema: tuple[Slug, ...] = ()
    """Tema, misalnya antrean atau kesehatan."""
    mulai_uji_coba: Date | None = None
    """Tanggal uji coba dimulai."""
    mulai_penerapan: Date | None = None
    """Tanggal penerapan dimulai."""
    ringkasan: Line
    """Paling banyak 300 huruf."""
    kompetensi: tuple[Code, ...] = ()
    """Kompetensi digital yang dipakai."""
    modul_terkait: tuple[Slug, ...] = ()
    """Modul tempat pelaksana belajar."""
    kondisi: Condition | None = None
    """Kondisi tempat praktik dijalankan."""
    biaya: Cost | None = None
    """Biaya, bila boleh diketahui umum."""
    hasil: tuple[Result, ...] = ()
    """Hasil yang diukur."""
    kegagalan: Text
    """Apa yang tidak berhasil."""
    syarat_berhasil: tuple[Line, ...] = ()
    """Syarat agar praktik ini berhasil di tempat lain."""
    replikasi_dari: Annotated[str, StringConstraints(pattern=r"^\d\d(\.\d\d)?/[a-z0-9-]+$")] | None = None
    """Praktik asal, misalnya "73.71/antrean-daring"."""
    status_keberlanjutan: Literal["berjalan", "berkembang", "berhenti", "tidak_diketahui"]
    """Apakah praktik masih berjalan."""
    alasan_berhenti: Text | None = None
    """Wajib bila statusnya berhenti."""
    terverifikasi_pada: Date | None = None
    """Tanggal keterangan ini terakhir dipastikan."""
    persetujuan: Consent | None = None
    """Surat persetujuan penerbitan."""
    diajukan_melalui: Literal["pr", "formulir", "surel"] | None = None
    """Cara pengajuan."""
    lisensi: Licence
    """Lisensi isi."""
    contoh: Yes = False
    """"ya" bila praktik ini rekaan."""
    cari: Yes = True
    """"tidak" agar halaman ini tidak muncul di pencarian."""


class Article(Base):
    """Satu halaman bacaan di content/."""

    judul: Line
    """Judul halaman."""
    ringkasan: Line | None = None
    """Paling banyak 300 huruf."""
    cari: Yes = True
    """"tidak" agar halaman ini tidak muncul di pencarian."""


class Settings(Base):
    """Pengaturan situs dari mkdocs.yml; kunci lain milik MkDocs dan dibiarkan."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)

    site_name: Line
    """Nama portal."""
    site_description: Line = ""
    """Uraian portal."""
    site_url: str = ""
    """Alamat tetap portal, untuk peta situs dan umpan."""
    repo_url: str = ""
    """Alamat repositori; kosong berarti tautan sunting tidak ditawarkan."""
    edit_uri: str = "edit/main/"
    """Bagian alamat untuk menyunting berkas."""
    surel: str = ""
    """Alamat surel pengajuan."""
    menit_per_jp: Whole = 45
    """Menit dalam satu JP."""
