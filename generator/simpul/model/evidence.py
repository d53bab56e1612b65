"""When a region trains, around its duties; and what it reports of reach and satisfaction."""

import datetime
import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from simpul.model.dates import readings
from simpul.model.fields import (
    Base,
    Date,
    Line,
    ModelId,
    ModuleId,
    Name,
    Slug,
    Small,
    Url,
    Whole,
    Yes,
)

Day = Literal["senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"]
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"
Clock = Annotated[str, StringConstraints(pattern=CLOCK)]
A_DATE = re.compile(r"\d{1,2}[-/.]\d{4}|(\d{1,2}[- ])?[A-Za-z]{3,9}[- ]\d{2,4}")
Score = Annotated[Small, Field(ge=1, le=4)]


def _reported(value: Any) -> Any:
    text = str(value).strip().upper()
    if readings(text) or A_DATE.fullmatch(text):
        raise PydanticCustomError("period_id", "tampaknya diubah menjadi tanggal oleh lembar kerja", {})
    return text


Reported = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-(S[12]|T[1-4]))?$"),
                     BeforeValidator(_reported)]


def _moment(value: Any) -> datetime.datetime:
    if isinstance(value, datetime.datetime):
        return value
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", str(value)):
            raise ValueError
        return datetime.datetime.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("moment_id", "bukan tanggal dan jam", {}) from None


Moment = Annotated[datetime.datetime, BeforeValidator(_moment)]


class ServiceHours(Base):
    """Jam layanan rutin pada hari tertentu."""

    hari: Annotated[tuple[Day, ...], Field(min_length=1)]
    """Hari dalam seminggu."""
    dari: Clock
    """Jam mulai, misalnya "08:00"."""
    sampai: Clock
    """Jam selesai, misalnya "14:00"."""
    boleh_dipakai: Yes = False
    """"ya" bila sesi boleh berlangsung pada jam ini."""


class BusyPeriod(Base):
    """Masa ketika tidak ada sesi."""

    dari: Date
    """Hari pertama."""
    sampai: Date
    """Hari terakhir."""
    alasan: Line
    """Mengapa sibuk."""


class Session(Base):
    """Satu sesi pelatihan."""

    id: Slug
    """Nama pendek di dalam berkas ini."""
    modul: ModuleId
    """Modul yang dipelajari."""
    model: ModelId
    """Model penyelenggaraan di curriculum/model/."""
    komponen: Literal["tatap_muka", "pendampingan", "mandiri", "lokakarya", "daring"]
    """Komponen model yang dijalankan."""
    pusat: Slug | None = None
    """Pusat pelatihan di pusat.yml daerah ini."""
    mulai: Moment
    """Tanggal dan jam setempat, misalnya "2026-11-25T14:30"."""
    menit: Annotated[Whole, Field(ge=1, le=1440)]
    """Lama sesi dalam menit, 1 sampai 1440."""
    ahli: tuple[Annotated[str, StringConstraints(pattern=r"^(\d\d(\.\d\d)?/)?[a-z0-9]+(-[a-z0-9]+)*$")],
                ...] = ()
    """Ahli yang bertugas: id di ahli.yml daerah ini, \
atau kode daerah lain dan id-nya, misalnya 00.04/ahli-1."""
    peserta: Whole
    """Banyaknya peserta."""


class SelfStudy(Base):
    """Belajar mandiri satu modul di antara dua tanggal."""

    modul: ModuleId
    """Modul yang dipelajari."""
    dari: Date
    """Hari pertama."""
    sampai: Date
    """Hari terakhir."""


class Schedule(Base):
    """Jadwal pelatihan satu daerah, di sela tugas."""

    zona: Literal["WIB", "WITA", "WIT"]
    """Zona waktu daerah."""
    jam_layanan: tuple[ServiceHours, ...] = ()
    """Jam layanan rutin yang perlu dihindari."""
    masa_sibuk: tuple[BusyPeriod, ...] = ()
    """Masa tanpa sesi."""
    sesi: tuple[Session, ...] = ()
    """Sesi pelatihan."""
    mandiri: tuple[SelfStudy, ...] = ()
    """Rencana belajar mandiri."""
    contoh: Yes = False
    """"ya" bila data ini rekaan."""


class Report(Base):
    """Satu baris pemantauan: satu unit layanan dalam satu periode."""

    periode: Reported
    """Periode, misalnya 2026-S1, 2026-T3, atau 2026; sama dengan nama berkasnya."""
    unit_layanan: Line
    """Nama unit layanan."""
    layanan: Name
    """Jenis layanan di curriculum/layanan.yml."""
    sasaran_asn: Whole
    """ASN yang menjadi sasaran pelatihan di unit ini."""
    asn_dilatih: Whole
    """ASN sasaran yang sudah dilatih sampai akhir periode."""
    asn_lulus_minimum: Whole
    """ASN terlatih yang mencapai standar minimum."""
    cara_penilaian: Line | None = None
    """Cara dan versi yang menunjukkan lulus minimum, misalnya tes_dan_tugas@0.1.0."""
    ikm: Small | None = None
    """Indeks kepuasan masyarakat unit ini, 25 sampai 100."""
    ikm_n: Whole | None = None
    """Banyaknya responden."""
    ikm_metode: Line | None = None
    """Cara survei, misalnya SKM-9-unsur."""
    dasar_hukum: Line | None = None
    """Aturan yang dipakai survei."""
    sumber_url: Url | None = None
    """Alamat laporan."""
    ikm_simpangan: Small | None = None
    """Simpangan baku nilai IKM antarresponden, pada skala 25 sampai 100."""
    jawaban_1: Whole | None = None
    """Banyaknya jawaban bernilai 1, semua unsur dan semua responden."""
    jawaban_2: Whole | None = None
    """Banyaknya jawaban bernilai 2, semua unsur dan semua responden."""
    jawaban_3: Whole | None = None
    """Banyaknya jawaban bernilai 3, semua unsur dan semua responden."""
    jawaban_4: Whole | None = None
    """Banyaknya jawaban bernilai 4, semua unsur dan semua responden."""
    persyaratan: Score | None = None
    """Nilai rata-rata unsur persyaratan, 1 sampai 4."""
    prosedur: Score | None = None
    """Nilai rata-rata unsur sistem, mekanisme, dan prosedur, 1 sampai 4."""
    waktu_penyelesaian: Score | None = None
    """Nilai rata-rata unsur waktu penyelesaian, 1 sampai 4."""
    biaya_tarif: Score | None = None
    """Nilai rata-rata unsur biaya atau tarif, 1 sampai 4."""
    produk_layanan: Score | None = None
    """Nilai rata-rata unsur produk spesifikasi jenis pelayanan, 1 sampai 4."""
    kompetensi_pelaksana: Score | None = None
    """Nilai rata-rata unsur kompetensi pelaksana, 1 sampai 4."""
    perilaku_pelaksana: Score | None = None
    """Nilai rata-rata unsur perilaku pelaksana, 1 sampai 4."""
    penanganan_pengaduan: Score | None = None
    """Nilai rata-rata unsur penanganan pengaduan, saran, dan masukan, 1 sampai 4."""
    sarana_prasarana: Score | None = None
    """Nilai rata-rata unsur sarana dan prasarana, 1 sampai 4."""
    contoh: Yes = False
    """"ya" bila baris ini rekaan."""
