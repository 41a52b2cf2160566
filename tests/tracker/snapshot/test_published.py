"""A published week is shown as it was published, beside it what the history gives today."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.calls import counting_calls
from tests.depth import examples
from tests.tracker.builder import Builder
from tests.tracker.merge.world import Apart, merge
from tests.tracker.snapshot.cities import TODAY, W18, small_city
from tracker.actions.draft import Action, Context
from tracker.actions.moves import MoveServices, VerifyServices
from tracker.actions.opds import AddOPD, EditOPD
from tracker.actions.perform import perform
from tracker.actions.services import AddService, EditService
from tracker.actions.targets_obstacles import (
    AddObstacles,
    ClearTargets,
    SetTargets,
)
from tracker.errors import Rejected
from tracker.exchange.exporting import export
from tracker.exchange.importing import plan_import
from tracker.exchange.loading import make_nameless
from tracker.exchange.options import ImportOptions
from tracker.language import load_language
from tracker.metrics import measure
from tracker.metrics.later import work_out
from tracker.model import Factor, Stage
from tracker.snapshot import read_week, render, snapshot_of, take, take_missing
from tracker.snapshot.changes_page import render_changes
from tracker.snapshot.figure_labels import LABELS
from tracker.snapshot.forms import PAGE
from tracker.snapshot.published import (
    FigureChange,
    _by_scope,
    compare_figures,
    find_changes,
    published_figures,
    published_text,
)
from tracker.snapshot.revised_weeks import find_revised
from tracker.snapshot.revision_rate import RevisionRate, revision_rate
from tracker.store.memory import MemoryStore
from tracker.week import Week

ID = load_language("id")
LATER = TODAY + timedelta(days=1)


def context(day: date = TODAY, hour: int = 3) -> Context:
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return Context(by="uji", now=moment, today=day)


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore(small_city().register)
    take(store, W18, context(), ID)
    return store


def enter_late(store: MemoryStore) -> None:
    service = store.load().service_codes["rujukan"].id
    move = MoveServices((service,), Stage.ONLINE, date(2026, 4, 30))
    perform(store, move, context(LATER))


def test_the_page_is_kept_as_it_was_published(store: MemoryStore) -> None:
    before = render(read_week(store.load(), W18, TODAY), ID)
    enter_late(store)
    snapshot = snapshot_of(store.load(), W18)
    assert snapshot is not None
    assert published_text(snapshot, PAGE, store.page) == before
    assert render(read_week(store.load(), W18, LATER), ID) != before


def test_every_figure_is_kept(store: MemoryStore) -> None:
    snapshot = snapshot_of(store.load(), W18)
    assert snapshot is not None
    now = msgspec.json.decode(
        msgspec.json.encode(
            measure(store.load(), W18, TODAY), enc_hook=work_out
        )
    )
    assert published_figures(snapshot, store.page) == now


def test_a_late_entry_is_found_in_every_figure_that_it_changes(
    store: MemoryStore,
) -> None:
    enter_late(store)
    snapshot = snapshot_of(store.load(), W18)
    assert snapshot is not None
    changes = find_changes(store.load(), snapshot, store.page, LATER)
    assert changes is not None
    found = {(c.scope, c.figure): (c.published, c.now) for c in changes}
    assert found["city", "online"] == (2, 3)
    assert found["city", "flow.forward"] == (1, 2)
    assert ("dinkes", "index") in found
    assert {scope for scope, _ in found} == {"city", "dinkes"}


def test_nothing_entered_since_changes_nothing(store: MemoryStore) -> None:
    snapshot = snapshot_of(store.load(), W18)
    assert snapshot is not None
    with counting_calls() as calls:
        assert find_changes(store.load(), snapshot, store.page, LATER) == ()
    assert calls["_flatten"] == 0
    assert find_revised(store.load(), store.page, LATER) == frozenset()


def test_no_history_is_counted_where_no_week_was_published() -> None:
    store = MemoryStore(small_city().register)
    with counting_calls() as calls:
        assert find_revised(store.load(), store.page, LATER) == frozenset()
    assert calls["read_all_series"] == 0


def test_only_what_came_after_the_first_publication_is_looked_at(
    store: MemoryStore,
) -> None:
    register = store.load()
    service = register.service_codes["rujukan"].id
    moved = MoveServices((service,), Stage.ONLINE, LATER)
    perform(store, moved, context(LATER))
    with counting_calls() as calls:
        find_revised(store.load(), store.page, LATER)
    assert calls["_day_of"] <= 2 < len(register.services)


def test_a_provisional_week_is_compared_with_its_own_day() -> None:
    store = MemoryStore(small_city().register)
    take(store, Week.of(TODAY), context(), ID)
    service = store.load().service_codes["rujukan"].id
    moved = MoveServices((service,), Stage.ONLINE, LATER)
    perform(store, moved, context(LATER))
    snapshot = snapshot_of(store.load(), Week.of(TODAY))
    assert snapshot is not None
    assert not snapshot.final
    assert find_changes(store.load(), snapshot, store.page, LATER) == ()


def test_a_figure_that_is_no_count_marks_the_week_as_revised_too() -> None:
    store = MemoryStore(small_city().register)
    list(take_missing(store, context(), ID))
    register = store.load()
    perform(
        store,
        EditService(register.service_codes["rujukan"].id, {"volume": 10}),
        context(LATER),
    )
    weeks = find_revised(store.load(), store.page, LATER)
    assert weeks == {W18}


def test_a_late_entry_is_found_behind_one_that_the_publication_knew() -> None:
    store = MemoryStore(small_city().register)
    take(store, W18.plus(-1), context(), ID)
    services = store.load().service_codes
    known = AddService(store.load().opd_codes["cibiru"].id, "Baru", TODAY)
    perform(store, known, context(hour=4))
    take(store, W18, context(hour=5), ID)
    assert find_revised(store.load(), store.page, TODAY) == frozenset()

    late = EditService(services["rujukan"].id, {"volume": 10})
    perform(store, late, context(LATER))
    found = find_revised(store.load(), store.page, LATER)
    assert found == {W18}


def test_a_new_code_is_no_changed_figure_beside_an_opd_that_closed_its_last_service() -> (
    None
):
    city = small_city()
    city.service("pajak", "bapenda", "2026-01-05")
    city.closure("pajak", "2026-02-02")
    store = MemoryStore(city.register)
    snapshot = take(store, W18, context(), ID)
    perform(store, EditOPD("dinkes", {"code": "kesehatan"}), context(LATER))
    assert find_changes(store.load(), snapshot, store.page, LATER) == ()


def test_a_page_of_another_copy_is_compared_with_the_opds_that_it_tells_of() -> (
    None
):
    """Two copies gave one key to two OPDs: the page that is brought in has it for the other one."""
    begun = perform(
        MemoryStore(small_city().register),
        EditOPD("cibiru", {"name": "Cibiru"}),
        context(),
    ).register
    here, there = Apart(begun, 1), Apart(begun, 2)
    mine = here.do(AddOPD("Dinas Pajak", "pajak"))
    theirs = there.do(AddOPD("Dinas Pasar", "pasar"))
    there.do(AddService("pasar", "Sewa kios", W18.monday))
    assert (
        mine.register.opd_codes["pajak"].id
        == theirs.register.opd_codes["pasar"].id
    )
    today = there.context().today
    take(there.store, W18, there.context(), ID)

    merged = merge(here.register, there.register)
    snapshot = snapshot_of(merged, W18)
    assert snapshot is not None
    assert merged.opd_codes["pasar"].id in snapshot.figures
    assert find_changes(merged, snapshot, there.store.page, today) == ()


def test_an_entry_of_a_later_week_leaves_published_weeks_alone() -> None:
    store = MemoryStore(small_city().register)
    list(take_missing(store, context(), ID))
    service = store.load().service_codes["rujukan"].id
    perform(
        store, MoveServices((service,), Stage.ONLINE, TODAY), context(LATER)
    )
    perform(store, VerifyServices((service,), TODAY), context(LATER, 4))
    perform(
        store,
        AddService(store.load().opd_codes["cibiru"].id, "Baru", LATER),
        context(LATER, 5),
    )
    assert find_revised(store.load(), store.page, LATER) == frozenset()


@pytest.mark.parametrize(("days", "weeks"), [(0, {W18}), (1, set())])
def test_an_entry_of_its_last_day_revises_a_week_and_one_of_the_next_does_not(
    days: int, weeks: set[Week]
) -> None:
    store = MemoryStore(small_city().register)
    list(take_missing(store, context(), ID))
    opened_on = W18.sunday + timedelta(days=days)
    perform(
        store,
        AddObstacles(("rujukan",), Factor.PEOPLE, "Tanpa petugas", opened_on),
        context(LATER),
    )
    assert find_revised(store.load(), store.page, LATER) == weeks


@pytest.fixture(scope="module")
def taken() -> MemoryStore:
    """A small city of which some weeks were published."""
    store = MemoryStore(small_city().register)
    for number in (3, 8, 14, 17, 18):
        take(store, Week(2026, number), context(), ID)
    return store


SERVICES = st.sets(
    st.sampled_from(["ktp", "kk", "akta", "praktik", "rujukan", "pindah"]),
    min_size=1,
    max_size=3,
).map(lambda codes: tuple(sorted(codes)))
DUE = st.one_of(
    st.sampled_from(["2026-03-31", "2026-04-24"]).map(date.fromisoformat),
    st.dates(date(2026, 1, 1), date(2026, 6, 30)),
)
TARGETED = st.one_of(
    st.builds(SetTargets, SERVICES, st.sampled_from(list(Stage)[1:]), DUE),
    st.builds(ClearTargets, SERVICES),
)
OTHERWISE = st.sampled_from(
    [
        MoveServices(("kk",), Stage.ONLINE, date(2026, 5, 2)),
        EditOPD("dinkes", {"code": "kesehatan"}),
        EditOPD("cibiru", {"name": "Cibiru"}),
    ]
)


@settings(
    max_examples=examples(15, 200),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(TARGETED, min_size=1, max_size=4),
    st.none() | OTHERWISE,
)
def test_what_targets_revise_is_what_measuring_everything_finds(
    taken: MemoryStore, targeted: list[Action], otherwise: Action | None
) -> None:
    store = MemoryStore(taken.load())
    if otherwise is not None:
        perform(store, otherwise, context(LATER, 1))
    before = store.load()
    for hour, action in enumerate(targeted, 2):
        with suppress(Rejected):
            perform(store, action, context(LATER, hour))
    register = store.load()
    assume(register is not before)

    assert find_revised(register, taken.page, LATER) == {
        Week.parse(snapshot.week)
        for snapshot in register.snapshots.values()
        if find_changes(register, snapshot, taken.page, LATER)
    }


def test_a_new_target_measures_no_week_again() -> None:
    store = MemoryStore(small_city().register)
    list(take_missing(store, context(), ID))
    perform(
        store,
        SetTargets(("rujukan",), Stage.ONLINE, date(2026, 3, 31)),
        context(LATER),
    )

    with counting_calls() as calls:
        assert find_revised(store.load(), store.page, LATER) == {W18}
    assert calls["measure_week"] == 0


def test_a_week_without_kept_figures_is_compared_by_its_counts_alone() -> None:
    store = MemoryStore(small_city().register)
    take(store, W18, context())
    snapshot = snapshot_of(store.load(), W18)
    assert snapshot is not None
    assert find_changes(store.load(), snapshot, store.page, TODAY) is None
    enter_late(store)
    assert find_revised(store.load(), store.page, LATER) == {W18}


def measured_twice() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the figures of week 18, as they are kept, twice."""
    kept = msgspec.json.encode(
        measure(small_city().register, W18, TODAY), enc_hook=work_out
    )
    return msgspec.json.decode(kept), msgspec.json.decode(kept)


