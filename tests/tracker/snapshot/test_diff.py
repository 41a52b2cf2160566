"""Two weeks compared."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import structs

from tests.tracker.builder import Builder
from tests.tracker.snapshot.cities import TODAY, W18, large_city, small_city
from tracker.actions.draft import Context
from tracker.actions.moves import MoveServices
from tracker.actions.perform import perform
from tracker.language import LANGUAGES, NOTHING, Language, load_language
from tracker.model import Stage
from tracker.snapshot import compare_weeks, render_diff, take
from tracker.snapshot.headlines import headline_change, headline_number
from tracker.snapshot.revision_text import published_on
from tracker.snapshot.values import Headline, HeadlineName
from tracker.store.memory import MemoryStore
from tracker.week import Week

EN = load_language("en")


def test_the_sum_between_two_weeks_adds_up() -> None:
    for first in range(1, 19):
        flow = compare_weeks(
            small_city().register, Week(2026, first), W18, TODAY
        ).flow
        assert (
            flow.opening
            + flow.joined
            - flow.left
            + flow.forward
            - flow.backward
            == flow.closing
        )


@pytest.mark.parametrize("before", [1, 2, 3, 30])
def test_from_before_the_first_week_on_everything_is_counted(
    before: int,
) -> None:
    since = Week(2026, 2).plus(-before)
    flow = compare_weeks(small_city().register, since, W18, TODAY).flow
    assert (flow.opening, flow.joined, flow.forward) == (0, 2, 9)
    nothing = compare_weeks(small_city().register, since, since, TODAY).flow
    assert (nothing.opening, nothing.closing) == (0, 0)


def test_the_earlier_week_comes_first_whichever_is_named_first() -> None:
    register = small_city().register
    assert compare_weeks(register, W18, Week(2026, 8), TODAY) == compare_weeks(
        register, Week(2026, 8), W18, TODAY
    )


def test_the_opds_that_moved_most_come_first() -> None:
    changes = compare_weeks(
        large_city(opds=9, services=90), Week(2026, 2), W18, TODAY
    )
    sizes = [abs(change.steps) for change in changes.opds]
    assert sizes == sorted(sizes, reverse=True)
    assert (
        sum(change.steps for change in changes.opds)
        == changes.flow.forward - changes.flow.backward
    )


def test_opds_without_steps_are_in_the_order_of_what_their_index_changed() -> (
    None
):
    city = Builder()
    for opd in ("half", "closed", "opened"):
        city.service(f"{opd}-1", opd, "2026-01-05", "online")
        city.service(f"{opd}-2", opd, "2026-01-05", "online")
    city.closure("closed-1", "2026-04-28")
    city.closure("closed-2", "2026-04-28")
    for service in ("opened-1", "opened-2"):
        city.closure(service, "2026-02-02", "2026-04-28")
    city.service("half-3", "half", "2026-04-28")
    changes = compare_weeks(city.register, W18.plus(-1), W18, TODAY)
    assert [change.opd.code for change in changes.opds] == [
        "closed",
        "opened",
        "half",
    ]


def test_an_opd_that_only_grew_or_only_kept_its_index_has_changed_too() -> None:
    city = Builder()
    for opd in ("grew", "kept", "still"):
        city.service(f"{opd}-1", opd, "2026-01-05")
        city.service(f"{opd}-2", opd, "2026-01-05", "integrated")
    for opd in ("grew", "kept"):
        city.service(f"{opd}-3", opd, "2026-04-28")
    city.move("kept-1", "2026-04-28", "online")
    changes = compare_weeks(city.register, W18.plus(-1), W18, TODAY)
    found = {
        change.opd.code: (change.steps, change.index_before, change.index_now)
        for change in changes.opds
    }
    assert found["kept"] == (1, 50, 50)
    assert found["grew"][0] == 0
    assert set(found) == {"grew", "kept"}


def test_a_service_stands_in_the_list_once_with_both_its_stages() -> None:
    changes = compare_weeks(small_city().register, Week(2026, 2), W18, TODAY)
    found = {
        change.service.code: (str(change.before), str(change.after))
        for change in changes.stages
    }
    assert found["ktp"] == ("conventional", "integrated")
    assert found["praktik"] == ("conventional", "online")
    assert "pindah" not in found


def test_only_what_both_ends_know_stands_in_another_stage_with_the_opd_of_the_later() -> (
    None
):
    city = Builder()
    for code in ("stays", "leaves", "passes"):
        city.service(code, "dinkes", "2026-01-05")
    city.service("joins", "dinkes", "2026-04-28")
    for code in ("stays", "leaves", "passes", "joins"):
        city.move(code, "2026-04-29", "online")
    city.closure("leaves", "2026-04-30")
    city.transfer("passes", "2026-04-30", "disdik")
    changes = compare_weeks(city.register, W18.plus(-1), W18, TODAY)
    assert [(one.service.code, one.opd.code) for one in changes.stages] == [
        ("passes", "disdik"),
        ("stays", "dinkes"),
    ]


def test_steps_backward_count_as_much_as_steps_forward() -> None:
    city = Builder()
    for code, before, after in (
        ("one", "conventional", "online"),
        ("two", "integrated", "conventional"),
    ):
        city.service(code, code, "2026-01-05", before)
        city.move(code, W18.monday, after)
    changes = compare_weeks(city.register, W18.plus(-1), W18, TODAY)
    assert [(one.opd.code, one.steps) for one in changes.opds] == [
        ("two", -2),
        ("one", 1),
    ]


def test_a_week_compared_with_itself_has_not_changed() -> None:
    changes = compare_weeks(small_city().register, W18, W18, TODAY)
    assert (
        changes.opds,
        changes.stages,
        changes.joined,
        changes.left,
        changes.passed,
    ) == (
        (),
        (),
        (),
        (),
        (),
    )
    assert all(line.now == line.before for line in changes.headlines)


def test_an_empty_city_can_be_compared() -> None:
    changes = compare_weeks(Builder().register, Week(2026, 2), W18, TODAY)
    assert render_diff(changes, EN).count("- None.") == 3
    ends = [(line.before, line.now) for line in changes.headlines]
    assert ends == [(None, None)] * 5


def test_a_running_week_is_said_to_run() -> None:
    text = render_diff(
        compare_weeks(
            small_city().register, Week(2026, 2), W18, date(2026, 4, 29)
        ),
        EN,
    )
    assert "2026-W18 is still running" in text


def test_the_figures_of_an_opd_stand_in_a_row_with_two_places() -> None:
    changes = compare_weeks(small_city().register, Week(2026, 8), W18, TODAY)
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in render_diff(changes, EN).splitlines()
    ]
    dukcapil = "Dinas Kependudukan dan Pencatatan Sipil"
    assert [dukcapil, "66.67", "100.00", "+33.33", "+2"] in rows


def _read_back(shown: str, language: Language) -> Decimal:
    """Return the number that a reader sees in a cell."""
    number = shown.removesuffix("%").partition(" ")[0].replace("−", "-")
    if language.decimal_mark == ",":
        number = number.replace(".", "").replace(",", ".")
    return Decimal(number.replace(",", ""))


@given(
    st.sampled_from(get_args(HeadlineName)),
    st.integers(0, 60_000),
    st.integers(0, 60_000),
    st.integers(1, 30_000),
    st.sampled_from(LANGUAGES),
)
@example("index", 5, 10, 14, "en")
def test_a_reader_who_takes_two_headlines_apart_finds_the_change_shown(
    name: HeadlineName, now: int, before: int, services: int, code: str
) -> None:
    language = load_language(code)
    whole = 2 * services
    scale = {"index": 100 / whole, "remaining_steps": 1}.get(name, 1 / whole)
    line = Headline(
        name,
        *(min(count, whole) * scale for count in (now, before)),
    )
    earlier, later, change = (
        _read_back(shown, language)
        for shown in (
            headline_number(name, line.before, language),
            headline_number(name, line.now, language),
            headline_change(line, language),
        )
    )
    assert later - earlier == change


@pytest.mark.parametrize("name", get_args(HeadlineName))
def test_a_headline_that_one_week_lacks_has_no_change(
    name: HeadlineName,
) -> None:
    for line in (Headline(name, None, 0.5), Headline(name, 0.5, None)):
        assert headline_change(line, EN) == NOTHING


def test_a_first_week_has_its_index_and_the_week_before_it_none() -> None:
    city = Builder()
    city.service("ktp", "dukcapil", "2026-01-05", "online")
    city.move("ktp", "2026-03-02", "integrated")
    for first, index in ((2, 50.0), (1, None)):
        changes = compare_weeks(city.register, Week(2026, first), W18, TODAY)
        assert [opd.index_before for opd in changes.opds] == [index]


def test_a_week_revised_since_is_told_scope_by_scope() -> None:
    store = MemoryStore(small_city().register)
    context = Context("uji", datetime(2026, 5, 4, 3, tzinfo=UTC), TODAY)
    take(store, W18, context, EN)
    late = MoveServices(("rujukan",), Stage.ONLINE, date(2026, 4, 30))
    perform(store, late, context)
    changes = compare_weeks(store.load(), Week(2026, 17), W18, TODAY)
    text = render_diff(changes, EN)
    revised = "Revised since it was published (published → today): 2026-W18, "
    lines = [
        line.partition(revised)[2]
        for line in text.splitlines()
        if revised in line
    ]
    assert lines == [
        "Bandung: Conventional 1 → 0, Online 2 → 3, Steps forward 1 → 2, Points at the end 10 → 11",
        "Dinas Kesehatan: Conventional 1 → 0, Online 1 → 2, Steps forward 0 → 1, Points at the end 3 → 4",
    ]


def test_of_weeks_revised_since_those_compared_are_told() -> None:
    """An OPD that is not there any more is told by its key."""
    city = small_city()
    for week in (Week(2026, 16), Week(2026, 17), W18):
        city.snapshot(str(week), week.sunday)
    register = city.register
    last = max(register.snapshots.values(), key=lambda one: one.week)
    now = compare_weeks(register, Week(2026, 16), W18, TODAY)
    assert [str(one.week) for one in now.revisions] == ["2026-W16", "2026-W18"]

    gone = structs.replace(last, figures={"x-gone": [1, 0, 0, 0, 0, 0, 0]})
    register = register.changed({"snapshots": {last.id: gone}})
    text = render_diff(compare_weeks(register, W18, W18, TODAY), EN)
    assert "2026-W18, x-gone: Services 1 → 0, Conventional 1 → 0" in text


@pytest.mark.parametrize(("hour", "day"), [(16, 4), (17, 5)])
def test_a_page_was_published_on_the_day_that_it_was_in_the_city(
    hour: int, day: int
) -> None:
    city = Builder(timezone="Asia/Jakarta")
    moment = datetime(2026, 5, 4, hour, tzinfo=UTC)
    key = city.snapshot(str(W18), W18.sunday, recorded_at=moment)
    register = city.register
    told = published_on(register.snapshots[key], register.only_city)
    assert told == date(2026, 5, day)
