"""Search: words of one root find each other, in the order of exhaustive BM25; a new case changes little."""

import gzip
import pickle
import random
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from simpul.pages import Page, PageKind
from simpul.pages.modules import MODULE
from simpul.pages.page import Facets
from simpul.pages.standard import COMPETENCY
from simpul.runtime.lazy import Shared
from simpul.search import (
    Document,
    Index,
    IndexEntry,
    Lexicon,
    SynonymSet,
    analyse,
    build_index,
    index_files,
    lexicon_of,
)
from simpul.search.coding import (
    decode_levels,
    decode_postings,
    encode_levels,
    encode_postings,
    recode_postings,
)
from simpul.search.layout import (
    MOST_WORDS,
    WORDS_MASK,
    number,
    shard_names,
    shard_of,
    split_stems,
    split_words,
)
from simpul.search.pages import entry_of
from simpul.search.reading import NoIndexError, Reader
from simpul.search.spelling import halves, one_edit
from simpul.search.synonyms import NONE
from simpul.search.terminal import Results, format_results, search, search_in
from simpul.search.words import EXCEPTIONS, ROOTS, STEMS, fold, stem, tokens
from tests.bench.search_bench import Exhaustive, known_items, misspelt, queries
from tests.bench.search_corpus import documents
from tests.bench.search_corpus import forms as affixed

ROOT = Path(__file__).parent.parent

Entries = list[IndexEntry]


def written(site: Path, *found: Document, lexicon: Lexicon = NONE) -> Path:
    """A site with an index of these documents."""
    entries = [analyse(document, lexicon) for document in found]
    for url, data in build_index(entries, lexicon).items():
        (site / url).parent.mkdir(parents=True, exist_ok=True)
        (site / url).write_bytes(data)
    return site


def case(name: str, title: str = "Judul", text: str = "", **more: str) -> Document:
    return Document(f"praktik/{name}.html", title, "praktik-baik", text=text,
                    **more)  # type: ignore[arg-type]


def urls(results: Results) -> list[str]:
    return [hit.url.removeprefix("praktik/").removesuffix(".html") for hit in results.hits]


@pytest.fixture(scope="module")
def corpus() -> list[Document]:
    return list(documents(cases=900, others=100, seed=3))


@pytest.fixture(scope="module")
def entries(corpus: list[Document]) -> list[IndexEntry]:
    return [analyse(document) for document in corpus[::4]]


@pytest.fixture(scope="module")
def reader(corpus: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader(written(tmp_path_factory.mktemp("site"), *corpus))


# Words

@pytest.mark.parametrize("words", [
    "latih melatih pelatihan dilatih melatihkan pelatih terlatih latihan",
    "tulis menulis penulisan ditulis penulis tertulis", "kirim mengirim pengiriman dikirim kirimkan",
    "pegawai kepegawaian pegawainya", "terima menerima penerimaan diterima penerima",
    "kelola mengelola pengelolaan dikelola", "nilai menilai penilaian dinilai",
    "digital digitalisasi mendigitalkan", "layan layanan pelayanan melayani dilayani",
    "adu mengadu pengaduan diadukan", "susun menyusun penyusunan disusun",
    "survei menyurvei disurvei surveinya", "Désa desa DESA", "Jum'at Jumat jum’at",
])
def test_forms_of_a_word_have_one_stem(words: str) -> None:
    assert len({stem(fold(word)) for word in words.split()}) == 1


def test_words_of_other_roots_stay_apart() -> None:
    apart = ("gawai pegawai uang tuang ukur urus arah antar kantor ingat tingkat ulang "
             "etik ketik empat tempat").split()
    assert len({stem(word) for word in apart}) == len(apart)


def test_mended_stems_are_their_own_stem() -> None:
    assert {word: stem(word) for word in ROOTS if stem(word) != word} == {}
    assert set(EXCEPTIONS.values()) <= {stem(word) for word in EXCEPTIONS}


def test_most_affixed_forms_of_a_mended_root_come_back_to_it() -> None:
    lost = [form for root in sorted(ROOTS) for form in affixed(root) if stem(form) != root]
    assert len(lost) <= 0.02 * 8 * len(ROOTS), lost


@given(st.text())
def test_any_text_has_plain_words(text: str) -> None:
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in tokens(text))


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"])
def test_a_letter_without_width_does_not_cut_a_word(mark: str) -> None:
    assert tokens(f"antri{mark}an") == ["antrian"]


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_a_space_that_does_not_break_stands_between_words(space: str) -> None:
    assert tokens(f"Rp{space}5") == ["rp", "5"]


