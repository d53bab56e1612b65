"""How a module is taught in each way of delivery, and what its mentor looks at."""

from typing import Annotated, Literal

from pydantic import Field

from simpul.model.fields import Base, Line, ModelId, Positive, Slug, Text

ComponentKind = Literal["tatap_muka", "pendampingan", "mandiri", "lokakarya", "daring"]
Lines = Annotated[tuple[Line, ...], Field(min_length=1)]


class Activity(Base):
    """Satu kegiatan, diuraikan sekali dan dipakai beberapa rencana."""

    id: Slug
    """Nama pendek kegiatan di berkas ini."""
    judul: Line
    """Nama kegiatan."""
    pengajar: Line | None = None
    """Yang dilakukan pengajar atau pendamping."""
    peserta: Line
    """Yang dilakukan peserta."""
    bahan: tuple[Line, ...] = ()
    """Bahan yang diperlukan."""


class PlanStep(Base):
    """Satu langkah rencana."""

    kegiatan: Slug
    """Id kegiatan."""
    menit: Positive
    """Lamanya."""


class PlanPart(Base):
    """Rencana untuk satu komponen model."""

    komponen: ComponentKind
    """Jenis kegiatan pada model itu."""
    langkah: Annotated[tuple[PlanStep, ...], Field(min_length=1)]
    """Langkah menurut urutannya; jumlah menitnya bagian modul ini pada komponen itu."""


class ModelPlan(Base):
    """Rencana untuk satu model penyelenggaraan."""

    model: ModelId
    """Id model di curriculum/model/."""
    bagian: Annotated[tuple[PlanPart, ...], Field(min_length=1)]
    """Satu bagian untuk tiap komponen model, menurut urutannya."""


class Visit(Base):
    """Lembar kunjungan pendamping."""

    sebelum: Lines
    """Yang sudah dilihat dan dibawa pendamping."""
    amati: Lines
    """Yang diamati di meja kerja."""
    tanyakan: Annotated[tuple[Line, ...], Field(min_length=5, max_length=5)]
    """Lima pertanyaan."""
    selesai_bila: Lines
    """Yang disebut selesai."""
    untuk_atasan: Lines
    """Yang diserahkan kepada atasan."""
    kelompok: Text
    """Jalannya kunjungan dengan delapan peserta."""
    perorangan: Text
    """Jalannya kunjungan dengan satu peserta."""
    jarak_jauh: Text
    """Lewat telepon atau radio, bila tidak ada yang dapat datang."""


class LessonPlan(Base):
    """Rencana mengajar satu modul, untuk tiap model penyelenggaraan."""

    kegiatan: Annotated[tuple[Activity, ...], Field(min_length=1)]
    """Semua kegiatan."""
    model: tuple[ModelPlan, ...]
    """Rencana untuk tiap model."""
    kunjungan: Visit
    """Lembar kunjungan pendamping."""
