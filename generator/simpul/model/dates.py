"""Dates as people write them. A month that may as well be a day is asked about, never guessed."""

import datetime
import re

MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "November", "Desember")
ALSO = {"pebruari": 2, "may": 5, "agt": 8, "aug": 8, "oct": 10, "nopember": 11, "dec": 12}
_iso = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_numbers = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_words = re.compile(r"([0-9]{1,2})[ -]([A-Za-z]{3,})[ -]([0-9]{4})")


def readings(text: str) -> list[datetime.date]:
    """The days a text can mean: `25/3/2026` and `3/25/2026` one, `3/4/2026` two, day first; no date, none."""
    text = text.strip()
    if match := _iso.fullmatch(text):
        year, month, day = map(int, match.groups())
        return _dates((year, month, day))
    if match := _words.fullmatch(text):
        name = match[2].lower()
        month = next((number for number, month in enumerate(MONTHS, 1)
                      if name in (month.lower(), month[:3].lower())), ALSO.get(name, 0))
        return _dates((int(match[3]), month, int(match[1])))
    if match := _numbers.fullmatch(text):
        first, second, year = map(int, match.groups())
        return _dates((year, second, first), (year, first, second))
    return []


def question(found: list[datetime.date]) -> str:
    """Asks which day is meant."""
    return f"Tulis {', atau '.join(f'{day} bila maksudnya {_long(day)}' for day in found)}."


def span(first: str, last: str) -> str:
    """From one ISO date to another, either "" where it is not known: `3–12 Juni 2024`."""
    if not first:
        return f"sampai {_long(datetime.date.fromisoformat(last))}" if last else "tanpa tanggal"
    days = [datetime.date.fromisoformat(day) for day in (first, last)]
    told = list(map(_long, days))
    if days[0] == days[1]:
        return told[0]
    if days[0].year == days[1].year:
        words = str(days[0].day) if days[0].month == days[1].month else told[0].rpartition(" ")[0]
        return f"{words}{' – ' if ' ' in words else '–'}{told[1]}"
    return " – ".join(told)


def month_or_day(text: str) -> str:
    """`2021-11-17` as `17 November 2021`, `2021-11` as `November 2021`; a year, or nothing, as it is."""
    year, month, day = (*text.split("-"), "", "")[:3]
    return " ".join(filter(None, (day.lstrip("0"), month and MONTHS[int(month) - 1], year)))


def _long(day: datetime.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _dates(*wanted: tuple[int, int, int]) -> list[datetime.date]:
    found: list[datetime.date] = []
    for parts in dict.fromkeys(wanted):
        try:
            found.append(datetime.date(*parts))
        except ValueError:  # no such day
            continue
    return found