# Coding

@given(st.dictionaries(st.integers(0, 100_000), st.integers(1, 255), min_size=1, max_size=100))
def test_postings_come_back(postings: dict[int, int]) -> None:
    packed = [place << 8 | weight for place, weight in sorted(postings.items())]
    assert dict(decode_postings(encode_postings(packed))) == postings


@pytest.mark.parametrize("step", [1, 2, 7, 300])
def test_one_posting_more_is_as_all_of_them_anew(step: int) -> None:
    packed = [place * step << 8 | 1 + place * place % 200 for place in range(1500)]
    for count in range(2, len(packed)):
        before, after = packed[:count - 1], packed[:count]
        assert recode_postings(encode_postings(before), before, after) == encode_postings(after)


POSTINGS = st.dictionaries(st.integers(0, 3000), st.integers(1, 255), min_size=1, max_size=60).map(
    lambda found: [place << 8 | found[place] for place in sorted(found)])


@given(POSTINGS, POSTINGS, st.integers(0, 60))
def test_postings_that_end_otherwise_are_as_all_of_them_anew(before: list[int], other: list[int],
                                                             shared: int) -> None:
    after = before[:shared] + [packed for packed in other
                               if not before[:shared] or packed >> 8 > before[:shared][-1] >> 8]
    assert not after or recode_postings(encode_postings(before), before, after) == encode_postings(after)


def test_weights_of_the_commonest_stems_come_back_in_steps_of_two() -> None:
    letters = encode_postings([place << 8 | 1 + place % 9 for place in range(5000)])
    assert list(decode_postings(letters)) == [(place, 2 * (1 + place % 9 + 1 >> 1)) for place in range(5000)]
    sparse = [place << 8 | 1 + place % 9 for place in range(0, 5000, 2)]
    assert list(decode_postings(encode_postings(sparse))) == [(packed >> 8, packed & 255)
                                                              for packed in sparse]


@given(st.lists(st.integers(0, 63)))
def test_levels_come_back(levels: list[int]) -> None:
    assert decode_levels(encode_levels(levels)) == levels


@given(st.text("abcdefgh", min_size=3, max_size=9), st.randoms(use_true_random=False))
def test_an_edit_leaves_one_half_whole(word: str, random_: random.Random) -> None:
    wrong = misspelt(random_, word)
    beginning, end = halves(wrong)
    assert wrong == word or (one_edit(wrong, word) and (word.startswith(beginning) or word.endswith(end)))


@pytest.mark.parametrize("wrong", ["pelatian", "pelatihhan", "pelarihan", "pelaithan", "epelatihan",
                                   "elatihan", "pelatiha"])
def test_one_slip_is_one_edit(wrong: str) -> None:
    assert one_edit(wrong, "pelatihan")
    assert one_edit("pelatihan", wrong)


@pytest.mark.parametrize("other", ["pelatihan", "pelatihannya", "latihan", "pleatiahn"])
def test_more_or_less_than_one_slip_is_not(other: str) -> None:
    assert not one_edit("pelatihan", other)


# Layout

def test_every_stem_is_found_in_its_shard() -> None:
    shape, shards = split_stems({f"kata{place}": 40 for place in range(900)})
    assert shard_names(shape) == list(shards)
    assert all(shard_of(word, frozenset(shards)) == name for name, words in shards.items() for word in words)
    assert max(map(len, shards.values())) * 40 <= 3000


def test_runs_of_words_hold_every_word_in_order() -> None:
    words = sorted(f"kata{place}" for place in range(5000))
    runs = list(split_words(words))
    assert [word for _, run in runs for word in run] == words
    assert [start for start, _ in runs] == ["", *(run[0] for _, run in runs[1:])]


