"""What the system refuses, told with a remedy."""

import errno

FULL = "disk penuh saat menulis {file}. Kosongkan ruang, lalu ulangi; situs terakhir yang baik tetap ada."
FORBIDDEN = "{file} tidak boleh dibuka atau ditulis. Periksa pemilik dan izin berkas serta foldernya."
IN_THE_WAY = "{file} ada, tetapi bukan jenis berkas yang diperlukan di sana. Pindahkan atau ganti namanya."
REMEDIES = {
    errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EACCES: FORBIDDEN, errno.EPERM: FORBIDDEN,
    errno.ENOENT: "{file} tidak ada. Kembalikan berkas itu, atau salin ulang programnya.",
    errno.EROFS: "{file} hanya dapat dibaca. Salin portalnya ke tempat yang dapat ditulis.",
    errno.EADDRINUSE: "porta itu sedang dipakai program lain. Pilih yang lain dengan --port, atau --port 0.",
    errno.EEXIST: IN_THE_WAY, errno.ENOTDIR: IN_THE_WAY, errno.EISDIR: IN_THE_WAY,
    errno.EMFILE: "terlalu banyak berkas terbuka. Kurangi --jobs, atau naikkan batasnya (ulimit -n).",
}


def explained(failure: OSError) -> str:
    """What happened to which file, and what to do."""
    file = str(failure.filename or "berkas")
    if known := REMEDIES.get(failure.errno or 0):
        return known.format(file=file)
    return f"sistem menolak {file} ({failure.strerror or failure}). Coba ulangi."
