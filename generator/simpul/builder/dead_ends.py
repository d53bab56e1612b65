"""Synonyms that lead to nothing: no source holds a word that they stand for, so no page does."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from simpul.model import Synonym
from simpul.portal import Portal
from simpul.problems import Finding, Problem
from simpul.runtime.cache import Cache
from simpul.runtime.packing import digest, dump
from simpul.runtime.versions import code_version
from simpul.sources.entry import Source

Read = Callable[[str], str]
NOTE = "padanan"
LISTS = ("padanan", "singkatan")
"""Kinds whose words stand on no page."""
TEXTS = (".yml", ".md", ".csv")


class Known(NamedTuple):
    """What was found last, while the lists are in this `state`: the sources that hold their words between
    them, with their digests; stems that are `missing`, and digests of all that was `looked` through for them.
    """

    state: str
    held: Mapping[str, str]
    missing: frozenset[str]
    looked: frozenset[str]
    problems: tuple[Problem, ...] = ()


def dead_ends(portal: Portal, sources: Mapping[str, Source], read: Read, line: Callable[[Finding], int],
              cache: Cache) -> list[Problem]:
    """Warns of rows of synonyms that lead to no word of a source. `read` gives the text of a source, `line`
    the line of a finding.

    Where nothing changed no source is read; cases are only read for a word that stands nowhere else.
    """
    if not portal.kinds.get("padanan"):
        return []
    lists = [path for kind in LISTS for path in portal.kinds.get(kind, ())]
    state = digest((code_version(), [(path, sources[path].digest) for path in lists]))
    note = cache.note(NOTE)
    known = Known(*note) if isinstance(note, tuple) and note[0] == state else None
    if known is None or not _holds(known, sources):
        found = _look(portal, sources, read, known)
        problems = tuple(finding.at(line(finding)) for finding in _findings(portal, found.missing))
        known = found._replace(state=state, problems=problems)
        cache.write("note", [(NOTE, dump(tuple(known)))])
    return list(known.problems)


def _holds(known: Known, sources: Mapping[str, Source]) -> bool:
    return all(path in sources and sources[path].digest == mark for path, mark in known.held.items()) and \
        (not known.missing or known.looked.issuperset(source.digest for source in sources.values()))


def _look(portal: Portal, sources: Mapping[str, Source], read: Read, known: Known | None) -> Known:
    """Goes through the sources, those of the centre first, until every stem is found."""
    from simpul.search.words import STEMS, tokens  # seldom needed: most of what changes are cases

    long_forms = _long_forms(portal)
    missing = {stem for _, _, item in portal.listed("padanan", Synonym)
               for stems in _targets(item, long_forms) for stem in stems}
    held: dict[str, str] = {}
    for path in sorted(sources, key=lambda path: (path.startswith("content/daerah/"), path)):
        seen = known and sources[path].digest in known.looked and missing <= known.missing
        if missing and not seen and path.endswith(TEXTS) and sources[path].entry.kind not in LISTS:
            found = missing.intersection(map(STEMS.__getitem__, tokens(read(path))))
            missing -= found
            held |= {path: sources[path].digest} if found else {}
    looked = frozenset(source.digest for source in sources.values()) if missing else frozenset()
    return Known("", held, frozenset(missing), looked)


def _findings(portal: Portal, missing: frozenset[str]) -> Iterator[Finding]:
    """A row leads to a word that stands somewhere, or has a word of another row that does. Of a row with one
    word alone more is told already.
    """
    rows = [row for row in portal.listed("padanan", Synonym) if len(_words(row[2])) > 1]
    long_forms = _long_forms(portal)
    leading = [any(stems and missing.isdisjoint(stems) for stems in _targets(item, long_forms))
               for _, _, item in rows]
    led = {word for (_, _, item), leads in zip(rows, leading, strict=True) if leads for word in _words(item)}
    for (path, place, item), leads in zip(rows, leading, strict=True):
        if not leads and (item.berarti or led.isdisjoint(_words(item))):
            key = "berarti" if item.berarti else "kata"
            yield Finding(path, (place, key), "warning", "padanan-buntu",
                          f"'{item.kata[0]}' belum mengantar pembaca ke mana pun: tidak ada halaman "
                          f"yang memuat {_either(item.berarti or item.kata)}",
                          "Isi 'berarti' dengan kata yang tertulis pada halaman, atau hapus baris ini.")


def _words(item: Synonym) -> set[str]:
    return {word.casefold() for word in (*item.kata, *item.berarti)}


def _either(words: tuple[str, ...]) -> str:
    return " atau ".join(f"'{word}'" for word in words)


def _targets(item: Synonym, long_forms: Mapping[str, str]) -> Iterator[list[str]]:
    """The stems of each word or phrase that a row leads to; of an abbreviation those of its long form too."""
    from simpul.search.synonyms import stems_of

    for word in item.berarti or item.kata:
        yield stems_of(word)
        if long := long_forms.get(word.casefold()):
            yield stems_of(long)


def _long_forms(portal: Portal) -> dict[str, str]:
    terms = {term.istilah.casefold(): term.kepanjangan for term in portal.terms if term.kepanjangan}
    return terms | {item.singkatan.casefold(): item.kepanjangan for item in portal.abbreviations}