def test_no_run_of_words_is_long_and_a_new_word_changes_few() -> None:
    words = sorted(f"kata{place}" for place in range(40_000))
    runs = {tuple(run) for _, run in split_words(words)}
    assert max(map(len, runs)) <= MOST_WORDS < 40_000 / len(runs) * 2.5
    for more in ("aaa", "kata20000a", "kata7a", "zzz"):
        assert len({tuple(run) for _, run in split_words(sorted([*words, more]))} - runs) <= 4


def test_the_first_run_of_words_has_no_name_whatever_word_begins_it() -> None:
    first = next(word for word in map(str, range(100_000)) if crc32(word.encode()) & WORDS_MASK == 0)
    assert [start for start, _ in split_words([first, first + "a"])] == [""]
    assert [start for start, _ in split_words([])] == [""]


def test_a_new_case_comes_last_and_a_new_module_moves_no_case(entries: list[IndexEntry]) -> None:
    before, _ = number(entry.card for entry in entries)
    late = analyse(Document("praktik/a.html", "Baru", "praktik-baik", added="2030-01-01")).card
    module = analyse(Document("modul/aaa.html", "Baru", "modul")).card
    after, _ = number([module, *before.values(), late])
    assert after[max(after)] == late
    assert {place: card for place, card in before.items()
            if card.kind == "praktik-baik"}.items() <= after.items()


# Index

def test_the_order_of_documents_does_not_matter(entries: list[IndexEntry]) -> None:
    mixed = random.Random(1).sample(entries, len(entries))
    assert build_index(mixed) == build_index(entries)


def changed(entries: list[IndexEntry]) -> list[IndexEntry]:
    last = entries[-1].card
    return [*entries[:-1], analyse(Document(last.url, "Judul lain", last.kind, added=last.added,
                                            text="Sama sekali berbeda."))]


def facet(entries: list[IndexEntry]) -> list[IndexEntry]:
    return [*entries[:-1], entries[-1]._replace(card=entries[-1].card._replace(competences=("9.9",)))]


def by_age(entries: list[IndexEntry]) -> list[IndexEntry]:
    return sorted(entries, key=lambda entry: entry.card.order)


def beside(entries: list[IndexEntry], place: int) -> IndexEntry:
    """A new case that comes just before one of the others."""
    card = by_age(entries)[place].card
    url = card.url.removeprefix("praktik/").replace(".html", "-0")
    return analyse(case(url, "Katabaru", "Antrean daring di puskesmas.", added=card.added))


def updated(entries: list[IndexEntry], after: list[IndexEntry]) -> Index | None:
    kept: Index = pickle.loads(pickle.dumps(Index.of(entries)))
    gone = [entry for entry in entries if entry not in after]
    new = [entry for entry in after if entry not in entries]
    return kept.updated([*gone, entries[0]], [*new, entries[0]])


@pytest.mark.parametrize("change", [
    changed, lambda entries: [*entries, analyse(case("baru", "Katabaru", added="2031-01-01"))],
    lambda entries: by_age(entries)[:-1], facet,
    lambda entries: [*entries, beside(entries, -9)],
    lambda entries: [entry for entry in entries if entry != by_age(entries)[-9]],
    lambda entries: [entry for entry in entries if entry != by_age(entries)[-4]] + [beside(entries, -8)],
    lambda entries: [*entries, analyse(case("lama", "Katabaru", added="2000-01-01"))],
    lambda entries: [entry for entry in by_age(entries)[3:] if entry != by_age(entries)[99]]
    + [beside(entries, place) for place in (9, 40, 60, -2)],
    lambda entries: [*entries, analyse(Document("a.html", "Katabaru", "ahli"))],
], ids=["text", "last", "less", "facet", "among", "from among", "exchanged", "oldest", "many", "kind"])
def test_an_updated_index_is_the_same_as_a_fresh_one(entries: list[IndexEntry],
                                                     change: Callable[[Entries], Entries]) -> None:
    after = change(entries)
    index = updated(entries, after)
    assert index is not None
    assert index_files(index) == build_index(after)


def test_an_index_is_not_updated_where_many_documents_are_gone(entries: list[IndexEntry]) -> None:
    assert updated(entries, []) is None


