"""A city in a collected table beside its register: the same figures wherever both know them."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.depth import examples
from tests.tracker.builder import Builder
from tests.tracker.comparison.publishing import collect, publish, weeks_until
from tests.tracker.metrics.histories import History, histories
from tests.tracker.metrics.marches import marches
from tracker.comparison.cities import ComparedCity
from tracker.comparison.collected_cities import CollectedCity, read_collected
from tracker.comparison.report import Comparison
from tracker.comparison.rows import Row
from tracker.comparison.summary import WeekSummary
from tracker.errors import Rejected
from tracker.metrics.series import read_all_series
from tracker.model import Stage
from tracker.register import Register
from tracker.week import Week, last_complete

FIRST_MONDAY = date(2025, 11, 3)
OPDS = {"kes": "dinas", "dik": "dinas", "kepeg": "badan"}
SOURCE = {"file", "as_published"}
"""Columns that tell where a row is from."""


@st.composite
def careers(draw: st.DrawFn) -> History:
    """Draw a city of three OPDs over half a year and more, with a few moves in each week."""
    city = Builder("Cimahi")
    levels = {}
    for opd, kind in OPDS.items():
        city.opd(opd, kind)
        for number in range(6):
            level = draw(st.sampled_from([0, 0, 1]))
            service = f"{opd}-{number}"
            city.service(service, opd, FIRST_MONDAY, list(Stage)[level])
            levels[service] = level
    weeks = draw(st.integers(22, 34))
    for week in range(weeks):
        for service in draw(
            st.lists(st.sampled_from(sorted(levels)), max_size=2, unique=True)
        ):
            step = draw(st.sampled_from([1, 1, -1]))
            levels[service] = min(2, max(0, levels[service] + step))
            day = FIRST_MONDAY + timedelta(weeks=week, days=2)
            city.move(service, day, list(Stage)[levels[service]])
    sunday = FIRST_MONDAY + timedelta(weeks=weeks, days=-1)
    return History(
        city.register, sunday, Week.of(sunday), sunday + timedelta(days=1)
    )


def asking() -> ComparedCity:
    """Return the city that compares, of which nothing is asked here."""
    return ComparedCity.of("x.json", Builder("Kami").register, date(2027, 1, 1))


def read_table(
    summaries: Iterable[WeekSummary], until: Week
) -> list[CollectedCity]:
    with TemporaryDirectory() as folder:
        path = collect(Path(folder) / "cities.db", summaries)
        found = read_collected([path], [asking()], until)
        # Read before the folder is gone.
        _ = [city.kinds for city in found]
        return found


def compare_rows(register: Register, week: Week, city: CollectedCity) -> None:
    """Check that every figure that the table knows is the register's, of the city and of each kind."""
    own = ComparedCity("x.json", register, week.plus(1).monday, week)
    told, counted = (
        Comparison([own]),
        Comparison([asking()], collected=[city]),
    )
    [known] = told.city_rows()
    check_row(known, counted.city_rows()[1])
    kinds = {row["kind"]: row for row in told.kind_rows()}
    rows = {row["kind"]: row for row in counted.kind_rows()}
    assert rows.keys() == kinds.keys()
    for kind, row in rows.items():
        # Alone each leads nothing.
        check_row(kinds[kind], row)


def check_row(known: Row, counted: Row) -> None:
    assert list(known) == list(counted)
    for name, value in counted.items():
        if name not in SOURCE and value is not None:
            assert value == known[name], name


def complete_weeks(history: History) -> list[Week]:
    """Return the weeks of a history that are over, up to the one asked for."""
    until = last_complete(history.week, history.today)
    series = read_all_series(history.register, until, history.today)["city"]
    return series.weeks


@settings(max_examples=examples(15, 120))
@given(st.one_of(histories(), marches(), careers()))
def test_what_counts_tell_is_what_the_register_tells(history: History) -> None:
    weeks = complete_weeks(history)
    if weeks:
        [city] = read_table(publish(history.register, weeks), weeks[-1])
        compare_rows(history.register, weeks[-1], city)


