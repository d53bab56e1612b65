"""What a region asks for, and what it was answered."""

from typing import Literal

from simpul.model.fields import Base, Code, Date, Line, ModuleId, Slug, Text, Whole, Yes


class Answer(Base):
    """Tanggapan atas satu kebutuhan."""

    status: Literal["baru", "dijawab", "dirancang", "tersedia", "ditolak"]
    """Sampai mana kebutuhan ini ditanggapi; ditolak harus disertai alasan."""
    tanggal: Date | None = None
    """Tanggal tanggapan."""
    oleh: Literal["pusat", "provinsi", "daerah"] | None = None
    """Siapa yang menanggapi."""
    isi: Text | None = None
    """Tanggapan dalam satu atau dua kalimat."""
    modul: tuple[ModuleId, ...] = ()
    """Modul yang menjawab kebutuhan ini."""
    alasan: Text | None = None
    """Wajib bila ditolak: mengapa, dan apa yang dapat dilakukan daerah."""


class Need(Base):
    """Satu kebutuhan belajar yang disampaikan daerah."""

    id: Slug
    """Nama pendek di dalam berkas ini, misalnya k1."""
    tanggal: Date
    """Tanggal kebutuhan disampaikan."""
    cara: Literal["survei", "rapat", "hasil_skm", "audit", "usulan_unit"]
    """Cara kebutuhan ini diketahui."""
    kompetensi: Code
    """Kode kompetensi yang diperlukan, misalnya "4.1"."""
    asn_terdampak: Whole
    """Banyaknya ASN yang memerlukannya."""
    potensi: tuple[Line, ...] = ()
    """Kekuatan setempat yang dapat membantu."""
    uraian: Text
    """Kesulitan yang dihadapi, tanpa nama orang."""
    tanggapan: Answer | None = None
    """Diisi penanggap; kosong berarti menunggu."""
    contoh: Yes = False
    """"ya" bila data ini rekaan."""

    @property
    def waiting(self) -> bool:
        """Whether nobody has answered yet."""
        return self.tanggapan is None or self.tanggapan.status == "baru"

    @property
    def stands(self) -> bool:
        """Whether training for it is to be planned: it has not been refused."""
        return self.tanggapan is None or self.tanggapan.status != "ditolak"