@pytest.mark.parametrize("wrong", [
    lambda entry: entry._replace(weights=bytes(weight % 200 + 1 for weight in entry.weights)),
    lambda entry: entry._replace(stems=" ".join(f"x{stem}" for stem in entry.stems.split())),
    lambda entry: entry._replace(card=entry.card._replace(url="praktik/tak-dikenal.html")),
], ids=["weights", "stems", "address"])
def test_an_index_that_does_not_hold_what_is_to_go_is_not_updated(entries: list[IndexEntry],
                                                                  wrong: Callable[[IndexEntry], IndexEntry],
                                                                  ) -> None:
    assert Index.of(entries).updated([wrong(entries[-1])], []) is None


@pytest.mark.parametrize("kind", [MODULE, COMPETENCY], ids=lambda kind: kind.name)
def test_cases_listed_on_a_page_are_not_its_words(kind: PageKind) -> None:
    """Each is found by itself; one more must not change what the index holds of the pages that list it."""
    def entry(*cases: str) -> IndexEntry | None:
        listed = [{"title": title, "summary": f"Ringkasan {title}"} for title in cases]
        view = {"about": "Dapat mengirim surel aman", "levels": [{"name": "Bagian pertama saja"}]}
        page = Page("a.html", kind, "Judul", view=view, facets=Facets("modul"),
                    shared={"practices": list(map(Shared, listed))})
        return entry_of(page, [], NONE)

    found = entry("Antrean daring di puskesmas")
    assert found is not None
    assert found == entry()
    assert {"surel", "pertama"} <= set(found.words.split())


def test_one_more_case_changes_only_its_own_words(entries: list[IndexEntry]) -> None:
    new = analyse(case("baru", "Antrean daring", "Antrean daring di puskesmas.", added="2031-01-01"))
    before, after = build_index(entries), build_index([*entries, new])
    touched = {url for url in after if after[url] != before.get(url)}
    assert len([url for url in touched if url.startswith("cari/s")]) <= len(new.stems.split())
    assert len([url for url in touched if url.startswith("cari/h")]) == 1
    assert len(touched) < 25


def test_shards_stay_small(entries: list[IndexEntry]) -> None:
    sizes = {url: len(gzip.compress(data, 9)) for url, data in build_index(entries).items()}
    assert max(size for url, size in sizes.items() if url.startswith("cari/s")) <= 8192
    assert max(size for url, size in sizes.items() if url.startswith("cari/h")) <= 1500


def test_files_are_scripts_with_names_that_any_disk_takes(entries: list[IndexEntry]) -> None:
    files = build_index(entries)
    assert all(data.startswith(f'simpulCari("{url[5:-3]}",'.encode()) for url, data in files.items())
    assert len({url.lower() for url in files}) == len(files)
    assert all(url.isascii() and len(url) < 60 for url in files)


def test_a_hostile_title_stays_text_in_its_script(tmp_path: Path) -> None:
    title = "\"); alert(1) //\u2028</script>\\"
    site = written(tmp_path, case("a", title, "antrean"))
    assert search(site, "antrean").hits[0].title == title
    assert "\u2028" not in (site / "cari/h0.js").read_text(encoding="utf-8")


# Search

def test_titles_weigh_more_than_headings_and_text(tmp_path: Path) -> None:
    site = written(tmp_path, case("isi", text="antrean di sini"),
                   case("bagian", headings=("Antrean",), text="di sini"),  # type: ignore[arg-type]
                   case("judul", "Antrean", "di sini"), case("lain", text="tak ada"))
    assert urls(search(site, "antrean")) == ["judul", "bagian", "isi"]


def test_a_query_that_names_a_region_lifts_it(tmp_path: Path) -> None:
    site = written(tmp_path, case("ende", "Antrean puskesmas", region="53.08", region_name="Kabupaten Ende"),
                   case("lain", "Antrean puskesmas antrean", "Antrean antrean", region="73.71",
                        region_name="Kota Makassar"),
                   case("sebut", "Antrean puskesmas", "Belajar dari Ende.", region="73.71",
                        region_name="Kota Makassar"))
    assert urls(search(site, "antrean ende")) == urls(search(site, "antrean kabupaten ende")) == \
        ["ende", "sebut", "lain"]


