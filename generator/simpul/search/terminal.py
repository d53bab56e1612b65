"""The search of the browser, from the terminal: the same files, the same order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from simpul.search.layout import kind_of
from simpul.search.query import SHORTEST_MISSPELT, SHORTEST_PREFIX, Wanted, wanted
from simpul.search.ranking import Postings, merged, ranked, scores, steps
from simpul.search.reading import Reader
from simpul.search.spelling import completions, corrections, halves
from simpul.search.words import STEMS

FILTERS = ("jenis", "daerah", "kondisi", "kompetensi", "tema")


@dataclass(frozen=True, slots=True)
class Hit:
    """One result, as its card says."""

    url: str
    title: str
    kind: str
    region_name: str
    summary: str
    verified: str


@dataclass(frozen=True, slots=True)
class Results:
    """`count` documents hold any of the words; `hits` are the best. `read_as` maps a word without match to
    the words it was read as; `unknown` are words that match nothing.
    """

    count: int
    hits: tuple[Hit, ...]
    read_as: Mapping[str, tuple[str, ...]]
    unknown: tuple[str, ...]


def search(site_path: Path, query: str, filters: Mapping[str, str] | None = None, limit: int = 10) -> Results:
    """The best documents for a query. `filters` may hold any of `FILTERS`; a province's code has its regions.

    Raises `NoIndexError` where `site_path` has no index.
    """
    return search_in(Reader(site_path), query, filters or {}, limit)


def search_in(reader: Reader, query: str, filters: Mapping[str, str], limit: int) -> Results:
    """The same with an index that is already open."""
    read_as: dict[str, tuple[str, ...]] = {}
    unknown: list[str] = []
    lists: list[Postings] = []
    words = wanted(query, reader.phrases, reader.instead)
    for word in words:
        if word.instead_of:
            read_as[word.instead_of] = (reader.instead[STEMS[word.instead_of]],)
        found = reader.postings(word.stem) or _guessed(reader, word, read_as)
        lists.append(found)
        if not found and not word.part:
            unknown.append(word.word)
    shares = [word.share for word in words]
    found_scores = scores(lists, shares, reader.lengths, reader.count, reader.kinds)
    places = list(filter(_test(reader, filters), ranked(found_scores)))
    best = [(steps(found_scores[place]), _hit(reader, place)) for place in places[:limit]]
    best.sort(key=lambda item: (item[0], item[1].verified), reverse=True)
    return Results(len(places), tuple(hit for _, hit in best), read_as, tuple(unknown))


def _guessed(reader: Reader, word: Wanted, read_as: dict[str, tuple[str, ...]]) -> dict[int, int]:
    """Postings of the words it begins, or of those near it; none for a word of a phrase that is known."""
    return {} if word.part else _completed(reader, word) or _corrected(reader, word, read_as)


def _completed(reader: Reader, word: Wanted) -> dict[int, int]:
    if not word.last or len(word.word) < SHORTEST_PREFIX:
        return {}
    return merged(reader.postings(stem) for stem in completions(word.word, reader.words(word.word)))


def _corrected(reader: Reader, word: Wanted, read_as: dict[str, tuple[str, ...]]) -> dict[int, int]:
    if len(word.word) < SHORTEST_MISSPELT:
        return {}
    beginning, end = halves(word.word)
    near = corrections(word.word, reader.words(beginning)) or \
        corrections(word.word, reader.words(end[::-1], backwards=True))
    if not near:
        return {}
    read_as[word.word] = tuple(near)
    return merged(reader.postings(STEMS[right]) for right in near)


def _test(reader: Reader, filters: Mapping[str, str]) -> Callable[[int], bool]:
    """Whether a document passes all filters."""
    facets = {name: reader.facet(name) for name in filters if name != "jenis"}

    def passes(place: int) -> bool:
        for name, value in filters.items():
            values = facets[name][place] if name in facets else [kind_of(place, reader.kinds)]
            if value not in values and \
                    not (name == "daerah" and any(code.startswith(f"{value}.") for code in values)):
                return False
        return True

    return passes


def _hit(reader: Reader, place: int) -> Hit:
    url, title, region_name, summary, verified = reader.card(place)
    return Hit(url, title, kind_of(place, reader.kinds), region_name, summary, verified)


def format_results(query: str, results: Results) -> str:
    """The results as text for a terminal."""
    lines = [f"{results.count} hasil untuk \"{query}\"."]
    lines += [f"\"{wrong}\" tidak ditemukan; dibaca sebagai {_either(right)}."
              for wrong, right in results.read_as.items()]
    lines += [f"\"{word}\" tidak ditemukan." for word in results.unknown]
    for place, hit in enumerate(results.hits, 1):
        about = ", ".join(filter(None, (hit.kind.replace("-", " "), hit.region_name)))
        lines += [f"{place:2}. {hit.title} ({about})", f"    {hit.url}"]
    return "\n".join(lines)


def _either(words: tuple[str, ...]) -> str:
    return " atau ".join(f"\"{word}\"" for word in words)
