from datetime import date
from pathlib import Path

import pytest

from tests.tracker.builder import Builder
from tracker.errors import Rejected
from tracker.exchange.sheets.writing import write_sheets
from tracker.language import LANGUAGES, load_language
from tracker.model import ReminderLevel
from tracker.snapshot.reminders import (
    ReminderText,
    leadership_lines,
    write_reminders,
)

TODAY = date(2026, 11, 19)
EN = load_language("en")


def silent_city(weeks: int) -> Builder:
    """A city whose OPD was last heard from so many complete weeks ago."""
    city = Builder()
    city.opd("dinkes", name="Dinas Kesehatan", contact="Rini, 0812")
    city.service(
        "izin",
        "dinkes",
        "2026-03-02",
        name="Izin praktik",
        volume=1,
        visits=0,
        days=1,
        owner="Rini",
    )
    city.report("dinkes", f"2026-W{46 - weeks}")
    return city


def only(city: Builder, code: str = "en") -> ReminderText:
    (reminder,) = write_reminders(city.register, TODAY, load_language(code))
    return reminder


@pytest.mark.parametrize(
    ("weeks", "level"),
    [
        (0, ReminderLevel.CONTACT),
        (2, ReminderLevel.CONTACT),
        (3, ReminderLevel.HEAD),
        (4, ReminderLevel.HEAD),
        (5, ReminderLevel.LEADERSHIP),
        (20, ReminderLevel.LEADERSHIP),
    ],
)
def test_whom_it_goes_to_follows_from_the_silence(
    weeks: int, level: ReminderLevel
) -> None:
    reminder = only(silent_city(weeks))
    assert (reminder.level, reminder.silent_weeks) == (level, weeks)
    greeted = (
        "Rini, 0812"
        if level is ReminderLevel.CONTACT
        else "head of Dinas Kesehatan"
    )
    assert greeted in reminder.lines[0]
    assert bool(leadership_lines([reminder], EN)) is (
        level is ReminderLevel.LEADERSHIP
    )


def test_everything_owed_is_one_line_each() -> None:
    city = silent_city(2)
    city.service("kia", "dinkes", "2026-03-02", name="Kartu anak")
    city.service("lab", "dinkes", "2026-03-02", name="Izin lab")
    city.target("kia", "2026-11-01", "online")
    city.target("lab", "2026-12-01", "online")
    city.move("izin", "2026-10-28", "online", evidence="Surat 1")
    said = only(city).text
    assert "no report for 2 complete weeks" in said
    assert "1 service past its deadline: Kartu anak" in said
    assert (
        "1 service due within 28 days, the first on 1 Dec 2026: Izin lab"
        in said
    )
    assert (
        "1 claim to be verified, please send the evidence: Izin praktik" in said
    )
    assert "9 values missing" in said
    assert only(city).lines[-1] == "Sheet to fill in: dinkes-2026-W47.xlsx"


@pytest.mark.parametrize(
    ("count", "named"),
    [(2, "L-1; L-0"), (3, "L-2; L-1; and 1 more")],
)
def test_a_line_names_two_services_the_nearest_first_and_counts_the_others(
    count: int, named: str
) -> None:
    city = silent_city(0)
    for number in range(count):
        city.service(f"l-{number}", "dinkes", "2026-03-02", name=f"L-{number}")
        city.target(f"l-{number}", f"2026-12-{10 - number:02}", "online")
    first = f"the first on {11 - count} Dec 2026: {named}"
    assert only(city).lines[3].endswith(first)


@pytest.mark.parametrize("silent_weeks", [0, 2])
def test_who_owes_nothing_is_left_alone(silent_weeks: int) -> None:
    """Who was heard from this week owes no report, however long nothing was heard before."""
    city = silent_city(silent_weeks)
    city.report("dinkes", "2026-W47")
    assert write_reminders(city.register, TODAY, EN) == []


def test_who_offers_nothing_any_more_is_not_reminded_either() -> None:
    city = silent_city(6)
    city.closure("izin", "2026-11-02")
    assert write_reminders(city.register, TODAY, EN, ["dinkes"]) == []


def test_reminders_come_by_the_code_of_their_opd() -> None:
    city = silent_city(1)
    for code in ("zakat", "arsip"):
        city.service(f"{code}-1", code, "2026-03-02")
    found = write_reminders(city.register, TODAY, EN)
    assert [one.opd.code for one in found] == ["arsip", "dinkes", "zakat"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_at_most_ten_lines_that_are_the_same_every_time(code: str) -> None:
    city = silent_city(6)
    for number in range(40):
        city.service(
            f"l{number}", "dinkes", "2026-03-02", name=f"Layanan\u202e {number}"
        )
        city.target(
            f"l{number}", "2026-10-01" if number % 2 else "2026-12-01", "online"
        )
    reminder = only(city, code)
    assert len(reminder.lines) <= 10
    assert reminder == only(city, code)
    assert "\u202e" not in reminder.text


def test_an_opd_is_asked_for_by_any_of_its_names_and_an_unknown_one_refused() -> (
    None
):
    city = silent_city(1)
    city.service("kir", "dishub", "2026-03-02")
    assert len(write_reminders(city.register, TODAY, EN)) == 2
    (reminder,) = write_reminders(city.register, TODAY, EN, ["dinas kesehatan"])
    assert reminder.opd.code == "dinkes"
    with pytest.raises(Rejected):
        write_reminders(city.register, TODAY, EN, ["zzz"])


def test_the_sheet_is_called_as_it_is_written(tmp_path: Path) -> None:
    register = silent_city(1).register
    [written] = write_sheets(register, tmp_path, ["dinkes"], EN, TODAY)
    assert written.path.name == "dinkes-2026-W47.xlsx"
    [reminder] = write_reminders(register, TODAY, EN, ["dinkes"])
    assert written.path.name in reminder.text


def test_the_leadership_reads_of_the_longest_silence_first() -> None:
    city = silent_city(5)
    for code, weeks in (("bkd", 7), ("arsip", 5), ("zakat", 9)):
        city.opd(code, name=code)
        city.service(f"{code}-1", code, "2026-03-02")
        city.report(code, f"2026-W{46 - weeks}")
    reminders = write_reminders(city.register, TODAY, EN)
    lines = leadership_lines(reminders, EN)
    named = [line.partition(":")[0] for line in lines if "weeks of" in line]
    assert named == ["zakat", "bkd", "arsip", "Dinas Kesehatan"]
