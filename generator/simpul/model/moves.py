"""Which sources have another name now, or were withdrawn."""

from simpul.model.fields import Base, Date, Line


class Move(Base):
    """Satu berkas yang berganti nama, atau ditarik."""

    dari: Line
    """Nama lamanya di folder ini, tanpa akhiran, misalnya praktik/antrean-lama."""
    ke: Line | None = None
    """Nama barunya, misalnya praktik/antrean-baru; kosong bila ditarik."""
    dicabut: Date | None = None
    """Tanggal ditarik, misalnya "2026-11-02"; kosong bila berganti nama."""
    alasan: Line | None = None
    """Wajib bila ditarik: mengapa. Pembaca halaman lama membacanya."""
