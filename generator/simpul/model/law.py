"""The register of laws, and the national systems that officials work with."""

import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from simpul.addresses import slugify
from simpul.model.fields import Base, Date, Line, ModuleId, OneOrMore, Slug, Text, Url

LawId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*-\d+(-\d+)*-\d{4}$", max_length=80)]
Reading = Literal["utuh", "kutipan"]
"""Whether the text was read from beginning to end, or only as somebody quotes it."""
SPELT = {"uu": "UU", "pp": "PP", "se": "SE", "skb": "SKB", "bssn": "BSSN", "lan": "LAN", "ppn": "PPN",
         "permenpanrb": "PermenPANRB", "kepmenpanrb": "KepmenPANRB"}
"""Words of names that are not spelt with one capital only."""
NUMBERED = re.compile(r"([a-z-]+)-([\d-]+)-(\d{4})")


def law_name(name: str) -> str:
    """How people write a law, by its id: "uu-27-2022" is UU 27/2022."""
    found = NUMBERED.fullmatch(name)
    if not found:
        return name
    words = " ".join(SPELT.get(word, word.capitalize()) for word in found[1].split("-"))
    return f"{words} {found[2]}/{found[3]}"


def article_name(number: str) -> str:
    """How people write an article, by its number: "46" is Pasal 46, "lampiran" stays as it is."""
    return f"Pasal {number}" if number[:1].isdigit() else number


def law_anchor(name: str, number: str = "") -> str:
    """Where a law, or an article of it, stands on the page of the register; for good."""
    return slugify(f"{name} {article_name(number)}")


class LawArticle(Base):
    """Satu pasal, menurut sumber yang dapat dibuka pembaca."""

    nomor: Line
    """Nomor pasal seperti pada naskahnya, misalnya "46" atau "4 ayat (2)"; bagian lain dengan namanya."""
    gist: Text
    """Intinya dengan kalimat sendiri, tidak lebih dari yang dikatakan sumbernya."""
    sumber: Annotated[tuple[Url, ...], OneOrMore(), Field(min_length=1)]
    """Alamat yang memuat bunyi atau isi pasal ini."""
    terbaca: Reading
    """utuh bila halaman sumbernya terbaca sampai akhir, kutipan bila hanya sebagian."""


class Law(Base):
    """Satu peraturan."""

    id: LawId
    """Jenis, nomor, dan tahun, misalnya uu-27-2022; dipakai pada [hukum:uu-27-2022]."""
    jenis: Line
    """Jenis peraturan, misalnya UU, PP, Perpres, PermenPANRB."""
    nomor: Line
    """Nomor peraturan."""
    tahun: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    """Tahun peraturan."""
    tentang: Line
    """Judulnya sesudah kata "tentang"."""
    sebutan: tuple[Line, ...] = ()
    """Nama sehari-hari, misalnya UU PDP."""
    status: Literal["berlaku", "diubah", "dicabut", "perlu_dicek"]
    """perlu_dicek bila belum dapat dipastikan; yang demikian dan yang dicabut tidak boleh dirujuk."""
    oleh: tuple[Line, ...] = ()
    """Peraturan yang mengubah atau mencabutnya."""
    keterangan: Text | None = None
    """Apa yang diketahui tentang statusnya, dan apa yang belum."""
    alamat: Url | None = None
    """Alamat naskah pada situs resmi."""
    sumber: Annotated[tuple[Url, ...], OneOrMore()] = ()
    """Alamat yang menyatakan status atau keterangan di atas."""
    diperiksa: Date
    """Tanggal catatan ini terakhir diperiksa."""
    terbaca: Reading
    """utuh bila naskah lengkapnya terbaca, kutipan bila hanya lewat sumber lain."""
    tinjau_sebelum: Date
    """Tanggal catatan ini harus diperiksa lagi."""
    pasal: tuple[LawArticle, ...] = ()
    """Pasal yang boleh dirujuk."""

    @property
    def citable(self) -> bool:
        """Whether a text may rest on it."""
        return self.status in ("berlaku", "diubah")


class SystemFact(Base):
    """Satu keterangan tentang suatu sistem."""

    isi: Text
    """Keterangannya, dengan kalimat sendiri."""
    sumber: Annotated[tuple[Url, ...], OneOrMore(), Field(min_length=1)]
    """Alamat yang mengatakannya."""
    per_tanggal: Date | None = None
    """Tanggal sumbernya, bila disebut."""


class NationalSystem(Base):
    """Satu sistem nasional yang dipakai pegawai."""

    id: Slug
    """Nama pendek untuk alamat tetapnya; tidak berubah walau namanya berganti."""
    nama: Line
    """Nama sekarang."""
    nama_lama: tuple[Line, ...] = ()
    """Nama sebelumnya, dan nama lain yang masih dicari orang."""
    pemilik: Line | None = None
    """Lembaga pemiliknya; kosong bila belum dapat dipastikan."""
    kegunaan: Text
    """Dipakai untuk apa."""
    alamat: Url | None = None
    """Alamat resminya, hanya bila sumbernya menyebut."""
    diperiksa: Date
    """Tanggal keterangan ini terakhir diperiksa."""
    keterangan: Text | None = None
    """Apa yang belum dapat dipastikan."""
    modul: tuple[ModuleId, ...] = ()
    """Modul yang memuatnya sebagai kotak "Di sistem nasional"."""
    fakta: Annotated[tuple[SystemFact, ...], Field(min_length=1)]
    """Yang dikatakan sumber."""