def test_rounding_alone_is_no_difference() -> None:
    now, told = measured_twice()
    told["city"]["index"] *= 1 + 1e-12
    assert list(compare_figures(told, now)) == []
    told["city"]["index"] *= 1 + 1e-6
    assert [change.figure for change in compare_figures(told, now)] == ["index"]


def test_an_opd_on_one_side_alone_is_told_by_its_services() -> None:
    now, told = measured_twice()
    [dinkes] = [opd for opd in told["opds"] if opd["code"] == "dinkes"]
    dinkes["code"] = "bubar"
    services = dinkes["figures"]["services"]
    assert [
        (change.scope, change.figure, change.published, change.now)
        for change in compare_figures(told, now)
    ] == [
        ("bubar", "services", services, 0),
        ("dinkes", "services", 0, services),
    ]


def test_the_revision_of_the_last_weeks_by_hand() -> None:
    store = MemoryStore(small_city().register)
    assert revision_rate(store.load(), W18, TODAY) == RevisionRate()
    list(take_missing(store, context(), ID))
    assert len(store.load().snapshots) == 17
    enter_late(store)
    found = revision_rate(store.load(), W18, LATER)
    # One of the last twelve weeks, W07 to W18, has one step more than was published.
    assert found.steps_mean == pytest.approx(1 / 12)
    assert found.steps_mean_absolute == pytest.approx(1 / 12)
    register = store.load()
    dated = [
        m for m in register.moves.values() if Week.of(m.on) >= Week(2026, 7)
    ]
    late = [m for m in dated if m.recorded_at.date() > Week.of(m.on).sunday]
    assert found.late_share == len(late) / len(dated)
    assert revision_rate(register, Week(2026, 17), LATER).steps_mean == 0


