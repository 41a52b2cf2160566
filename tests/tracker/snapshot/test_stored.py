"""What is published stays published, and says so when the history has changed since."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from tests.depth import examples
from tests.tracker.builder import Builder
from tests.tracker.metrics.histories import History, histories
from tests.tracker.snapshot.cities import TODAY, W18, small_city
from tracker.actions.draft import Context
from tracker.actions.moves import CorrectFact, MoveServices, WithdrawFact
from tracker.actions.opening import CloseOpening
from tracker.actions.perform import perform
from tracker.actions.services import TransferServices
from tracker.actions.undo import Undo
from tracker.errors import Rejected
from tracker.language import load_language
from tracker.metrics import measure
from tracker.metrics.series import read_all_series
from tracker.model import Move, Stage
from tracker.register import Register
from tracker.snapshot import (
    TakeSnapshots,
    find_revisions,
    missing_weeks,
    read_week,
    render,
    snapshot_of,
    take,
    take_missing,
)
from tracker.snapshot.late import late_entries
from tracker.snapshot.revised_weeks import find_revised
from tracker.snapshot.stored import COLUMNS, figures_of_row, make_rows
from tracker.store.memory import MemoryStore
from tracker.week import Week

EN = load_language("en")
W17 = Week(2026, 17)


def context(today: date = TODAY, hour: int = 3, by: str = "uji") -> Context:
    moment = datetime(today.year, today.month, today.day, hour, tzinfo=UTC)
    return Context(by=by, now=moment, today=today)


def store_of(city: Builder) -> MemoryStore:
    return MemoryStore(city.register)


@settings(
    max_examples=examples(15, 100),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(histories())
def test_a_stored_row_gives_back_the_counts_and_the_reconciliation(
    history: History,
) -> None:
    register, _, week, today = history
    figures = measure(register, week, today)
    kept = make_rows(read_all_series(register, week, today), week)
    scopes = {
        "city": figures.city,
        **{opd.key: opd.figures for opd in figures.opds},
    }
    for key, scope in scopes.items():
        told = figures_of_row(kept.get(key, ()))
        flow = scope.flow
        assert (told["services"], told["online"]) == (
            scope.services,
            scope.online,
        )
        for name in flow.__struct_fields__:
            assert told[name] == getattr(flow, name)


def test_what_left_was_there_when_the_week_opened() -> None:
    row = {"online": 2, "integrated": 3, "joined": 1, "left": 4, "forward": 2}
    told = figures_of_row([row.get(column, 0) for column in COLUMNS])
    assert (told["opening"], told["closing"]) == (9, 8)


def test_the_snapshot_of_a_complete_week_is_final() -> None:
    store = store_of(small_city())
    snapshot = take(store, W18, context())
    assert (snapshot.final, snapshot.as_of) == (True, W18.sunday)
    assert snapshot.figures["city"] == [1, 2, 4, 0, 0, 1, 1]


def test_a_provisional_snapshot_is_replaced_by_the_next() -> None:
    store = store_of(small_city())
    wednesday = take(store, W18, context(date(2026, 4, 29)))
    friday = take(store, W18, context(date(2026, 5, 1)))
    final = take(store, W18, context())
    assert [s.final for s in (wednesday, friday, final)] == [False, False, True]
    assert [s.as_of.day for s in (wednesday, friday, final)] == [29, 1, 3]
    assert list(store.load().snapshots.values()) == [final]


def test_a_final_snapshot_goes_before_a_provisional_one_of_whatever_moment() -> (
    None
):
    city = Builder()
    final = city.snapshot(str(W18), W18.sunday)
    city.snapshot(str(W18), W18.monday, final=False)
    found = snapshot_of(city.register, W18)
    assert found is not None
    assert found.id == final


def test_a_final_snapshot_is_never_overwritten() -> None:
    store = store_of(small_city())
    published = take(store, W18, context())
    perform(
        store,
        MoveServices(("ambulans",), Stage.ONLINE, date(2026, 4, 30)),
        context(),
    )
    assert take(store, W18, context(TODAY + timedelta(days=1))) == published
    assert snapshot_of(store.load(), W18) == published


@pytest.mark.parametrize(
    ("count", "named"), [(99, 99), (100, ["2024-W23", "2026-W18"])]
)
def test_the_log_names_fewer_than_a_hundred_weeks_published_at_once(
    count: int, named: int | list[str]
) -> None:
    city = Builder()
    city.service("ktp", "dukcapil", "2024-01-01")
    store = store_of(city)
    weeks = tuple(W18.plus(back) for back in range(1 - count, 1))
    perform(store, TakeSnapshots(weeks), context())
    [entry] = store.load().log.values()
    found = re.findall(r"\d{4}-W\d\d", entry.why)
    assert found == named or len(found) == named


def test_a_week_that_has_not_begun_is_refused() -> None:
    with pytest.raises(Rejected):
        take(store_of(small_city()), W18.plus(5), context())


def test_a_complete_week_before_the_first_service_is_refused_with_the_first_that_has_a_page() -> (
    None
):
    with pytest.raises(Rejected) as refused:
        take(store_of(small_city()), Week(2026, 1), context())
    assert EN.say(refused.value) == (
        "2026-W01 has no page: the first service was registered in 2026-W02. Choose that week or one after."
    )
    assert take(store_of(small_city()), Week(2026, 2), context()).final


def test_a_city_without_services_has_a_provisional_page_and_no_final_one() -> (
    None
):
    store = store_of(Builder())
    with pytest.raises(Rejected) as refused:
        take(store, W17, context())
    assert "register services" in EN.say(refused.value)
    assert store.load().snapshots == {}
    running = take(store, Week.of(TODAY), context())
    assert (running.final, running.figures) == (False, {"city": [0] * 7})


def test_a_final_week_stays_published_also_when_its_services_prove_to_be_of_later() -> (
    None
):
    city = small_city()
    city.opd("lain", name="Dinas Lain")
    store = store_of(city)
    published = take(store, Week(2026, 2), context())
    for service in city.register.services.values():
        perform(
            store,
            CorrectFact(service.id, {"registered_on": date(2026, 1, 12)}),
            context(hour=4),
        )
    assert take(store, Week(2026, 2), context(hour=5)) == published


def test_taking_a_snapshot_is_logged_and_is_no_action_to_undo() -> None:
    store = store_of(small_city())
    perform(
        store,
        MoveServices(("ambulans",), Stage.ONLINE, date(2026, 4, 30)),
        context(),
    )
    published = take(store, W18, context())
    entry = list(store.load().log.values())[-1]
    assert (entry.action, entry.why, entry.changes) == (
        "snapshot take",
        "2026-W18",
        {},
    )
    perform(store, Undo(), context())
    assert snapshot_of(store.load(), W18) == published
    assert len(store.load().moves) == len(small_city().register.moves)


def test_taking_a_final_week_again_leaves_no_trace() -> None:
    store = store_of(small_city())
    take(store, W18, context())
    before = store.load()
    take(store, W18, context(hour=5))
    assert store.load().log == before.log


def test_the_missing_weeks_are_all_complete_ones_without_a_final_snapshot() -> (
    None
):
    store = store_of(small_city())
    take(store, W17, context())
    take(store, Week(2026, 19), context())
    missing = missing_weeks(store.load(), TODAY)
    assert missing == tuple(Week(2026, n) for n in range(2, 19) if n != 17)


def test_an_empty_city_misses_no_week() -> None:
    assert missing_weeks(Builder().register, TODAY) == ()
    store = MemoryStore(Builder().register)
    assert not list(take_missing(store, context()))


def test_all_missing_weeks_are_taken_as_if_each_had_been_taken_alone() -> None:
    together, alone = store_of(small_city()), store_of(small_city())
    taken = list(take_missing(together, context()))
    assert missing_weeks(together.load(), TODAY) == ()
    one_by_one = [take(alone, Week(2026, n), context()) for n in range(2, 19)]
    assert [s.figures for s in taken] == [s.figures for s in one_by_one]
    assert all(s.final for s in taken)


class Stopped(Exception):
    """Raised by somebody who has waited long enough."""


def test_whoever_stops_keeps_the_weeks_taken_so_far_and_goes_on_later() -> None:
    store = store_of(small_city())
    told = []

    def hook(done: int, total: int) -> None:
        told.append((done, total))
        if done == 3:
            raise Stopped

    with pytest.raises(Stopped):
        list(take_missing(store, context(), hook=hook))
    assert told == [(1, 17), (2, 17), (3, 17)]
    kept = [snapshot.week for snapshot in store.load().snapshots.values()]
    assert kept == ["2026-W02", "2026-W03", "2026-W04"]

    rest = [snapshot.week for snapshot in take_missing(store, context())]
    assert rest == [f"2026-W{n:02}" for n in range(5, 19)]


def test_others_can_write_between_two_weeks_that_are_taken() -> None:
    store = store_of(small_city())
    taking = take_missing(store, context())
    next(taking)
    perform(store, MoveServices(("rujukan",), Stage.ONLINE, TODAY), context())
    assert len(list(taking)) == 16


def corrected() -> tuple[MemoryStore, str]:
    """Every week published; then a move of W15 proves to have happened in W16."""
    city = small_city()
    store = store_of(city)
    list(take_missing(store, context()))
    fact = next(
        m.id for m in city.register.moves.values() if m.on == date(2026, 4, 8)
    )
    moved = CorrectFact(fact, {"on": date(2026, 4, 15)}, why="Salah catat")
    perform(store, moved, context(TODAY, hour=4))
    return store, fact


def test_nothing_is_revised_as_long_as_the_history_says_the_same() -> None:
    store = store_of(small_city())
    list(take_missing(store, context()))
    perform(store, MoveServices(("rujukan",), Stage.ONLINE, TODAY), context())
    assert find_revisions(store.load(), TODAY) == ()


def test_a_correction_marks_the_published_weeks_that_it_changes_and_only_these() -> (
    None
):
    store, _ = corrected()
    weeks = [
        str(revision.week) for revision in find_revisions(store.load(), TODAY)
    ]
    assert weeks == ["2026-W15", "2026-W16"]


def test_a_revised_week_shows_both_numbers() -> None:
    store, _ = corrected()
    value = read_week(store.load(), Week(2026, 15), TODAY)
    text = render(value, EN)
    assert (
        "**REVISED** since it was published on 4 May 2026 (published → today): "
        "Online 0 → 1, Integrated 5 → 4, Steps forward 1 → 0, Points at the end 10 → 9."
        in text
    )
    assert "Points at the end 10 → 9; in Dinas Kesehatan." in text


def test_later_weeks_list_the_weeks_revised_before_them() -> None:
    store, _ = corrected()
    revised_week = "- Week 2026-W15 (published → today): "
    assert revised_week in render(read_week(store.load(), W18, TODAY), EN)
    earlier = render(read_week(store.load(), Week(2026, 14), TODAY), EN)
    assert "published → today" not in earlier


def test_a_published_week_keeps_its_figures_when_it_is_revised() -> None:
    store, _ = corrected()
    revision = find_revisions(store.load(), TODAY)[0]
    assert figures_of_row(revision.snapshot.figures["city"])["forward"] == 1
    assert ("city", "forward", 1, 0) in [
        (d.scope, d.column, d.published, d.recomputed)
        for d in revision.differences
    ]


def taken_in_the_opening() -> MemoryStore:
    """Return a city whose week 18 was published before a baseline was put right."""
    city = Builder(in_opening=True)
    city.service("ktp", "dukcapil", "2026-01-05", assumed=True)
    store = store_of(city)
    take(store, W18, context(), EN)
    told = MoveServices(("ktp",), Stage.ONLINE, W18.sunday)
    perform(store, told, context(hour=4))
    return store


def revised(store: MemoryStore) -> list[Week]:
    """Return the revised weeks as both readings of them agree."""
    by_counts = [one.week for one in find_revisions(store.load(), TODAY)]
    assert find_revised(store.load(), store.page, TODAY) == set(by_counts)
    return by_counts


def test_no_page_is_revised_while_the_opening_lasts() -> None:
    assert revised(taken_in_the_opening()) == []


@pytest.mark.parametrize(("later", "weeks"), [(0, [W18]), (1, [])])
def test_a_page_up_to_a_day_before_the_start_is_not_revised(
    later: int, weeks: list[Week]
) -> None:
    store = taken_in_the_opening()
    start = W18.sunday + timedelta(days=later)
    perform(store, CloseOpening(start), context(hour=5))
    assert revised(store) == weeks


def late_in(
    register: Register, week: Week
) -> list[tuple[str, bool, bool, str]]:
    return [
        (str(late.week), late.before is None, late.after is None, late.why)
        for late in late_entries(register, week, week.sunday)
    ]


def test_corrections_stand_on_the_page_of_the_week_in_which_they_were_made() -> (
    None
):
    store, fact = corrected()
    assert late_in(store.load(), W18.plus(1)) == [
        ("2026-W15", False, False, "Salah catat")
    ]
    perform(store, WithdrawFact(fact, "Tidak pernah terjadi"), context(hour=5))
    assert late_in(store.load(), W18.plus(1)) == [
        ("2026-W15", False, False, "Salah catat"),
        ("2026-W16", False, True, "Tidak pernah terjadi"),
    ]
    text = render(read_week(store.load(), W18.plus(1), date(2026, 5, 5)), EN)
    assert (
        "withdrawn: Integrated on 15 Apr 2026. Reason: Tidak pernah terjadi"
        in text
    )


@pytest.mark.parametrize(
    ("zone", "hours"), [("Asia/Jakarta", 7), ("Asia/Jayapura", 9)]
)
def test_a_week_lasts_from_midnight_to_midnight_where_the_city_is(
    zone: str, hours: int
) -> None:
    midnight = datetime(2026, 5, 4, tzinfo=UTC) - timedelta(hours=hours)
    second = timedelta(seconds=1)

    def tells(moment: datetime, week: Week, until: date) -> bool:
        city = Builder(timezone=zone)
        city.service(
            "a", "x", "2026-01-05", recorded_at=midnight - 9000 * second
        )
        city.move("a", "2026-03-02", "online", recorded_at=moment)
        late = late_entries(city.register, week, until)
        return any(isinstance(entry.after, Move) for entry in late)

    w19, monday = W18.plus(1), date(2026, 5, 4)
    assert tells(midnight, w19, monday)
    assert not tells(midnight - second, w19, monday)
    assert tells(midnight - second, W18, W18.sunday)
    assert not tells(midnight, W18, W18.sunday)
    tuesday = midnight + timedelta(days=1)
    assert tells(tuesday - second, w19, monday)
    assert not tells(tuesday, w19, monday)


def test_a_service_that_came_on_the_day_of_its_transfer_passed_to_nobody() -> (
    None
):
    city = Builder()
    city.opd("disdik")
    city.service("ktp", "dukcapil", "2026-04-28")
    city.transfer("ktp", "2026-04-28", "disdik")
    city.service("kk", "dukcapil", "2026-04-27")
    city.transfer("kk", "2026-04-28", "disdik")
    passed = read_week(city.register, W18, TODAY).passed
    assert [passing.service.code for passing in passed] == ["kk"]


def test_a_correction_of_its_own_week_is_not_told_as_one_of_an_earlier_week() -> (
    None
):
    store = store_of(small_city())
    moved = MoveServices(("rujukan",), Stage.ONLINE, TODAY)
    perform(store, moved, context())
    fact = next(m.id for m in store.load().moves.values() if m.on == TODAY)
    corrected = CorrectFact(fact, {"stage": Stage.INTEGRATED})
    perform(store, corrected, context(hour=4))
    assert late_in(store.load(), Week.of(TODAY)) == []


def test_a_correction_that_was_undone_is_none() -> None:
    store, _ = corrected()
    perform(store, Undo(), context(hour=5))
    assert late_in(store.load(), W18.plus(1)) == []
    assert find_revisions(store.load(), TODAY) == ()


def test_a_log_edited_by_hand_costs_what_it_told_and_not_the_page() -> None:
    store, fact = corrected()
    register = store.load()
    entry = next(
        entry
        for entry in register.log.values()
        if fact in entry.changes.get("moves", {})
    )
    edited = replace(entry, changes={"moves": {fact: {"stage": "selesai"}}})
    assert (
        late_in(register.changed({"log": {entry.id: edited}}), W18.plus(1))
        == []
    )


def test_an_entry_about_an_earlier_week_is_late_in_the_week_of_its_recording() -> (
    None
):
    store = store_of(small_city())
    perform(
        store,
        MoveServices(("rujukan",), Stage.ONLINE, date(2026, 4, 30)),
        context(),
    )
    assert late_in(store.load(), W18.plus(1)) == [("2026-W18", True, False, "")]
    assert "Surat rujukan: entered late: Online on 30 Apr 2026." in render(
        read_week(store.load(), W18.plus(1), TODAY), EN
    )


def test_a_transfer_that_is_late_is_told_with_its_taker() -> None:
    store = store_of(small_city())
    late = TransferServices(("rujukan",), "cibiru", date(2026, 4, 30))
    perform(store, late, context())
    page = render(read_week(store.load(), W18.plus(1), TODAY), EN)
    assert (
        "Surat rujukan: entered late: passed to Kecamatan Cibiru on 30 Apr 2026."
        in page
    )
