"""Documents to search, from a seed: the project's own modules as they are, and made-up cases whose words are
as uneven as those of real text (few common, very many rare, bound to topics). For measuring, never for
publishing.
"""

import csv
import random
import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from simpul.search import Document
from simpul.search.words import STOPWORDS, tokens

CURRICULUM = Path(__file__).parent.parent.parent / "curriculum"
ROOTS = ("latih didik layan catat kirim terima simpan cari baca tulis susun kelola ubah tambah bantu dukung "
         "uji nilai pantau lapor buka tutup daftar bayar cetak pindah jaga rawat bangun pakai olah sebar "
         "bagi kerja terap tinjau tingkat lindung kumpul tanya tawar telaah kembang kendali kaji kunjung "
         "tanam tagih tunjuk tugas").split()
SECTIONS = ("Masalah", "Rancang bangun", "Hasil", "Pelajaran", "Langkah replikasi")
THEMES = ("antrean kesehatan adminduk perizinan pendidikan arsip pengaduan keuangan kepegawaian desa "
          "pariwisata pertanian perikanan bencana pajak sosial tenaga-kerja lingkungan perhubungan "
          "satu-data").split()
BEFORE = {"b": "mem", "p": "mem", "f": "mem", "t": "men", "d": "men", "c": "men", "j": "men", "s": "meny",
          "k": "meng", "g": "meng",
          "h": "meng", "l": "me", "m": "me", "n": "me", "r": "me", "w": "me", "y": "me"}


def forms(root: str) -> tuple[str, ...]:
    """Regular affixed forms of a root, with the letter that meN- and peN- swallow."""
    before = BEFORE.get(root[0], "meng")
    rest = root[1:] if root[0] in "ptsk" else root
    active, person = before + rest, "pe" + before[2:] + rest
    return (root, active, f"{active}kan", f"di{root}", f"di{root}kan", f"{person}an", f"ter{root}",
            f"{root}nya")


def invented(random_: random.Random) -> str:
    """A word that nobody uses, of two or three syllables.

    One edit away from a misspelt one lies a wrong word in 13 of 100 cases; among the words of the modules in
    6.
    """
    syllables = random_.choice((2, 3, 3))
    return "".join(random_.choice("bcdghjklmnprstw") + random_.choice("aeiou")
                   for _ in range(syllables)) + random_.choice("nrktsmg ").strip()


def module_texts() -> dict[str, str]:
    """The text of the project's own modules, without marks, by folder name."""
    found = {}
    for path in sorted(CURRICULUM.glob("modul/*/isi.md")):
        found[path.parent.name] = re.sub(r"[*_#|`\[\]()>-]+", " ", path.read_text(encoding="utf-8"))
    return found


def module_documents() -> Iterator[Document]:
    """The project's own modules: real titles, summaries and texts."""
    for name, text in module_texts().items():
        facts = (CURRICULUM / "modul" / name / "modul.yml").read_text(encoding="utf-8")
        title, summary = (re.findall(rf"^{key}: *(.+)$", facts, re.M)[0].strip("'\"")
                          for key in ("judul", "ringkasan"))
        headings = tuple(re.findall(r"^#+ (.+)$",
                                    (CURRICULUM / "modul" / name / "isi.md").read_text(encoding="utf-8"),
                                    re.M))
        yield Document(f"modul/{name}.html", title, "modul", competences=("1.1",), headings=headings,
                       summary=summary, text=text)


def regions() -> list[tuple[str, str]]:
    """Codes and names of provinces and regencies."""
    rows = []
    for name in ("provinces", "regencies"):
        with (CURRICULUM / "wilayah" / f"{name}.csv").open(encoding="utf-8") as file:
            rows += [(row["code"], row["name"]) for row in csv.DictReader(file)]
    return rows