def test_abbreviations_and_long_forms_find_each_other(tmp_path: Path) -> None:
    spbe = lexicon_of((SynonymSet(("SPBE", "Sistem Pemerintahan Berbasis Elektronik")),))
    site = written(tmp_path, case("pendek", text="Peta rencana SPBE."),
                   case("panjang", text="Peta sistem pemerintahan berbasis elektronik."),
                   case("sistem", text="Sistem pemerintahan."), lexicon=spbe)
    assert urls(search(site, "spbe")) == ["pendek", "panjang"]
    assert urls(search(site, "Sistem Pemerintahan Berbasis Elektronik")) == ["panjang", "pendek", "sistem"]


WORDS = lexicon_of((SynonymSet(("excel", "spreadsheet", "kertas kerja elektronik"), ("lembar kerja",)),
                    SynonymSet(("surel", "email", "surat elektronik")),
                    SynonymSet(("BUMD", "Badan Usaha Milik Daerah")),
                    SynonymSet(("di", "yang"), ("antrean",))))


@pytest.mark.parametrize(("query", "found"), [
    ("excel", ["kata", "judul", "isi"]), ("spreadsheet", ["judul", "isi"]),
    ("kertas kerja elektronik", ["judul", "isi", "tte"]), ("lembar kerja", ["judul", "isi"]),
    ("email", ["surat"]), ("surat elektronik", ["surat", "tte"]), ("exel", ["kata", "judul", "isi"]),
])
def test_a_page_is_found_by_the_words_that_readers_have_for_its_own(query: str, found: list[str],
                                                                    tmp_path: Path) -> None:
    """A phrase only where it stands as one and the page is about it; what a page itself says weighs more."""
    site = written(tmp_path, case("isi", text="Isi lembar kerja. Lembar kerja lembar kerja lagi. Bagus."),
                   case("sekilas", text="Sekali saja di lembar kerja, sambil lalu."),
                   case("judul", "Lembar kerja", "Satu."), case("kata", "Rumus Excel", "Hanya Excel: excel."),
                   case("lepas", text="Lembar demi lembar. Semua orang dapat kerja."),
                   case("surat", text="Menulis surel dinas."), case("tte", text="Tanda tangan elektronik."),
                   lexicon=WORDS)
    hits = urls(search(site, query))
    assert [name for name in hits if name not in ("lepas", "sekilas")] == found
    assert ("lepas" in hits) == ("sekilas" in hits) == ("kerja" in query)


def test_a_word_that_no_page_holds_is_read_as_its_long_form_and_never_as_another_word(tmp_path: Path) -> None:
    site = written(tmp_path, case("bumdes", "Bumdes"), case("usaha", text="Izin usaha di daerah."),
                   lexicon=WORDS)
    found = search(site, "BUMD")
    assert (urls(found), found.read_as) == (["usaha"], {"bumd": ("badan usaha milik daerah",)})


def test_the_words_of_a_question_are_not_looked_for(tmp_path: Path) -> None:
    site = written(tmp_path, case("cara", "Cara membuat cara", "Bagaimana cara? Begini caranya."),
                   case("antrean", text="Antrean."))
    assert urls(search(site, "gimana cara bikin antrean")) == ["antrean"]


def test_the_notes_of_a_module_stand_behind_it(tmp_path: Path) -> None:
    notes = Document("modul/x/pengajar.html", "Catatan pengajar: Antrean", "catatan-pengajar",
                     text="Antrean, antrean, antrean.")
    site = written(tmp_path, notes, Document("modul/x.html", "Antrean", "modul", text="Satu hal."))
    assert [hit.url for hit in search(site, "antrean").hits] == ["modul/x.html", "modul/x/pengajar.html"]


def test_the_last_word_may_be_unfinished(tmp_path: Path) -> None:
    site = written(tmp_path, case("a", text="kompetensi"), case("b", text="komputer"), case("c", text="lain"))
    assert sorted(urls(search(site, "komp"))) == ["a", "b"]
    assert search(site, "komp lain").unknown == ("komp",)


