"""What people write is understood; what could mean two things is not guessed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tracker.errors import Rejected
from tracker.exchange.parsing.numbers import (
    Shown,
    Style,
    find_number_style,
    read_number,
)
from tracker.exchange.parsing.values import (
    Reader,
    cell_text,
    join_items,
    split_items,
)
from tracker.fields import ValueType
from tracker.model import Factor, Kind, Stage

READER = Reader(portal="Sadayana")


@pytest.mark.parametrize(
    "said",
    [
        "2026-11-22", "22/11/2026", "22-11-2026", "22.11.2026", "22 November 2026", "22 nov 2026",
        "Minggu, 22 November 2026", "22 Nopember 2026", "November 22, 2026", "2026-11-22 00:00:00",
        "22-Nov-2026", " 22/11/2026 ", date(2026, 11, 22), datetime(2026, 11, 22), 46348, 46348.0,
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(said: Any) -> None:
    assert READER.read(said, ValueType.DATE) == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("said", "month"),
    [("1 Januari 2026", 1), ("1 Mei 2026", 5), ("1 May 2026", 5), ("1 Agt 2026", 8), ("1 Desember 2026", 12),
     ("1 Oktober 2026", 10), ("1 October 2026", 10), ("1 Maret 2026", 3), ("1 Juni 2026", 6)],
)  # fmt: skip
def test_months_are_read_in_both_languages(said: str, month: int) -> None:
    assert READER.read(said, ValueType.DATE) == date(2026, month, 1)


@pytest.mark.parametrize(
    "said",
    [
        "22/11/26",
        "11/22/2026",
        "31 Februari 2026",
        "kemarin",
        "2026",
        "46348",
        True,
        3,
    ],
)
def test_what_is_no_day_is_refused(said: Any) -> None:
    with pytest.raises(Rejected):
        READER.read(said, ValueType.DATE)


@pytest.mark.parametrize(
    ("said", "stage"),
    [
        ("Konvensional", Stage.CONVENTIONAL), ("Manual", Stage.CONVENTIONAL),
        ("Tatap muka", Stage.CONVENTIONAL),
        ("tatap_muka", Stage.CONVENTIONAL), ("Daring", Stage.ONLINE), ("ONLINE", Stage.ONLINE),
        ("Terintegrasi", Stage.INTEGRATED), ("Terpadu", Stage.INTEGRATED), ("Satu  pintu", Stage.INTEGRATED),
        ("sadayana", Stage.INTEGRATED), ("integrated", Stage.INTEGRATED),
    ],
)  # fmt: skip
def test_stages_are_read_by_what_people_call_them(
    said: str, stage: Stage
) -> None:
    assert READER.read(said, ValueType.STAGE) is stage


def test_a_portal_takes_no_other_word_its_meaning() -> None:
    assert (
        Reader(portal="Online").read("online", ValueType.STAGE) is Stage.ONLINE
    )
    assert (
        Reader(portal="Mal_Layanan").read("mal layanan", ValueType.STAGE)
        is Stage.INTEGRATED
    )


def test_other_words_are_read_in_both_languages() -> None:
    assert READER.read("SDM", ValueType.FACTOR) is Factor.PEOPLE
    assert READER.read("Kepemimpinan", ValueType.FACTOR) is Factor.LEADERSHIP
    assert READER.read("Rumah Sakit", ValueType.KIND) is Kind.RUMAH_SAKIT
    assert READER.read("Ya", ValueType.YES) is True
    assert READER.read("TIDAK", ValueType.YES) is False
    assert READER.read("2026w7", ValueType.WEEK) == "2026-W07"
    assert READER.read("22 November 2026", ValueType.WEEK) == "2026-W47"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-11-15T20:00:00Z", "2026-11-16"), ("2026-11-15T16:59:59.9Z", "2026-11-15"),
        ("2026-11-15 20:00 UTC", "2026-11-16"), ("15/11/2026 20:00:00 +00:00", "2026-11-16"),
        ("2026-11-16T00:30:00+09:00", "2026-11-15"), ("16/11/2026 00.30 WITA", "2026-11-15"),
        ("2026-11-15T12:00-0530", "2026-11-16"),
        ("2026-11-15T20:00:00", "2026-11-15"), ("15/11/2026 23.30", "2026-11-15"),
    ],
)  # fmt: skip
def test_a_time_of_another_zone_is_read_as_the_citys_day(
    said: str, day: str
) -> None:
    reader, meant = Reader(timezone="Asia/Jakarta"), date.fromisoformat(day)
    assert reader.read(said, ValueType.DATE) == meant
    assert reader.read(said, ValueType.WEEK) == (
        "2026-W47" if meant.weekday() == 0 else "2026-W46"
    )


def test_a_spreadsheets_own_date_and_time_is_local() -> None:
    assert Reader(timezone="Asia/Jakarta").read(
        datetime(2026, 11, 15, 20), ValueType.DATE
    ) == date(2026, 11, 15)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (datetime(2026, 11, 15), "2026-11-15"),
        (datetime(2026, 11, 15, 8), "2026-11-15 08:00:00"),
        (datetime(2026, 11, 15, 0, 8), "2026-11-15 00:08:00"),
        (datetime(2026, 11, 15, 0, 0, 8), "2026-11-15 00:00:08"),
        (datetime(2026, 11, 15, tzinfo=UTC), "2026-11-15 00:00:00+00:00"),
    ],
)
def test_only_a_midnight_without_a_zone_is_written_as_a_day(
    cell: datetime, text: str
) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize(
    "said", ["0001-01-01T00:00+14:00", "9999-12-31T23:00Z", "2026-11-15T25:00Z"]
)
def test_a_time_of_no_day_is_refused(said: str) -> None:
    with pytest.raises(Rejected, match="is not a date"):
        Reader(timezone="Asia/Jakarta").read(said, ValueType.DATE)


@pytest.mark.parametrize(
    "holds",
    [
        ValueType.STAGE,
        ValueType.FACTOR,
        ValueType.KIND,
        ValueType.YES,
        ValueType.WEEK,
        ValueType.NUMBER,
    ],
)
def test_another_word_is_refused_with_what_is_expected(
    holds: ValueType,
) -> None:
    with pytest.raises(Rejected) as error:
        READER.read("entahlah", holds)
    assert error.value.values["value"] == "entahlah"


@pytest.mark.parametrize(
    ("numbers", "style"),
    [
        (["1,5"], Style.INDONESIAN), (["1.5"], Style.ENGLISH), (["1.250.000"], Style.INDONESIAN),
        (["1,250,000"], Style.ENGLISH), (["1.250,5"], Style.INDONESIAN), (["1,250.5"], Style.ENGLISH),
        (["1.250", "0,5"], Style.INDONESIAN), (["1.250", "12.5"], Style.ENGLISH), (["0.125"], Style.ENGLISH),
        (["1250.125"], Style.ENGLISH), (["1.250"], Shown.OPEN), (["1,250", "12"], Shown.OPEN),
        (["1.250", "1.5", "1,5"], Shown.OPEN), (["12", "5"], Shown.NOTHING), (["125.250"], Shown.OPEN),
    ],
)  # fmt: skip
def test_the_style_of_numbers_is_found_from_all_of_them(
    numbers: list[str], style: Style | Shown
) -> None:
    assert find_number_style((number, False) for number in numbers) is style


def test_a_whole_number_shows_the_style_by_its_thousands() -> None:
    assert find_number_style([("1.250", True)]) is Style.INDONESIAN


@pytest.mark.parametrize(
    ("said", "number"),
    [("1.250", 1250), ("1250.000", 1250), ("12500,000", 12_500)],
)
def test_three_zeros_behind_a_point_are_thousands_only_where_they_can_be(
    said: str, number: int
) -> None:
    assert READER.read(said, ValueType.WHOLE) == number


@pytest.mark.parametrize("said", ["1250.500", "0.250", ",250", "1250.000.000"])
def test_no_whole_number_is_made_of_a_broken_one(said: str) -> None:
    with pytest.raises(Rejected):
        READER.read(said, ValueType.WHOLE)


@pytest.mark.parametrize(
    ("said", "style", "number"),
    [
        ("1.250", Style.INDONESIAN, 1250), ("1.250", Style.ENGLISH, 1.25), ("1,25", Style.ENGLISH, 1.25),
        ("1 250 000", Style.INDONESIAN, 1_250_000), ("-0,37", Style.INDONESIAN, -0.37),
        ("36,4%", Style.INDONESIAN, 36.4), ("125.250", Style.INDONESIAN, 125_250),
    ],
)  # fmt: skip
def test_numbers_are_read_in_their_style(
    said: str, style: Style, number: float
) -> None:
    assert read_number(said, style) == number


@pytest.mark.parametrize(
    "said", ["1.25.000", "satu", "1,2,3", "", "1e5", "--1", "١"]
)
def test_what_is_no_number_is_none(said: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_number(said, Style.INDONESIAN)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("7 Hari", 7), ("7 hari kerja", 7), ("Maksimal 20 (dua puluh) hari", 20), ("2 minggu", 14),
        ("1,5 hari", 1.5),
        ("12 jam", 0.5), ("30 Menit", 0.020833), ("3", 3), ("1 bulan", 30), (0, 0),
    ],
)  # fmt: skip
def test_processing_times_are_read_with_their_units(
    said: Any, days: float
) -> None:
    assert READER.read(said, ValueType.DAYS) == days


@pytest.mark.parametrize("said", ["3 kali", "1-2 kunjungan"])
def test_how_often_is_no_number_of_days(said: str) -> None:
    with pytest.raises(Rejected):
        READER.read(said, ValueType.DAYS)


def test_a_time_is_no_number_of_visits() -> None:
    assert READER.read("2 kali", ValueType.VISITS) == 2
    for said in ("2 hari", "2 jam", "1 minggu"):
        with pytest.raises(Rejected):
            READER.read(said, ValueType.VISITS)


@pytest.mark.parametrize("said", ["3-5 hari", "7 gram"])
def test_a_span_of_days_is_not_guessed_at(said: str) -> None:
    with pytest.raises(Rejected):
        READER.read(said, ValueType.DAYS)


@pytest.mark.parametrize(
    "items", [("a", "b"), ("a;b", "c\\"), ("\\;",), ("=x", "'y")]
)
def test_several_texts_share_a_cell(items: tuple[str, ...]) -> None:
    assert (
        tuple(item.strip() for item in split_items(join_items(items))) == items
    )


def test_codes_are_made_of_what_is_none() -> None:
    assert READER.read("4.05.02-2", ValueType.CODE) == "4-05-02-2"
    assert READER.read("disdukcapil", ValueType.CODE) == "disdukcapil"
    with pytest.raises(Rejected):
        READER.read("…", ValueType.CODE)
