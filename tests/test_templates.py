"""What a page does not list, since there is more than it holds, is counted or led to."""

import re
from pathlib import Path

import pytest

from simpul.pages.monitoring import MOST_NAMED
from simpul.pages.services import MOST_UNITS
from tests.crowd import HOME, UNITS, answered, bare, crowded, varied
from tests.harness import Sample


@pytest.mark.parametrize("make", [answered, bare, varied])
def test_portals_with_much_or_little_are_built(make: type[Sample], tmp_path: Path) -> None:
    assert make(tmp_path / "root").build().result


def test_what_is_more_than_a_page_lists_is_counted_and_led_to(tmp_path: Path) -> None:
    crowd = crowded(tmp_path / "root")
    assert crowd.build().result
    service = crowd.page("layanan/adminduk.html")
    counts = re.findall(r'pemantauan/([\d.]+)\.html">[^<]*</a> <small>(\d+)</small>', service)
    assert sum(int(count) for _, count in counts) == UNITS - MOST_UNITS
    assert "Semua 121 praktik" in crowd.page(f"daerah/{HOME}.html")
    assert "Semua versi daerah" in crowd.page("modul/surel-aman.html")
    assert "Semua yang menunggu" in crowd.page("kebutuhan.html")
    rest = re.search(r"Dan (\d+) unit lagi", crowd.page("pemantauan.html"))
    assert rest
    assert int(rest[1]) == UNITS - 1 - MOST_NAMED  # the sample's unit is told apart
