"""How contributors are told what their readers would not see of a text, or not as it was meant.

What is lost stops the build; what shows in another way than it was meant is a warning.
"""

from collections.abc import Iterator, Sequence

from simpul.markdown import Remark
from simpul.problems import Problem, error, warning

AS_CODE = "Bila memang begitu maksudnya, apit dengan tanda `...`."
LOST: dict[str, tuple[str, str]] = {
    "sel-lebih": ("baris tabel ini punya sel lebih banyak daripada judulnya; '{}' tidak tampil",
                  r"Tambah kolom pada baris judul, atau tulis \| bila garis itu bagian dari isi."),
    "rujukan": ("baris '{}' dibaca sebagai alamat tautan yang tidak dipakai, jadi tidak tampil",
                "Hapus, atau pakai di dalam teks: [kata][nama]."),
    "rujukan-ganda": ("alamat tautan '{}' sudah ditulis di atas; yang ini tidak tampil",
                      "Hapus salah satunya."),
    "catatan": ("catatan kaki {} tidak dirujuk, jadi tidak tampil",
                "Tulis {} di dalam teks, atau hapus catatannya."),
    "catatan-ganda": ("catatan kaki {} ditulis dua kali; yang ini tidak tampil",
                      "Ganti nomornya, atau hapus."),
    "catatan-kaki": ("rujukan {} tidak punya catatan", f"Tambahkan baris '{{}}: isi catatan'. {AS_CODE}"),
    "kode-terbuka": ("blok kode yang dibuka {} di sini tidak ditutup; semua sesudahnya tampil sebagai kode",
                     "Tambahkan baris {} sesudah kodenya."),
    "kode-keterangan": ("kata '{}' di belakang pembuka blok kode tidak tampil",
                        "Pindahkan ke atas blok kode; di belakang pembuka hanya nama bahasanya."),
    "judul-bertaut": ("tautan, gambar, atau catatan kaki di dalam judul '{}' tidak tampil",
                      "Pindahkan ke bawah judulnya."),
    "terlalu-dalam": ("kutipan atau daftar bersarang terlalu dalam; isinya tidak tampil",
                      "Kurangi tingkatnya; tiga tingkat cukup."),
    "gambar-wiki": ("{} bukan gambar di sini", f"Tulis ![uraian](gambar/nama.png). {AS_CODE}"),
    "komentar-terbuka": ("komentar '{}' tidak ditutup di paragraf yang sama, jadi tampil sebagai teks",
                         "Tutup dengan -->, atau hapus."),
}
ODD: dict[str, tuple[str, str]] = {
    "komentar": ("'{}' disembunyikan dari halaman, tetapi tetap terbaca umum di berkas ini",
                 "Hapus bila tidak untuk umum."),
    "kode-menjorok": ("baris yang diawali tab atau empat spasi tampil sebagai kode: '{}'",
                      "Hapus spasi di awal baris; kode ditulis di antara dua baris ```."),
    "judul-bergaris": ("'{}' menjadi judul karena di bawahnya ada garis",
                       "Beri baris kosong di atas garisnya, atau tulis judul dengan ##."),
    "bawah-tabel": ("baris '{}' ikut menjadi baris tabel", "Beri baris kosong di atasnya."),
    "baris-tabel": ("baris '{}' tampil sebagai teks, bukan tabel",
                    "Tulis satu baris judul, lalu baris |---|---| dengan kolom sama banyak."),
    "tabel-kotak": ("tabel bergaris '{}' tampil sebagai teks",
                    "Tulis satu baris judul, lalu baris |---|---|, lalu isinya."),
    "tautan-wiki": ("{} tampil sebagai teks, bukan tautan", f"Tulis [nama](berkas.md). {AS_CODE}"),
    "kotak": ("'{}' tampil sebagai teks, bukan kotak perhatian",
              "Tulis sendirian di barisnya: [!NOTE], [!TIP], [!IMPORTANT], [!WARNING], atau [!CAUTION]."),
    "pagar": ("'{}' tampil sebagai teks, bukan judul", "Tulis ## sampai ######, lalu spasi, lalu judulnya."),
    "penanda": ("penanda '{}' dari program lain tampil sebagai teks", f"Hapus. {AS_CODE}"),
    "atribut": ("penanda {} dari program lain tampil sebagai teks", f"Hapus. {AS_CODE}"),
    "nomor": ("nomor daftar {} tampil sebagai nomor {}",
              "Daftar bernomor dihitung dari nomor pertamanya; betulkan urutannya, atau pisahkan daftarnya."),
}


def told(path: str, remarks: Sequence[Remark]) -> Iterator[Problem]:
    """The problems that remarks are."""
    for code, line, text in remarks:
        make, (message, hint) = (error, LOST[code]) if code in LOST else (warning, ODD[code])
        words = text.split() if code == "nomor" else [text]
        yield make(path, line, code, message.format(*words), hint.format(*words))
