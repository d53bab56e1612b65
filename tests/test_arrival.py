"""Documents keep their numbers from release to release, so that a case of any date changes little."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.mirror.archive import Archive
from simpul.mirror.numbers import UNREADABLE
from simpul.mirror.release import Terms, publish_release
from simpul.search import Document, analyse, build_index, layout
from simpul.search.arrival import BASE, Numbers, is_numbered, kept, numbers_in, renumbered
from simpul.search.layout import ROOM, kind_of
from simpul.search.terminal import search
from tests.bench.search_corpus import documents
from tests.mirror.world import Publisher

WORDS = ("pelatihan", "surat izin", "puskesmas antrean", "aplikasi layanan")
MOST_BYTES = 5_000
"""For one case more among 300: 3,424 as it came; as its date would have it, 69,016."""
FRESH = Numbers((), {})


@pytest.fixture(scope="module")
def corpus() -> list[Document]:
    return list(documents(cases=300, others=60, seed=5))


def index(found: Iterable[Document]) -> dict[str, bytes]:
    return build_index(map(analyse, found))


def numbered(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {url: data for url, data in files.items() if is_numbered(url)}


def answers(site: Path) -> list[tuple[int, list[str]]]:
    found = (search(site, words, limit=1000) for words in WORDS)
    return [(results.count, sorted(hit.url for hit in results.hits)) for results in found]


def cases(corpus: list[Document]) -> list[Document]:
    return [document for document in corpus if document.kind == "praktik-baik"]


def centre_of(root: Path, found: Iterable[Document]) -> Publisher:
    centre = Publisher(root)
    centre.release({"index.html": b"x", **index(found)})
    return centre


def released(centre: Publisher) -> dict[str, bytes]:
    """The index of the last release."""
    archive = Archive(centre.out)
    last = archive.manifests[-1]
    return archive.contents(last, [path for path in archive.tree(last) if path.startswith("cari/")])


def publish(centre: Publisher, found: Iterable[Document]) -> set[str]:
    """Releases an index in the place of the one before; the files of the index that differ."""
    before = released(centre)
    files: dict[str, bytes | None] = {path: None for path in before if (centre.site / path).exists()}
    centre.release(files | index(found))
    after = released(centre)
    return {path for path in {**before, **after} if before.get(path) != after.get(path)}


# Numbers

def test_the_same_numbers_give_the_same_bytes(corpus: list[Document]) -> None:
    files = numbered(index(corpus))
    assert renumbered(files, numbers_in(files)) == files
    assert renumbered(files, FRESH) == files, "without a record all is as the site has it"


KINDS = ("modul", "panduan", "praktik-baik")


@settings(deadline=None)
@given(st.lists(st.dictionaries(st.integers(0, 30), st.sampled_from(KINDS), max_size=12), max_size=5))
def test_what_stays_keeps_its_number_whatever_comes_and_goes(steps: list[dict[int, str]]) -> None:
    before = FRESH
    for step in steps:
        urls = sorted(step, key=lambda url: (step[url], url))
        runs = tuple((kind, ROOM * at) for at, kind in enumerate(sorted({*step.values()})))
        places = dict(runs)
        of: dict[str, int] = {}
        for url in urls:
            of[str(url)] = places[step[url]]
            places[step[url]] += 1
        after = kept(Numbers(runs, of), before)
        assert len({*after.of.values()}) == len(after.of) == len(step)
        assert all(kind_of(after.of[str(url)], after.runs) == kind for url, kind in step.items())
        stayed = [url for url in after.of if url in before.of
                  and kind_of(before.of[url], before.runs) == step[int(url)]]
        assert all(after.of[url] == before.of[url] for url in stayed)
        before = after


def test_a_kind_without_room_goes_on_behind_all_others() -> None:
    before = Numbers((("modul", 0), ("praktik-baik", ROOM)),
                     {f"m{n}": n for n in range(ROOM)} | {"p0": ROOM})
    now = Numbers((("modul", 0), ("panduan", 2 * ROOM), ("praktik-baik", 3 * ROOM)),
                  {f"m{n}": n for n in range(ROOM + 1)}
                  | {"g0": 2 * ROOM, "p0": 3 * ROOM, "p1": 3 * ROOM + 1})
    after = kept(now, before)
    assert after.runs == (*before.runs, ("modul", 2 * ROOM), ("panduan", 3 * ROOM))
    assert {url: after.of[url] for url in ("m512", "g0", "p0", "p1")} == \
        {"m512": 2 * ROOM, "g0": 3 * ROOM, "p0": ROOM, "p1": ROOM + 1}


def test_numbers_of_which_most_stand_for_nothing_are_given_up() -> None:
    before = Numbers((("praktik-baik", 0),), {f"p{n}": n for n in range(12 * ROOM)})
    few = Numbers((("praktik-baik", 0),), {f"p{n + 11 * ROOM}": n for n in range(ROOM)})
    assert kept(few, before) == few
    most = Numbers((("praktik-baik", 0),), {f"p{n + ROOM}": n for n in range(11 * ROOM)})
    assert kept(most, before).of["p512"] == 512


# Releases

def test_a_case_with_an_older_date_changes_the_ends_of_lists(corpus: list[Document], tmp_path: Path) -> None:
    found = cases(corpus)
    old = min(found, key=lambda document: document.added)
    others = [document for document in corpus if document != old]
    centre = centre_of(tmp_path, others)
    changed = publish(centre, corpus)
    assert len([path for path in changed if path.startswith("cari/h")]) == 1
    assert Archive(centre.out).manifests[-1].deltas[-1].object.size < MOST_BYTES
    assert numbers_in(released(centre)).of[old.url] == max(numbers_in(released(centre)).of.values())
    assert publish(centre, corpus) == set(), "the same site again is the same release"


def test_search_finds_the_same_in_a_release_as_in_its_site(corpus: list[Document], tmp_path: Path,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "ROOM", 8)
    centre = centre_of(tmp_path / "pusat", corpus[::2])
    publish(centre, corpus[:200])
    publish(centre, corpus[100:])
    assert numbers_in(released(centre)) != numbers_in(index(corpus[100:]))
    for path, data in released(centre).items():
        place = tmp_path / "salinan" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    assert answers(tmp_path / "salinan") == answers(centre.site)
    runs = [kind for kind, _ in numbers_in(released(centre)).runs]
    assert len(runs) > len({*runs}), "some kind goes on behind others"
    for chosen in ({"jenis": kind} for kind in {*runs}):
        assert search(tmp_path / "salinan", "layanan", chosen, 99).count == \
            search(centre.site, "layanan", chosen, 99).count
    one = cases(corpus)[250]
    chosen = {"daerah": one.region}
    assert search(tmp_path / "salinan", one.title, chosen, 99).count == \
        search(centre.site, one.title, chosen, 99).count > 0


def test_a_document_that_is_gone_leaves_nothing(corpus: list[Document], tmp_path: Path) -> None:
    gone = cases(corpus)[40]
    centre = centre_of(tmp_path, corpus)
    publish(centre, [document for document in corpus if document != gone])
    files = released(centre)
    assert gone.url not in numbers_in(files).of
    assert not any(gone.url.encode() in data or gone.title.encode() in data for data in files.values())


def test_a_record_that_cannot_be_read_is_told(corpus: list[Document], tmp_path: Path) -> None:
    centre = centre_of(tmp_path, corpus[:50])
    told: list[str] = []
    centre.write({BASE: b'simpulCari("pokok",{"jenis":7})\n'})
    terms = Terms("2026-11-24", 30, "https://pusat.example/")
    publish_release(centre.site, centre.out, centre.keys, centre.signers, terms, told.append)
    centre.write(index(corpus))
    publish_release(centre.site, centre.out, centre.keys, centre.signers, terms, told.append)
    assert told == [UNREADABLE]
    assert released(centre)[BASE] == index(corpus)[BASE]