class Words:
    """Draws words so that a text of 500 holds about as many different ones as the modules do: 210 stems."""

    def __init__(self, random_: random.Random, topics: int = 250, rare: int = 9000) -> None:
        self.random = random_
        common = Counter(word for text in module_texts().values() for word in tokens(text))
        self.common, counts = list(common), [count ** 1.3 for count in common.values()]
        self.common_sums = list(accumulate(counts))
        nouns = [word for word in common if len(word) > 4 and word not in STOPWORDS]
        tail = sorted({invented(random_) for _ in range(rare)})
        self.tail, self.tail_sums = tail, list(accumulate(1 / (rank + 20) for rank in range(len(tail))))
        self.topics = [self._topic(nouns) for _ in range(topics)]
        self.topic_sums = list(accumulate(1 / ((rank + 2) ** 1.2) for rank in range(len(self.topics[0]))))

    def _topic(self, nouns: list[str]) -> list[str]:
        mixed = self.random.sample(nouns, 22) + self.random.sample(ROOTS, 6) + \
            self.random.sample(self.tail, 32)
        self.random.shuffle(mixed)
        return mixed

    def draw(self, topics: list[list[str]], count: int, focus: float) -> list[str]:
        """`count` words, a share of `focus` of them from the topics."""
        random_, words = self.random, []
        for word in random_.choices(self.common, cum_weights=self.common_sums, k=count):
            chance = random_.random()
            if chance < focus:
                word = random_.choices(random_.choice(topics), cum_weights=self.topic_sums)[0]
                word = random_.choice(forms(word)) if word in ROOTS else word
            elif chance < focus + 0.06:
                word = random_.choices(self.tail, cum_weights=self.tail_sums)[0]
            words.append(word)
        return words

    def text(self, topics: list[list[str]], count: int) -> str:
        """Sentences of about twelve words."""
        words = self.draw(topics, count, 0.3)
        return " ".join(" ".join(words[at:at + 12]).capitalize() + "." for at in range(0, count, 12))


def documents(cases: int = 10_000, others: int = 500, seed: int = 5, words: int = 450) -> Iterator[Document]:
    """Cases, and other pages: the real modules, made-up modules, region pages."""
    random_ = random.Random(seed)
    draw = Words(random_)
    places = regions()
    real = list(module_documents())
    yield from real
    for number in range(len(real), others * 3 // 10):
        topics = random_.sample(draw.topics, 2)
        yield Document(f"modul/modul-{number:03}.html", _title(draw, topics), "modul",
                       competences=(f"{1 + number % 5}.{1 + number % 4}",),
                       summary=_summary(draw, topics), text=draw.text(topics, words * 2))
    for code, name in places[:others - others * 3 // 10]:
        yield Document(f"daerah/{code}.html", name, "daerah", code, name,
                       text=f"{name} Praktik baik, kebutuhan, dan jadwal pelatihan. Belum ada data.")
    pages = [places[random_.randrange(38, len(places))] for _ in range(cases)]
    for number, (code, name) in enumerate(pages):
        yield case(draw, number, code, name, words)


def case(draw: Words, number: int, code: str, name: str, words: int = 450) -> Document:
    """One case: two topics, five sections, verified within two years of its arrival."""
    random_ = draw.random
    topics = random_.sample(draw.topics, 2)
    added = number * 33 // 10_000
    verified = min(added + random_.choice((0, 0, 0, 1, 3, 6, 12, 18)), 34)
    return Document(f"praktik/{code}/praktik-{number:05}.html", _title(draw, topics), "praktik-baik", code,
                    name, (f"{random_.randint(1, 5)}.{random_.randint(1, 4)}",),
                    tuple(random_.sample(THEMES, 2)), SECTIONS, _summary(draw, topics),
                    draw.text(topics, int(words * random_.uniform(0.6, 1.4))), _date(verified, 15),
                    _date(added, 1 + number % 28))


def _title(draw: Words, topics: list[list[str]]) -> str:
    return " ".join(draw.draw(topics, draw.random.randint(4, 7), 0.75)).capitalize()


def _summary(draw: Words, topics: list[list[str]]) -> str:
    return " ".join(draw.draw(topics, 24, 0.5)).capitalize()[:280] + "."


def _date(month: int, day: int) -> str:
    return f"{2024 + month // 12}-{1 + month % 12:02}-{day:02}"
