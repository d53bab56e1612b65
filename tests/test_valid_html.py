"""The W3C's validator finds no error in any kind of page."""

from pathlib import Path

import pytest

from simpul.builder.build import check
from simpul.pages import list_pages
from tests.harness import Sample
from tests.tools import invalid


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    sample = Sample(tmp_path_factory.mktemp("sah") / "sumber")
    sample.build()
    return sample


def test_every_kind_of_page_is_valid(sample: Sample) -> None:
    kinds: dict[str, list[Path]] = {}
    for page in list_pages(check(sample.root, 1).portal):
        kinds.setdefault(page.kind.name, []).append(sample.root / "site" / page.url)
    assert len(kinds) > 40
    assert invalid(path for paths in kinds.values() for path in (paths[0], paths[-1])) == []


def test_the_validator_tells_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "site/salah.html"
    page.parent.mkdir()
    page.write_text('<!doctype html><html lang="id"><title>x</title><input id="a" type="checkbox" '
                    'autocomplete="off"><label for="a" aria-hidden="true">x</label>')
    assert [one.partition(" ")[0] for one in invalid([page])] == ["salah.html:1:", "salah.html:1:"]