@settings(max_examples=examples(12, 80))
@given(careers(), st.integers(0, 30))
def test_counts_tell_no_less_than_their_weeks_allow(
    history: History, missing: int
) -> None:
    """Of a city that began with points every week after its first is known to count."""
    register, week = history.register, history.week
    weeks = complete_weeks(history)[missing:]
    series = read_all_series(register, week, week.sunday)["city"]
    if not weeks or not series.points(max(0, missing - 1)):
        return
    known = len(weeks) - (missing == 0)
    [city] = read_table(publish(register, weeks), week)
    counted = Comparison([asking()], collected=[city]).city_rows()[1]
    own = ComparedCity("x.json", register, week.plus(1).monday, week)
    [told] = Comparison([own]).city_rows()
    for least, names in {
        0: ("week", "opds", "services", "index", "digital_share"),
        4: ("velocity",),
        8: ("acceleration",),
        12: ("forecast_p50", "forecast_p85"),
        24: ("pace", "steps_recent", "steps_before"),
    }.items():
        for name in names:
            if known >= least:
                assert counted[name] == told[name], name
            elif told["pace"] != "done":
                assert counted[name] is None, name


def city_of_weeks(count: int) -> tuple[Builder, list[Week]]:
    """Return a city that has made a step a week for some weeks, and those weeks."""
    city = Builder("Cimahi")
    city.service("buka", "dinas", FIRST_MONDAY, "online")
    for week in range(count):
        city.service(f"s{week}", "dinas", FIRST_MONDAY)
        day = FIRST_MONDAY + timedelta(weeks=week, days=3)
        city.move(f"s{week}", day, "online")
    return city, weeks_until(Week.of(FIRST_MONDAY).plus(count - 1), count)


@pytest.mark.parametrize("place", [1, 3, 5])
def test_what_was_entered_late_leaves_no_rate_that_would_miss_it(
    place: int,
) -> None:
    """The page of a week was published; a step of that week came to be known after it."""
    city, weeks = city_of_weeks(8)
    before = publish(city.register, weeks[:place])
    city.service("telat", "dinas", FIRST_MONDAY)
    city.move("telat", weeks[place - 1].sunday, "online")
    after = publish(city.register, weeks[place:])
    [one] = read_table([*before, *after], weeks[-1])
    assert one.figures.services == 10
    assert (one.figures.velocity is None) is (place > 4)
    compare_rows(city.register, weeks[-1], one)


@pytest.mark.parametrize("place", [2, 4, 6])
def test_a_week_that_is_missing_leaves_no_rate_across_it(place: int) -> None:
    city, weeks = city_of_weeks(8)
    summaries = publish(city.register, weeks)
    del summaries[place]
    [one] = read_table(summaries, weeks[-1])
    assert (one.figures.velocity is None) is (place > 3)


def test_a_quiet_week_that_is_missing_leaves_no_rate_either() -> None:
    """Nothing moved, so the points before and after the gap are the same."""
    city, weeks = city_of_weeks(2)
    quiet = weeks_until(weeks[-1].plus(5), 6)
    summaries = publish(city.register, quiet)
    [whole] = read_table(summaries, quiet[-1])
    assert whole.figures.velocity is not None
    del summaries[3]
    [one] = read_table(summaries, quiet[-1])
    assert one.figures.velocity is None


@pytest.mark.parametrize("count", [3, 4, 7, 8, 11, 12, 23, 24])
def test_a_rate_needs_all_weeks_on_which_it_rests(count: int) -> None:
    city, weeks = city_of_weeks(30)
    [one] = read_table(publish(city.register, weeks[-count:]), weeks[-1])
    compare_rows(city.register, weeks[-1], one)
    assert (one.figures.velocity is not None) is (count >= 4)
    assert (one.figures.acceleration is not None) is (count >= 8)
    assert (one.forecast.p85 is not None) is (count >= 12)
    assert (one.figures.pace is not None) is (count >= 24)
    assert (one.figures.steps_recent is not None) is (count >= 24)


def test_one_week_tells_that_all_is_done() -> None:
    city = Builder("Cimahi")
    city.service("a", "dinas", FIRST_MONDAY, "integrated")
    week = Week.of(FIRST_MONDAY).plus(1)
    [one] = read_table(publish(city.register, [week]), week)
    assert one.figures.pace == "done"
    assert one.figures.velocity is None


