"""Text -> words -> stems, the same as theme/scripts/search/stemmer.js to the letter: a test compares the two.

The stemmer is Snowball's Indonesian. It cuts some words wrongly ("pegawai" -> "gawa") and cannot give back
the letter that meN- and peN- swallow ("menulis" -> "ulis"); `EXCEPTIONS` and `ROOTS` mend the words that
public service uses.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

LONGEST = 32
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
MARKS = re.compile("[\u0300-\u036f'\u2018\u2019\u00ad\u200b-\u200d\u2060\ufeff]")
STOPWORDS = frozenset(
    "ada adalah agar akan antara apa atau bagi bahwa belum bila bisa boleh bukan dalam dan dapat dari demi "
    "dengan di hal hanya harus hingga ia ini itu jadi jika juga kami karena ke kepada kita lagi lain lalu "
    "lebih maka masih mereka namun oleh pada paling para pula pun saat sama sambil sampai sangat saya "
    "sebagai sebelum sebuah secara sedang sehingga sejak selain selama seluruh semua seperti serta sesudah "
    "setelah setiap sudah suatu supaya tanpa telah tentang tetapi tiap tidak untuk yaitu yakni yang "
    # Words of questions and of talk, as people type them.
    "adakah aja apakah apaan bagaimana bagaimanakah begini begitu berapa bikin biar bisakah buat cara "
    "caranya dgn dimana dong dr enggak ga gak gimana gini gitu gmana gmn ingin jd jg kah kalau kalo kapan "
    "kenapa kl klo knp kok lah mana mau mengapa minta mohon ngga nggak nih nya org pd pengen pingin saja "
    "sbg siapa sih tau tdk tolong trus tuh udah utk ya yg "
    "and for how in is of the to what where with".split()
)
EXCEPTIONS = {
    word: stem
    for stem, words in {
        "berita": "berita diberitakan memberitakan pemberitaan",
        "cetak": "cetakan",
        "digital": "digital digitalisasi digitalkan digitalnya didigitalkan mendigitalkan "
                   "mendigitalisasi pendigitalan",
        "disabilitas": "disabilitas",
        "kelola": "kelola kelolaan kelolanya",
        "kelompok": "kelompok kelompoknya",
        "keluarga": "keluarga berkeluarga kekeluargaan keluarganya",
        "keluh": "keluhan keluhannya keluhkan",
        "kendali": "kendali kendalinya",
        "ketik": "diketik mengetik pengetikan",
        "ketua": "ketua ketuanya diketuai mengetuai",
        "koordinasi": "koordinasi berkoordinasi dikoordinasikan koordinasikan "
                      "mengoordinasikan pengoordinasian",
        "olah": "diolah mengolah pengolah terolah",
        "pegawai": "pegawai kepegawaian kepegawaiannya pegawainya",
        "pelihara": "pelihara peliharaan",
        "penting": "terpenting",
        "periksa": "periksa periksalah",
        "peserta": "peserta kepesertaan pesertanya",
        "rawat": "perawat perawatan perawatannya perawatnya",
        "satuan": "satuan",
        "tanya": "bertanya ditanya menanya penanya",
        "temu": "bertemu ditemu menemu penemu",
        "terap": "terapan",
        "terbit": "terbitan",
        "terima": "terima berterima terimalah terimanya",
        "terjemah": "terjemah terjemahan terjemahannya terjemahnya",
    }.items()
    for word in words.split()
}
ROOTS = frozenset(
    "kaji kelola kelompok kembang kenal kendali kerja kirim konsultasi kontrol koreksi kuasa kuat kumpul "
    "kunci kunjung kurang kutip mulai muat masak nilai pakai rangkai survei tagih tampil tambah tanam tanda "
    "tanggap tanggulang tanggung tanya tarik tata tawar tayang tekan telaah teliti temu tentu terap terbit "
    "terima terjemah tetap tindak tinjau tingkat tolak tuju tulis tunda tunggu tunjuk "
    "tuntut turun tutup tugas tukar".split()
)
HEADS = ("", "t", "k", "n")
TAILS = ("", "i", "k", "an", "kan")

_BREAKS = {code: " " for code in range(128) if chr(code) not in LETTERS}
_OTHERS = re.compile("[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower case, without accents, apostrophes and letters that have no width."""
    lowered = text.lower()
    return lowered.replace("'", "") if lowered.isascii() else \
        MARKS.sub("", unicodedata.normalize("NFKD", lowered))


def tokens(text: str) -> list[str]:
    """All words of a text in order, with those that search ignores."""
    folded = fold(text)
    return (folded.translate(_BREAKS) if folded.isascii() else _OTHERS.sub(" ", folded)).split()


def is_word(token: str) -> bool:
    """Whether search keeps the token: two letters or more, and not one of the commonest words."""
    return 1 < len(token) <= LONGEST and token not in STOPWORDS


class _Stems(dict[str, str]):
    """Word -> stem, or nothing for a word that search ignores; remembered for the life of the process."""

    def __missing__(self, word: str) -> str:
        found = self[word] = stem(word) if is_word(word) else ""
        return found


STEMS = _Stems()


@cache
def _snowball() -> Callable[[str], str]:
    """Loaded when the first word is asked for: a build that changes nothing asks for none."""
    import Stemmer

    stemmed: Callable[[str], str] = Stemmer.Stemmer("indonesian", 0).stemWord
    return stemmed


def stem(word: str) -> str:
    """The stem that stands for the word in the index."""
    return EXCEPTIONS.get(word) or _mended(_snowball()(word))


def _mended(stemmed: str) -> str:
    """Gives a stem back the letters it lost, when that makes a known root."""
    heads = (*HEADS, "m") if stemmed[0] == "p" else HEADS
    for head in heads:
        rest = stemmed[1:] if head == "m" else stemmed
        for tail in TAILS:
            if head + rest + tail in ROOTS:
                return head + rest + tail
    return stemmed