@pytest.mark.parametrize(("seconds", "late_share"), [(-1, 0), (0, 1)])
def test_a_move_is_late_from_the_midnight_after_its_week_where_the_city_is(
    seconds: int, late_share: float
) -> None:
    midnight = datetime(2026, 5, 4, tzinfo=ZoneInfo("Asia/Jakarta"))
    city = Builder(timezone="Asia/Jakarta")
    city.service("ktp", "dukcapil", "2026-01-05")
    city.move(
        "ktp",
        W18.sunday,
        "online",
        recorded_at=midnight.astimezone(UTC) + timedelta(seconds=seconds),
    )
    store = MemoryStore(city.register)
    take(store, W18, context())
    found = revision_rate(store.load(), W18, TODAY)
    assert found.late_share == late_share


def test_every_kept_figure_has_a_label() -> None:
    told = msgspec.json.decode(
        msgspec.json.encode(
            measure(small_city().register, W18, TODAY), enc_hook=work_out
        )
    )
    names = {
        part
        for scope in _by_scope(told).values()
        for f in scope
        for part in f.split(".")
    }
    unlabelled = names - LABELS.keys()
    assert {name for name in unlabelled if not name[:4].isdigit()} == set()


def test_the_shown_page_ends_with_what_is_computed_now(
    store: MemoryStore,
) -> None:
    enter_late(store)
    snapshot = snapshot_of(store.load(), W18)
    assert snapshot is not None
    changes = find_changes(store.load(), snapshot, store.page, LATER)
    page = render_changes(
        changes or (), store.load(), LATER, load_language("en")
    )
    assert "| Online " in page
    assert "Dinas Kesehatan" in page