def test_pages_of_the_opening_are_not_taken_for_history() -> None:
    """Everything was assumed conventional; the register then began with its baselines."""
    opening, started = Builder("Cimahi"), Builder("Cimahi")
    begin = FIRST_MONDAY + timedelta(weeks=1)
    for number in range(5):
        opening.service(f"s{number}", "dinas", FIRST_MONDAY)
        started.service(f"s{number}", "dinas", begin, "online")
    started.move("s0", begin + timedelta(days=2), "integrated")
    weeks = weeks_until(Week.of(begin).plus(3), 5)
    summaries = [
        *publish(opening.register, weeks[:1]),
        *publish(started.register, weeks[1:]),
    ]
    [one] = read_table(summaries, weeks[-1])
    assert one.figures.velocity is None
    compare_rows(started.register, weeks[-1], one)


def test_an_opd_counts_under_its_latest_kind_as_in_a_register() -> None:
    city, weeks = city_of_weeks(8)
    moved, _ = city_of_weeks(8)
    summaries = publish(city.register, weeks)
    opd = next(iter(moved.register.opds.values()))
    renamed = Builder("Cimahi")
    renamed.opd(opd.code, "badan", name=opd.name)
    renamed.service("buka", opd.code, FIRST_MONDAY, "online")
    for week in range(8):
        renamed.service(f"s{week}", opd.code, FIRST_MONDAY)
        day = FIRST_MONDAY + timedelta(weeks=week, days=3)
        renamed.move(f"s{week}", day, "online")
    summaries[-1:] = publish(renamed.register, weeks[-1:])
    [one] = read_table(summaries, weeks[-1])
    assert list(one.kinds) == ["badan"]
    assert one.kinds["badan"].velocity == one.figures.velocity
    compare_rows(renamed.register, weeks[-1], one)


def test_kinds_are_told_only_where_the_opds_add_up() -> None:
    city, weeks = city_of_weeks(8)
    summaries = publish(city.register, weeks)
    summaries[2] = structs.replace(summaries[2], opds=[])
    [one] = read_table(summaries, weeks[-1])
    assert one.kinds["dinas"].velocity is not None
    summaries[5] = structs.replace(summaries[5], opds=[])
    [one] = read_table(summaries, weeks[-1])
    assert one.kinds["dinas"].velocity is None
    assert one.kinds["dinas"].services == one.figures.services
    summaries[7] = structs.replace(summaries[7], opds=[])
    [one] = read_table(summaries, weeks[-1])
    assert one.kinds == {}


def test_a_city_that_is_compared_from_its_register_is_left_out(
    tmp_path: Path,
) -> None:
    city, weeks = city_of_weeks(8)
    sent = publish(city.register, weeks)
    namesake = publish(city.register, weeks, register="y", city="Cimahi")
    other = publish(city.register, weeks, register="z", city="Sumedang")
    path = collect(tmp_path / "a.db", [*sent, *other])
    own = ComparedCity.of("x.json", city.register, weeks[-1].plus(1).monday)
    assert names(read_collected([path], [own], weeks[-1])) == ["Sumedang"]
    # Another city of the same name stays, if ours is there under its own register.
    collect(path, namesake)
    assert names(read_collected([path], [own], weeks[-1])) == [
        "Cimahi",
        "Sumedang",
    ]
    alone = collect(tmp_path / "b.db", sent)
    with pytest.raises(Rejected, match="of another city"):
        read_collected([alone], [own], weeks[-1])
    with pytest.raises(Rejected, match="of another city"):
        read_collected([path], [own], weeks[0].plus(-1))
    with pytest.raises(Rejected, match="both hold weeks of Cimahi"):
        read_collected([alone, path], [asking()], weeks[-1])


def names(cities: Iterable[CollectedCity]) -> list[str]:
    return [city.name for city in cities]


def test_a_running_week_is_not_compared() -> None:
    city, weeks = city_of_weeks(8)
    summaries = publish(city.register, weeks)
    summaries[-1] = structs.replace(summaries[-1], final=False)
    [one] = read_table(summaries, weeks[-1])
    assert one.week == weeks[-2]
