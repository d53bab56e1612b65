"""The search index between builds, in parts, so that only those are written again that have changed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from operator import add
from typing import Any
from zlib import crc32

from simpul.runtime.cache import Cache
from simpul.runtime.packing import dump, load, maker
from simpul.search import Card, Index

BUCKETS, BLOCK = 1024, 512


def load_index(cache: Cache, site: str, state: str) -> Index | None:
    """The index of a site, if it was kept whole and for this state of the site's pages."""
    head = cache.note(f"index {site}")
    if not isinstance(head, tuple) or head[0] != state:
        return None
    _, kinds, words, places, lengths, count = head
    cards = _parts(cache, "SELECT value FROM cards WHERE site = ? ORDER BY block", site)
    stems = _parts(cache, "SELECT value FROM stems WHERE site = ?", site)
    if len(stems) != count or len(cards) != len(places):
        return None
    whole = map(maker(Card), map(add, cards, zip(lengths)))
    index = Index(dict(zip(places, whole, strict=True)), kinds, words=Counter(words))
    index.postings = {stem: postings for stem, postings, _ in stems}
    index.letters = {stem: letters for stem, _, letters in stems}
    return index


def _parts(cache: Cache, query: str, site: str) -> list[Any]:
    """What some rows hold; damaged rows hold nothing."""
    return [item for value, in cache.rows(query, site) for item in load(value) or ()]


def save_index(cache: Cache, site: str, state: str, index: Index) -> None:
    """Keeps an index in the place of the one before; of an updated one what was touched, all or nothing."""
    touched = index.touched
    lengths = [card.length for card in index.cards.values()]
    head = (state, index.kinds, dict(index.words), list(index.cards), lengths, len(index.postings))
    with cache.together():
        if touched is None:
            cache.forget("stems", "site = ?", [(site,)])
            cache.forget("cards", "site = ?", [(site,)])
        _write_stems(cache, site, index, index.postings if touched is None else touched.stems)
        _write_cards(cache, site, index, index.cards if touched is None else touched.places)
        cache.write("note", [(f"index {site}", dump(head))])


def _write_cards(cache: Cache, site: str, index: Index, places: Iterable[int]) -> None:
    wanted = {place // BLOCK for place in places}
    blocks: dict[int, list[tuple[Any, ...]]] = {block: [] for block in wanted}
    for place, card in index.cards.items():
        if place // BLOCK in wanted:
            blocks[place // BLOCK].append(card[:-1])
    cache.write("cards", [(site, block, dump(cards)) for block, cards in blocks.items()])


def _write_stems(cache: Cache, site: str, index: Index, stems: Collection[str]) -> None:
    wanted = set(map(_bucket, stems))
    buckets: dict[int, list[tuple[str, bytes, str]]] = defaultdict(list)
    for stem, postings in index.postings.items():
        if (bucket := _bucket(stem)) in wanted:
            buckets[bucket].append((stem, postings, index.letters[stem]))
    cache.write("stems", [(site, bucket, dump(buckets[bucket])) for bucket in wanted])


def _bucket(stem: str) -> int:
    return crc32(stem.encode()) % BUCKETS
