"""What a region submits: its profile and its practices; and the articles of the portal."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from simpul.model.attachments import Attachments
from simpul.model.fields import (
    Base,
    Code,
    Connection,
    Date,
    Geography,
    Licence,
    Line,
    Mail,
    ModuleId,
    Number,
    Period,
    Slug,
    Text,
    Url,
    Yes,
)


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
    """Seluruh biaya tahun pertama, kira-kira."""
    sumber: Line | None = None
    """Dari mana dananya, misalnya APBD."""


class Result(Base):
    """Satu hasil yang diukur."""

    indikator: Line
    """Apa yang diukur, misalnya "Waktu tunggu"."""
    satuan: Line
    """Satuannya, misalnya menit, orang, atau persen."""
    sebelum: Number
    """Nilai sebelum, misalnya "82,5"."""
    sesudah: Number
    """Nilai sesudah, misalnya "31,5"."""
    arah: Literal["naik", "turun"] | None = None
    """Arah yang lebih baik: "naik" bila nilai besar lebih baik, "turun" bila nilai kecil lebih baik."""
    dari: Number | None = None
    """Nilai terbesar yang mungkin, misalnya "27" untuk 3 dari 27 unit."""
    periode: Period | None = None
    """Kapan diukur, misalnya "2025-S1 ke 2025-S2"."""
    bukti: Url | None = None
    """Alamat web laporan atau data, misalnya https://contoh.go.id/laporan."""


class Consent(Base):
    """Persetujuan instansi untuk diterbitkan."""

    instansi: Line
    """Instansi pemberi persetujuan, misalnya "Dinas Kesehatan"."""
    nomor_surat: Line
    """Nomor suratnya, misalnya 440/101/2026."""
    tanggal: Date
    """Tanggal surat."""


class NotPersonal(Base):
    """Angka atau alamat yang hanya mirip data pribadi."""

    teks: Line
    """Angka atau alamat itu, persis seperti tertulis."""
    alasan: Line
    """Apa sebenarnya, misalnya nomor seri alat."""


class Practice(Base):
    """Satu praktik baik. Urutan kunci mengikuti formulir Indeks Inovasi Daerah."""

    judul: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=150)]
    """Apa yang dilakukan dan untuk siapa, misalnya "Nomor antrean puskesmas dari rumah"."""
    instansi: Line
    """Perangkat daerah pelaksana, misalnya "Dinas Kesehatan"."""
    tahapan: Literal["inisiatif", "uji_coba", "penerapan"]
    """Sejauh mana praktik ini: masih gagasan, sedang diuji, atau sudah diterapkan."""
    inisiator: Literal["kepala_daerah", "dprd", "perangkat_daerah", "asn", "masyarakat"]
    """Siapa yang memulai."""
    jenis: Literal["digital", "nondigital"]
    """Digital bila praktik ini bergantung pada perangkat atau aplikasi."""
    bentuk: Literal["tata_kelola", "pelayanan_publik", "lainnya"]
    """Yang diperbaiki: cara kerja di dalam kantor, pelayanan kepada warga, atau lainnya."""
    tema: tuple[Slug, ...] = ()
    """Satu sampai empat kata kunci dengan huruf kecil, misalnya antrean, kesehatan, surat-desa."""
    mulai_uji_coba: Date | None = None
    """Tanggal uji coba dimulai, boleh kira-kira."""
    mulai_penerapan: Date | None = None
    """Tanggal penerapan dimulai, boleh kira-kira."""
    ringkasan: Line
    """Satu atau dua kalimat: apa yang berubah dan bagi siapa, paling banyak 300 huruf."""
    kompetensi: tuple[Code, ...] = ()
    """Kompetensi digital yang dipakai pelaksana."""
    modul_terkait: tuple[ModuleId, ...] = ()
    """Modul tempat pelaksana belajar."""
    kondisi: Condition | None = None
    """Kondisi tempat praktik dijalankan."""
    biaya: Cost | None = None
    """Biaya, bila boleh diketahui umum."""
    hasil: tuple[Result, ...] = ()
    """Hasil yang diukur, dengan angka sebelum dan sesudah."""
    kegagalan: Text
    """Apa yang tidak berhasil atau harus diulang; bagian ini paling sering dibaca."""
    syarat_berhasil: tuple[Line, ...] = ()
    """Syarat agar praktik ini berhasil di tempat lain, misalnya "Satu petugas di pintu masuk"."""
    lampiran: Attachments = ()
    """Berkas di folder lampiran/ yang diperlukan peniru, \
misalnya [{ berkas: sop-antrean.pdf, judul: SOP antrean, jenis: sop }]."""
    replikasi_dari: Annotated[str, StringConstraints(pattern=r"^\d\d(\.\d\d)?/[a-z0-9-]+$")] | None = None
    """Praktik yang ditiru, bila ada: kode wilayah dan nama pada alamat halamannya, \
misalnya 73.71/antrean-daring."""
    status_keberlanjutan: Literal["berjalan", "berkembang", "berhenti", "tidak_diketahui"]
    """Apakah praktik masih berjalan."""
    alasan_berhenti: Text | None = None
    """Mengapa berhenti; wajib bila praktik sudah berhenti."""
    terverifikasi_pada: Date | None = None
    """Tanggal keterangan ini terakhir dipastikan."""
    persetujuan: Consent | None = None
    """Surat persetujuan instansi untuk diterbitkan."""
    diajukan_melalui: Literal["pr", "formulir", "surel"] | None = None
    """Cara pengajuan."""
    bukan_data_pribadi: tuple[NotPersonal, ...] = ()
    """Angka yang hanya mirip NIK, NIP, atau nomor ponsel, dengan alasannya."""
    lisensi: Licence
    """Lisensi isi; CC BY 4.0 berarti boleh dipakai siapa saja asal sumbernya disebut."""
    contoh: Yes = False
    """"ya" bila praktik ini rekaan."""
    cari: Yes = True
    """"tidak" agar halaman ini tidak muncul di pencarian."""


class PictureSize(Base):
    """Ukuran gambar setelah disiapkan untuk situs."""

    width: int
    """Lebar dalam piksel."""
    height: int
    """Tinggi dalam piksel."""
    narrow: bool
    """Apakah ada salinan 600 piksel."""
    kilobytes: int
    """Ukuran berkas yang dikirim, dalam KB, dibulatkan ke atas."""


class Article(Base):
    """Satu halaman bacaan di content/."""

    judul: Line
    """Judul halaman."""
    ringkasan: Line | None = None
    """Paling banyak 300 huruf."""
    pembaca: Literal["pengirim", "pengajar", "pengelola", "tuan_rumah"] | None = None
    """Untuk siapa panduan ini; daftar panduan dikelompokkan menurutnya."""
    cari: Yes = True
    """"tidak" agar halaman ini tidak muncul di pencarian."""