def test_a_misspelt_word_is_read_as_the_nearest(tmp_path: Path) -> None:
    site = written(tmp_path, case("a", text="perizinan usaha"), case("b", text="persampahan"))
    found = search(site, "perzinan usaha")
    assert (urls(found), found.read_as) == (["a"], {"perzinan": ("perizinan",)})
    assert search(site, "perzzzinan").unknown == ("perzzzinan",)


def test_equal_documents_come_newest_verification_first(tmp_path: Path) -> None:
    dates = ("2024-02-01", "2026-05-01", "", "2025-11-30")
    site = written(tmp_path,
                   *(case(date or "tanpa", "Antrean", verified=date, added="2023-01-01") for date in dates))
    assert urls(search(site, "antrean")) == ["2026-05-01", "2025-11-30", "2024-02-01", "tanpa"]


def test_filters(tmp_path: Path) -> None:
    site = written(
        tmp_path, case("a", "Antrean", region="73.71", region_name="Kota Makassar", competences=("2.3",),
                       themes=("arsip",),  # type: ignore[arg-type]
                       conditions=("pesisir", "koneksi-terbatas")),  # type: ignore[arg-type]
        case("b", "Antrean", region="53.08", region_name="Kabupaten Ende"),
        Document("modul/x.html", "Antrean", "modul", competences=("2.3",)))

    def found(**filters: str) -> list[str]:
        return urls(search(site, "antrean", filters))

    assert found(daerah="73") == found(daerah="73.71") == found(tema="arsip") == \
        found(kondisi="pesisir") == found(kondisi="koneksi-terbatas") == \
        found(jenis="praktik-baik", kompetensi="2.3") == ["a"]
    assert found(daerah="7") == found(tema="tidak-ada") == found(jenis="<script>") == []
    assert len(found(kompetensi="2.3")) == 2


@pytest.mark.parametrize("query", ["", " ", "yang dan di", "<script>alert(1)</script>", "x" * 10_000, "😀",
                                   "\0", "\"'\\", "?*[("])
def test_a_hostile_query_finds_nothing_and_breaks_nothing(query: str, tmp_path: Path) -> None:
    assert search(written(tmp_path, case("a", "Antrean")), query).hits == ()


@pytest.mark.parametrize("query", ["__proto__", "constructor", "hasOwnProperty toString"])
def test_a_word_of_the_machine_is_a_word(query: str, tmp_path: Path) -> None:
    site = written(tmp_path, case("a", "Antrean"), case("b", query))
    assert urls(search(site, query)) == ["b"]


def test_the_words_of_a_result(tmp_path: Path) -> None:
    site = written(tmp_path, case("ende", "Antrean daring", region="53.08", region_name="Kabupaten Ende"))
    assert format_results("antrian", search(site, "antrian")) == (
        "1 hasil untuk \"antrian\".\n"
        "\"antrian\" tidak ditemukan; dibaca sebagai \"antrean\".\n"
        " 1. Antrean daring (praktik baik, Kabupaten Ende)\n"
        "    praktik/ende.html")
    assert format_results("xyz", search(site, "xyz")) == "0 hasil untuk \"xyz\".\n\"xyz\" tidak ditemukan."


def test_a_folder_without_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        search(tmp_path, "antrean")


def test_recall_and_known_items(corpus: list[Document], reader: Reader) -> None:
    exhaustive = Exhaustive(corpus)
    recalls = [exhaustive.recall(meant, [hit.url for hit in search_in(reader, typed, {}, 10).hits])
               for _, typed, meant in queries(corpus, 1)]
    assert sum(recalls) / len(recalls) >= 0.95
    items = known_items(corpus, 1)
    assert sum(url in [hit.url for hit in search_in(reader, query, {}, 3).hits]
               for query, url in items) >= 0.9 * len(items)


def test_the_list_of_abbreviations() -> None:
    rows = yaml.safe_load((ROOT / "curriculum/singkatan.yml").read_text(encoding="utf-8"))
    assert len(rows) >= 40
    assert [set(row) for row in rows] == [{"singkatan", "kepanjangan"}] * len(rows)
    assert [row["singkatan"].lower() for row in rows] == sorted({row["singkatan"].lower() for row in rows})
    assert all(STEMS[tokens(row["singkatan"])[0]] and len(tokens(row["kepanjangan"])) > 1 for row in rows)
