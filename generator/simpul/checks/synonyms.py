"""Rules about the words by which readers search."""

from collections import Counter
from collections.abc import Iterator

from simpul.model import Abbreviation, Synonym
from simpul.portal import Portal
from simpul.problems import Finding


def synonyms_lead_on(portal: Portal) -> Iterator[Finding]:
    """A row of synonyms has two words at least, and each only once."""
    for path, place, item in portal.listed("padanan", Synonym):
        words = Counter(word.casefold() for word in (*item.kata, *item.berarti))
        for word in [word for word, count in words.items() if count > 1]:
            yield Finding(path, (place, "kata"), "error", "ganda",
                          f"'{word}' tertulis dua kali dalam satu baris", "Hapus salah satunya.")
        if len(words) == 1:
            yield Finding(path, (place, "kata"), "error", "padanan", f"'{item.kata[0]}' belum punya padanan",
                          "Tambahkan kata lain pada 'kata', atau isi 'berarti' dengan kata yang tertulis "
                          "pada halaman.")


def abbreviations_stand_once(portal: Portal) -> Iterator[Finding]:
    """No abbreviation has two long forms: search could read only one of them."""
    seen: set[str] = set()
    for path, place, item in portal.listed("singkatan", Abbreviation):
        if item.singkatan.casefold() in seen:
            yield Finding(path, (place, "singkatan"), "error", "ganda",
                          f"singkatan '{item.singkatan}' tertulis dua kali", "Hapus salah satunya.")
        seen.add(item.singkatan.casefold())


RULES = (synonyms_lead_on, abbreviations_stand_once)
