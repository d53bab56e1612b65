"""What goes with the zips of a release in words: the page that offers them, the list of what to delete."""

from collections.abc import Sequence
from html import escape
from typing import Protocol

from simpul.mirror.changes import document
from simpul.mirror.client.manifest import Manifest, Zip
from simpul.mirror.generated import long_date

SIGN = b"<title>Zip rilis "
"""By which the page is known as ours."""


class Step(Protocol):
    """What a zip does to a copy: paths it writes, empties, and cannot write before others are gone."""

    @property
    def written(self) -> Sequence[str]: ...
    @property
    def emptied(self) -> Sequence[str]: ...
    @property
    def in_the_way(self) -> Sequence[str]: ...


def gone_page(path: str) -> bytes:
    """What overwrites a page that is gone, wherever nobody deletes it."""
    return f"""<!doctype html>
<html lang="id">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>Halaman ini sudah tidak ada</title>
<p>Halaman ini sudah tidak ada. <a href="{"../" * path.count("/")}index.html">Ke beranda</a></p>
</html>
""".encode()


def to_delete(release: int, date: str, since: int, first: Sequence[str], emptied: Sequence[str]) -> bytes:
    """The list as a text file that Windows shows as it is."""
    pages = [path for path in emptied if path.endswith(".html")]
    parts = [
        f"Rilis {release}, {long_date(date)}: yang perlu dihapus dari salinan rilis {since}",
        "Hapus berkas di bawah ini dengan menu hosting Anda. Isinya sudah dikosongkan ketika zip\n"
        "diekstrak, jadi tidak ada lagi yang dapat dibaca di sana; yang tersisa hanya namanya.",
        *_list("Hapus ini DULU, lalu ekstrak zip sekali lagi", first),
        *_list("Halaman", pages), *_list("Berkas lain", [path for path in emptied if path not in pages]),
        "Terakhir, hapus berkas ini dan zip-nya.",
    ]
    return "\n\n".join([*parts, ""]).replace("\n", "\r\n").encode("utf-8-sig")


def _list(title: str, paths: Sequence[str]) -> list[str]:
    return ["\n".join([f"{title}: {len(paths)}", *paths])] if paths else []


def as_html(manifest: Manifest, offers: Sequence[tuple[str, Zip, Step]]) -> bytes:
    """The page beside the zips, each with its file name. It needs no script and no stylesheet."""
    number = manifest.release
    small, [whole] = offers[:-1], offers[-1:]
    updates = "".join(map(_update, small)) or "<p>Belum ada zip kecil untuk rilis ini.</p>\n"
    return document(f"Zip rilis {number}", f"""<p>Terbit {long_date(manifest.date)}. Untuk hosting yang \
hanya punya menu berkas (File Manager). Yang dapat menjalankan Python sebaiknya memakai \
<code>simpul-mirror.pyz</code>: lebih hemat, dan tanda tangannya diperiksa sendiri.</p>
<h2>Memperbarui salinan</h2>
<p>Nomor rilis salinan Anda tertulis di kaki setiap halamannya. Pilih zip untuk nomor itu.</p>
{updates}<p>Untuk rilis lain, pakai zip utuh.</p>
{_warning(manifest, [one.since for _, one, _ in small])}<h2>Salinan utuh</h2>
{_offer("Semua berkas portal", *whole)}<p>Ekstrak di folder yang kosong. Untuk mengganti salinan lama: \
ekstrak di folder baru, tukar nama kedua folder, lalu hapus folder lama beserta isinya. Jangan mengekstrak \
zip utuh di atas salinan lama: halaman yang sudah dicabut tetap terbaca di sana.</p>
<h2>Langkah</h2>
<ol>
<li>Unduh zip, lalu cocokkan SHA-256-nya.</li>
<li>Unggah zip ke folder portal di hosting, folder yang memuat <code>index.html</code> portal.</li>
<li>Ekstrak di folder itu. Bila ditanya, izinkan berkas lama ditimpa.</li>
<li>Bila muncul berkas <code>HAPUS-rilis-{number}.txt</code>, bukalah dan hapus yang disebut di dalamnya.</li>
<li>Hapus zip-nya. Buka salinan Anda: kakinya harus menyebut rilis {number}.</li>
</ol>
<p>Zip hanya berisi berkas portal. Berkas Anda yang lain, misalnya <code>.htaccess</code>, tidak tersentuh \
selama namanya berbeda dari berkas portal; karena itu sediakan folder tersendiri bagi portal.</p>
<h2>Mencocokkan SHA-256</h2>
<p>Di Windows, buka Command Prompt di folder unduhan: <code>certutil -hashfile {whole[0]} SHA256</code>. \
Di Linux: <code>sha256sum {whole[0]}</code>.</p>
<p>Angka di halaman ini hanya sekuat sambungan Anda ke pusat. Bacakan beberapa huruf awal dan akhirnya lewat \
telepon kepada pengelola pusat bila zip diperoleh dari pihak lain. Siapa pun yang punya Python dapat \
memeriksa tanda tangannya: <code>python3 simpul-mirror.pyz check-zip {whole[0]} SUMBER</code>.</p>
""", root="../../")


def _update(offer: tuple[str, Zip, Step]) -> str:
    return _offer(f"Salinan Anda rilis {offer[1].since}", *offer)


def _offer(title: str, name: str, one: Zip, step: Step) -> str:
    gone = len(step.emptied) + len(step.in_the_way)
    told = f"{len(step.written)} berkas" + (f", {gone} berkas dihapus" if gone else "")
    first = "<p>Sebelum mengekstrak, hapus dulu: " + ", ".join(
        f"<code>{escape(path)}</code>" for path in step.in_the_way) + ".</p>\n" if step.in_the_way else ""
    return (f'<h3>{title}</h3>\n<p><a href="{name}" download>{name}</a>, {_size(one.size)}: {told}.</p>\n'
            f"{first}<p>SHA-256: <code>{one.sha256}</code></p>\n")


def _warning(manifest: Manifest, offered: Sequence[int]) -> str:
    if not manifest.forgotten:
        return ""
    older = f"<p>Salinan sebelum rilis {manifest.forgotten} masih memuat isi yang sudah dicabut. "
    return older + ("Perbarui segera.</p>\n" if any(since < manifest.forgotten for since in offered) else
                    "Gantilah dengan zip utuh di folder baru, lalu hapus folder lama.</p>\n")


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", ",") if size >= 1e6 else f"{max(round(size / 1e3), 1)} KB"
