"""Measures search over many cases and 500 other pages.

Recall is against an exhaustive BM25 with exact lengths, over the same fields, told the right spelling.
"""

import pickle
import random
import re
import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path
from statistics import mean, median
from time import process_time

from playwright.sync_api import Browser, Page

from simpul.search import Document, Index, IndexEntry, analyse, index_files
from simpul.search.analysis import BODY, HEADING, REGION, SUMMARY, TITLE
from simpul.search.layout import AVERAGE_LENGTH
from simpul.search.ranking import K1, KINDS, B
from simpul.search.reading import Reader
from simpul.search.terminal import search_in
from simpul.search.words import STEMS, tokens
from tests.bench.search_corpus import ROOTS, documents, forms, module_documents
from tests.bench.search_share import share
from tests.bench.search_site import LEXICON, chromium, packed, served, write_site

FORM_OF = {form: root for root in ROOTS for form in forms(root)}


class Exhaustive:
    """BM25 over all documents: no shards, no levels, no rounding."""

    def __init__(self, found: Sequence[Document]) -> None:
        self.postings: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self.lengths: dict[str, int] = {}
        self.kinds = {document.url: document.kind for document in found}
        for document in found:
            weights: Counter[str] = Counter()
            for text, weight in ((document.text, BODY), (document.title, TITLE),
                                 (" ".join(document.headings), HEADING), (document.summary, SUMMARY),
                                 (document.region_name, REGION), (" ".join(document.themes), SUMMARY)):
                words = tokens(text)
                self.lengths[document.url] = self.lengths.get(document.url, 0) + len(words)
                for word in words:
                    weights[STEMS[word]] += weight
            for stem, weight in weights.items():
                self.postings[stem][document.url] = weight

    def scores(self, query: str) -> dict[str, float]:
        """Score of every document that holds any word."""
        found: defaultdict[str, float] = defaultdict(float)
        for stem in dict.fromkeys(filter(None, (STEMS[word] for word in tokens(query)))):
            postings = self.postings.get(stem, {})
            rarity = log(1 + (len(self.lengths) - len(postings) + 0.5) / (len(postings) + 0.5))
            for url, weight in postings.items():
                length = 1 - B + B * self.lengths[url] / AVERAGE_LENGTH
                found[url] += rarity * (K1 + 1) * weight / (weight + K1 * length)
        return {url: score * KINDS.get(self.kinds[url], 1.0) for url, score in found.items()}

    def recall(self, query: str, urls: Sequence[str]) -> float:
        """Share of the ten best that are there; documents that tie with the tenth are as good as it."""
        scores = self.scores(query)
        order = sorted(scores.values(), reverse=True)[:10]
        good = sum(scores.get(url, 0.0) >= order[-1] - 1e-9 for url in urls) if order else 0
        return good / len(order) if order else 1.0


def misspelt(random_: random.Random, word: str) -> str:
    """The word with one letter missing, doubled, wrong, or swapped, anywhere."""
    at = random_.randrange(len(word) - 1)
    return random_.choice((word[:at] + word[at + 1:], word[:at] + word[at] + word[at:],
                           word[:at] + random_.choice("aeiounrt") + word[at + 1:],
                           word[:at] + word[at + 1] + word[at] + word[at + 2:]))


def queries(found: Sequence[Document], seed: int, count: int = 200) -> list[tuple[str, str, str]]:
    """(kind, query, query as it was meant), one to four words."""
    random_, made = random.Random(seed), []
    while len(made) < count:
        kind = ("judul", "isi", "salah eja")[len(made) % 3]
        document = random_.choice(found)
        words = [word for word in tokens(document.text if kind == "isi" else document.title) if STEMS[word]]
        if len(words) < 4:
            continue
        at = random_.randrange(len(words) - 3)
        meant = words[at:at + random_.randint(1, 4)]
        typed = list(meant)
        long = [place for place, word in enumerate(meant) if len(word) > 4]
        if kind == "salah eja" and not long:
            continue
        if kind == "salah eja":
            place = random_.choice(long)
            typed[place] = misspelt(random_, meant[place])
        made.append((kind, " ".join(typed), " ".join(meant)))
    return made


def known_items(found: Sequence[Document], seed: int, count: int = 200,
                kind: str = "praktik-baik") -> list[tuple[str, str]]:
    """(query, address): three or four words of a title, each in another form of its root if any."""
    random_, made = random.Random(seed), []
    titled = [document for document in found if document.kind == kind]
    while len(made) < count:
        document = random_.choice(titled)
        words = [word for word in tokens(document.title) if STEMS[word]]
        if any(word in FORM_OF for word in words) and len(words) > 2:
            chosen = random_.sample(words, min(len(words), random_.randint(3, 4)))
            made.append((" ".join(_other_form(random_, word) for word in chosen), document.url))
    return made


def _other_form(random_: random.Random, word: str) -> str:
    root = FORM_OF.get(word)
    return random_.choice([form for form in forms(root) if form != word]) if root else word


