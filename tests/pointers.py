"""Pointers of regions that exist, from sources that do not: the fictional province may have none."""

SUMMARY = ("Warga dulu menunggu lama di kantor kecamatan untuk satu surat. Dinas memindahkan urusannya ke "
           "kantor desa, melatih dua petugas, dan memberi tiap desa satu komputer. Camat menyetujui dari "
           "jauh. Sesudah setahun kebanyakan desa memakainya, tetapi listrik sering padam. Cara ini lebih "
           "tentang pembagian kerja daripada tentang aplikasi, dan kebutuhan alatnya kecil. Belum ada yang "
           "memeriksa apakah waktu tunggunya benar berkurang di semua desa.")
FACT = """- isi: Sepuluh desa memakainya.
  angka: "10"
  satuan: desa
  tahun: "2021"
  sumber: https://berita.example/desa
  judul_sumber: Sepuluh desa
  penerbit: Harian Rekaan
  jenis_sumber: media_lokal
  tanggal_sumber: "2021-11-17"
  terbaca: utuh
"""
MORE = """- isi: Pelatihannya dua hari.
  tahun: "2020"
  sumber: https://kota.example/latihan
  judul_sumber: Pelatihan petugas
  penerbit: Lembaga Rekaan
  jenis_sumber: pbb
  terbaca: kutipan
  kutipan: Dua hari cukup bagi kami.
- isi: Biayanya tiga juta.
  angka: "3"
  satuan: juta rupiah
  sumber: https://kota.example/biaya
  judul_sumber: Biaya
  penerbit: Lembaga Rekaan
  jenis_sumber: lembaga
  tanggal_sumber: "2021-03"
  terbaca: kutipan
"""
DISPUTE = """sengketa:
- perkara: Banyaknya desa
  pihak:
  - { menurut: Dinas, isi: Sepuluh., sumber: "https://kota.example/desa" }
  - { menurut: Harian Rekaan, isi: Sembilan., sumber: "https://berita.example/desa" }
- perkara: Tahun mulai
  pihak:
  - { menurut: Dinas, isi: "Tahun 2020.", sumber: "https://kota.example/desa" }
  - { menurut: Harian Rekaan, isi: "Tahun 2021.", sumber: "https://berita.example/desa" }
  catatan: Satu desa mulai lebih dulu.
"""
ANSWER = "tanggapan: {{ tanggal: \"2026-05-02\", kantor: Diskominfo, isi: {} }}\n"


def pointer(code: str, name: str = "Surat di desa", status: str = "belum_dikonfirmasi",
            more: str = "") -> str:
    """A pointer with one fact, and whatever is added to it."""
    return (f'kode: "{code}"\nnama: {name}\nbentuk: layanan\nkeadaan_terakhir: tidak diketahui\n'
            f'status: {status}\nringkas: {SUMMARY}\nfakta:\n{FACT}{more}'
            "belum_diketahui:\n- Berapa lama warga menunggu sekarang.\n")


def replicated(code: str, kind: str = "kunjungan") -> str:
    """What a pointer says of a region that learns from it."""
    return (f'replikasi:\n- {{ ke: "{code}", fakta: Bupatinya datang melihat., '
            f'sumber: "https://berita.example/kunjungan", sifat: {kind} }}\n')


def withdrawn(code: str) -> str:
    """A pointer of which its region asked for removal."""
    return (f'kode: "{code}"\nnama: Surat lama\nbentuk: digital\nkeadaan_terakhir: tidak diketahui\n'
            "status: ditarik\n" + ANSWER.format("Mohon dihapus."))