def test_a_change_is_shown_in_words_dates_and_shares(
    store: MemoryStore,
) -> None:
    changes = [
        FigureChange("city", "pace", "steady", None),
        FigureChange("dinkes", "forecast.p50", "2026-12-01", "2027-01-31"),
        FigureChange("bubar", "digital_share", 0.5, 0.625),
        FigureChange("city", "velocity", 1.0, 2.346),
        FigureChange("city", "wanted", [], ["volume", "2026-12-01"]),
    ]
    text = render_changes(changes, store.load(), LATER, load_language("en"))
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert [
        tuple(cell.strip() for cell in row.strip("|").split("|"))
        for row in rows[2:]
    ] == [
        ("Bandung", "Pace", "steady", "–"),
        (
            "Dinas Kesehatan",
            "Forecast · at least 50 of 100",
            "1 Dec 2026",
            "31 Jan 2027",
        ),
        ("bubar", "Online or behind the single door", "50.0%", "62.5%"),
        ("Bandung", "Velocity", "1", "2.35"),
        ("Bandung", "Data wanted", "–", "volume, 1 Dec 2026"),
    ]


@pytest.mark.parametrize(
    ("count", "end"), [(40, "|        39 |  40 |"), (41, "… and 1 more")]
)
def test_forty_changes_are_shown_and_the_rest_counted(
    store: MemoryStore, count: int, end: str
) -> None:
    changes = [
        FigureChange("city", "online", number, number + 1)
        for number in range(count)
    ]
    text = render_changes(changes, store.load(), LATER, load_language("en"))
    assert text.count("Online") == 40
    assert text.rstrip().splitlines()[-1].endswith(end)


def test_an_export_carries_what_was_published(
    store: MemoryStore, tmp_path: Path
) -> None:
    path = tmp_path / "kota.json"
    export(store.load(), path, read_page=store.page)
    city = store.load().only_city
    other = MemoryStore(make_nameless(city.name))
    planned = plan_import(other.load(), [path], ImportOptions(), context())
    assert not planned.problems
    perform(other, planned.action, context())
    (mine,), (theirs,) = (s.load().snapshots.values() for s in (store, other))
    assert theirs.pages == mine.pages
    assert published_text(theirs, PAGE, other.page) == published_text(
        mine, PAGE, store.page
    )


def test_a_page_that_an_import_brought_is_compared_though_nothing_came_after_it(
    store: MemoryStore, tmp_path: Path
) -> None:
    path = tmp_path / "kota.json"
    export(store.load(), path, read_page=store.page)
    city = small_city()
    city.obstacle("kk", "2026-04-01")
    here = MemoryStore(city.register)
    planned = plan_import(here.load(), [path], ImportOptions(), context())
    perform(here, planned.action, context())
    assert here.load().obstacles.keys() > store.load().obstacles.keys()
    assert find_revised(here.load(), here.page, TODAY) == {W18}