def quality(site: Path, found: Sequence[Document], seed: int) -> None:
    """Prints recall and known items."""
    reader, exhaustive = Reader(site), Exhaustive(found)
    recalls: defaultdict[str, list[float]] = defaultdict(list)
    for kind, typed, meant in queries(found, seed):
        urls = [hit.url for hit in search_in(reader, typed, {}, 10).hits]
        recalls[kind].append(exhaustive.recall(meant, urls))
    every = [value for values in recalls.values() for value in values]
    print(f"recall@10 {mean(every):.3f} "
          f"({', '.join(f'{kind} {mean(values):.3f}' for kind, values in recalls.items())})")
    real = list(module_documents())
    asked = queries(real, seed)
    recall = mean(exhaustive.recall(meant, [hit.url for hit in search_in(reader, typed, {}, 10).hits])
                  for _, typed, meant in asked)
    print(f"recall@10 {recall:.3f} of {len(asked)} queries drawn from the project's own modules")
    titles = known_items(real, seed, 100, "modul")
    write_site(site / "modul-saja", real)
    alone = Reader(site / "modul-saja")
    for name, place, items in ((f"case among {reader.count}", reader, known_items(found, seed)),
                               (f"real module among the {alone.count} modules", alone, titles),
                               (f"real module among all {reader.count}, "
                                "whose made-up titles use the same words", reader, titles)):
        places = [url in [hit.url for hit in search_in(place, query, {}, 3).hits] for query, url in items]
        print(f"known {name}, in the first three: {mean(places):.3f} of {len(items)}")


def weight(browser: Browser, site: Path, url: str, kind: str, typed: Sequence[str]) -> None:
    """Prints bytes and requests of first and second queries, and the time of script."""
    figures: dict[str, list[float]] = {"first, bytes": [], "first, requests": [], "second, bytes": [],
                                       "Enter to results, CPU / 4, ms": []}
    for first, second in zip(typed[::2], typed[1::2], strict=False):
        page = browser.new_context().new_page()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(
            re.sub(r"[?#].*", "", request.url.removeprefix(url))))
        page.goto(f"{url}cari.html?q={first.replace(' ', '+')}")
        _settled(page, first)
        before = len(asked)
        page.fill("#q", second)
        page.press("#q", "Enter")
        _settled(page, second)
        values = (sum(packed(site, path) for path in asked[1:before]), before - 1,
                  sum(packed(site, path) for path in asked[before:]), min(_slow(page) for _ in range(3)))
        for name, value in zip(figures, values, strict=True):
            figures[name].append(value)
        page.context.close()
    for name, values_ in figures.items():
        print(f"{kind}: {name}: median {median(values_):.0f}, "
              f"p95 {sorted(values_)[int(len(values_) * 0.95)]:.0f}, most {max(values_):.0f}")


def _settled(page: Page, query: str) -> None:
    page.wait_for_function("q => document.getElementById('jumlah').textContent.includes('“' + q + '”')",
                           arg=query)


def _slow(page: Page) -> float:
    """The last query again, its files in memory: from Enter to the ten results."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return float(page.evaluate("""() => new Promise((done) => {
        const status = document.getElementById("jumlah"), start = performance.now();
        new MutationObserver(() => {
          if (/hasil untuk/.test(status.textContent)) done(performance.now() - start);
        }).observe(status, { childList: true });
        document.querySelector("form").requestSubmit();
    })"""))


def append(found: Sequence[IndexEntry], index: Index, files: Mapping[str, bytes]) -> float:
    """Prints what one more case changes; returns the seconds that it takes, with those to read the index."""
    last = max((entry for entry in found if entry.card.kind == "praktik-baik"),
               key=lambda entry: entry.card.order)
    card = last.card._replace(url=last.card.url.replace("praktik-", "praktik-baru-"), added="2026-12-31",
                              title="Satu lagi")
    remembered = pickle.dumps(index)
    start = process_time()
    longer = pickle.loads(remembered).updated([], [last._replace(card=card)])
    assert longer is not None
    changed = {url: data for url, data in index_files(longer, LEXICON).items() if files.get(url) != data}
    seconds = process_time() - start
    patches = 0
    for url, data in changed.items():
        squeeze = zlib.compressobj(9, wbits=-15, zdict=files.get(url, b" ")[-32768:])
        patches += len(squeeze.compress(data) + squeeze.flush())
    print(f"one more case: {seconds:.2f} s; {len(changed)} files change, "
          f"{sum(len(zlib.compress(data, 9)) for data in changed.values())} bytes, as patches {patches}")
    return seconds


def bench(cases: int, seed: int) -> None:
    """Prints everything."""
    found = list(documents(cases, seed=seed))
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        begun = process_time()
        entries = [analyse(document, LEXICON) for document in found]
        print(f"{len(found)} documents, seed {seed}; "
              f"analysis {1000 * (process_time() - begun) / len(found):.2f} ms each")
        start = process_time()
        index = Index.of(entries)
        files = index_files(index, LEXICON)
        indexing = process_time() - begun
        print(f"index {process_time() - start:.2f} s, {len(files)} files")
        write_site(site, found)
        quality(site, found, seed)
        drawn = queries(found, seed + 1, 90)
        right = ["pelatihan digital", "layanan pengaduan",
                 *(query for kind, query, _ in drawn if kind != "salah eja")]
        with served(site) as url, chromium() as browser:
            weight(browser, site, url, "query spelled right", right)
            weight(browser, site, url, "query misspelt",
                   [query for kind, query, _ in drawn if kind == "salah eja"])
        update = append(entries, index, files)
    share(cases, seed, indexing, update)
