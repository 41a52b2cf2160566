"""What is told before the opening is closed is a baseline: nothing of it is a step."""

from contextlib import suppress
from datetime import date, timedelta
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct, structs

from tests.depth import examples
from tests.tracker.actions.test_any_order import ANY
from tests.tracker.actions.world import TODAY, City, day
from tests.tracker.builder import Builder
from tracker.actions.applications import IntegrateApplication
from tracker.actions.draft import Action, Draft
from tracker.actions.moves import CorrectFact, MoveServices, WithdrawFact
from tracker.actions.opds import MergeOPD
from tracker.actions.opening import (
    CloseOpening,
    RemoveFromOpening,
    ReopenOpening,
)
from tracker.actions.services import (
    AddService,
    RetireServices,
    TransferServices,
)
from tracker.actions.targets_obstacles import AddObstacles, SetTargets
from tracker.actions.undo import Undo
from tracker.errors import Rejected
from tracker.metrics import measure, read_all_series
from tracker.metrics.opening import read_opening
from tracker.metrics.values import CityFigures
from tracker.model import Closure, Factor, Service, Stage
from tracker.register import Register
from tracker.rules import check_register
from tracker.week import Week

DATED = ("moves", "transfers", "closures")


def opening_city() -> City:
    """Return two OPDs and three services whose stage is assumed, in the opening."""
    city = Builder(in_opening=True)
    city.opd("dinkes", name="Dinas Kesehatan")
    city.opd("dishub", name="Dinas Perhubungan")
    city.opd("arsip", name="Dinas Arsip")
    city.application("salaman", "dinkes", name="Salaman")
    city.service("izin", "dinkes", "2026-01-05", assumed=True)
    city.service(
        "akta", "dinkes", "2026-01-05", assumed=True, application="salaman"
    )
    city.service("kir", "dishub", "2026-02-02", assumed=True)
    return City(city.register)


def service(city: City, code: str) -> Service:
    return city.register.service_codes[code]


def has_no_history(register: Register) -> bool:
    return not any(register.table(table) for table in DATED)


def test_a_move_tells_where_a_service_begins() -> None:
    city = opening_city()
    city.do(
        MoveServices(("izin",), Stage.ONLINE, day("2026-11-10"), visits=1.0)
    )
    begun = service(city, "izin")
    assert (begun.stage, begun.visits, begun.assumed) == (
        Stage.ONLINE,
        1.0,
        False,
    )
    assert has_no_history(city.register)


def test_what_shows_it_stays_in_the_log() -> None:
    city = opening_city()
    done = city.do(
        MoveServices(
            ("izin", "kir"), Stage.ONLINE, TODAY, "surat 470/12", "lisan"
        )
    )
    assert done.entry is not None
    assert done.entry.why == "surat 470/12\nlisan"


def test_the_counter_can_be_told_too() -> None:
    city = opening_city()
    city.do(MoveServices(("izin",), Stage.CONVENTIONAL, TODAY))
    assert not service(city, "izin").assumed
    assert "in that stage already" in city.refused(
        MoveServices(("izin",), Stage.CONVENTIONAL, TODAY)
    )


def test_a_correction_of_the_stage_is_an_answer() -> None:
    city = opening_city()
    city.do(CorrectFact(service(city, "izin").id, {"stage": "online"}))
    assert not service(city, "izin").assumed


def test_a_transfer_puts_the_opd_right() -> None:
    city = opening_city()
    city.do(TransferServices(("izin",), "dishub", TODAY))
    assert service(city, "izin").opd == city.register.opd_codes["dishub"].id
    assert has_no_history(city.register)


def test_a_merged_opd_passes_its_services_on() -> None:
    city = opening_city()
    city.do(MergeOPD("dinkes", "dishub", TODAY))
    dishub = city.register.opd_codes["dishub"]
    assert {item.opd for item in city.register.services.values()} == {dishub.id}
    assert has_no_history(city.register)


def test_what_the_city_never_had_leaves_no_trace() -> None:
    city = opening_city()
    city.do(SetTargets(("kir",), Stage.ONLINE, TODAY + timedelta(days=90)))
    city.do(RetireServices(("kir",), TODAY, "tidak ada"))
    assert "kir" not in city.register.service_codes
    assert not city.register.targets
    city.do(Undo())
    assert "kir" in city.register.service_codes
    assert len(city.register.targets) == 1


class Interrupt(Struct, frozen=True):
    """Enter that a service was closed for a week, as an import does."""

    name: ClassVar[str] = "import"
    service: str

    def apply(self, draft: Draft) -> None:
        start = TODAY - timedelta(days=14)
        until = TODAY - timedelta(days=7)
        draft.new(Closure, service=self.service, start=start, until=until)


def test_a_service_that_was_closed_for_a_time_stays() -> None:
    city = opening_city()
    kir = service(city, "kir")
    city.do(Interrupt(kir.id))
    assert service(city, "kir") == kir
    assert has_no_history(city.register)


def test_an_opd_that_the_city_lacks_goes_with_all_that_is_its() -> None:
    city = opening_city()
    city.do(
        AddObstacles(
            ("akta",), Factor.PEOPLE, "petugas", TODAY - timedelta(days=3)
        )
    )
    before = city.register
    city.do(RemoveFromOpening(opds=("dinkes",)))
    register = city.register
    assert set(register.opd_codes) == {"dishub", "arsip"}
    assert set(register.service_codes) == {"kir"}
    assert not register.obstacles
    assert [one.opd for one in register.applications.values()] == [None]
    assert check_register(register, TODAY) == []
    city.do(Undo())
    assert city.register.services == before.services
    assert city.register.obstacles == before.obstacles


def test_an_application_that_the_city_lacks_leaves_its_services() -> None:
    city = opening_city()
    city.do(RemoveFromOpening(applications=("salaman",)))
    assert not city.register.applications
    assert service(city, "akta").application is None


def test_nothing_is_taken_out_once_the_history_has_begun() -> None:
    closed = closed_city()
    assert "retire" in closed.refused(RemoveFromOpening(services=("kir",)))
    assert "does not have" in opening_city().refused(RemoveFromOpening())


def test_an_application_takes_its_services_along() -> None:
    city = opening_city()
    city.do(MoveServices(("akta",), Stage.ONLINE, TODAY))
    city.do(IntegrateApplication("salaman", TODAY))
    assert service(city, "akta").stage is Stage.INTEGRATED
    assert has_no_history(city.register)


def test_a_new_service_is_assumed_unless_its_stage_is_told() -> None:
    city = opening_city()
    city.do(AddService("dinkes", "Satu", TODAY, "satu"))
    city.do(AddService("dinkes", "Dua", TODAY, "dua", Stage.CONVENTIONAL))
    assert service(city, "satu").assumed
    assert not service(city, "dua").assumed


def test_a_day_to_come_is_refused_also_in_the_opening() -> None:
    tomorrow = TODAY + timedelta(days=1)
    said = opening_city().refused(
        MoveServices(("izin",), Stage.ONLINE, tomorrow)
    )
    assert "still to come" in said
    assert "open again" not in said
    said = opening_city().refused(
        TransferServices(("izin",), "dishub", tomorrow)
    )
    assert "still to come" in said
    assert "open again" not in said


def test_an_end_to_come_is_entered_after_the_opening() -> None:
    tomorrow = TODAY + timedelta(days=1)
    said = opening_city().refused(RetireServices(("izin",), tomorrow))
    assert said == (
        "The opening is not closed yet: what ends on 2026-11-20 is entered after it."
    )


def test_closing_starts_the_history_on_that_day() -> None:
    city = opening_city()
    city.do(CloseOpening(day("2026-11-02")))
    assert {item.registered_on for item in city.register.services.values()} == {
        day("2026-11-02")
    }
    assert city.register.only_city.started_on == day("2026-11-02")
    city.do(MoveServices(("izin",), Stage.ONLINE, day("2026-11-10")))
    assert len(city.register.moves) == 1
    assert "closed already" in city.refused(CloseOpening(TODAY))


def test_an_opening_does_not_close_in_the_future() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert "still to come" in opening_city().refused(CloseOpening(tomorrow))


def test_it_cannot_be_undone_once_somebody_has_moved_a_service() -> None:
    city = opening_city()
    city.do(CloseOpening(day("2026-11-02")))
    city.do(MoveServices(("izin",), Stage.ONLINE, day("2026-11-10")), "budi")
    assert "cannot be open again" in city.refused(Undo())


def test_what_an_undo_puts_back_in_a_reopened_opening_stays_history() -> None:
    city = opening_city()
    city.do(CloseOpening(day("2026-11-02")))
    city.do(MoveServices(("izin",), Stage.ONLINE, day("2026-11-10")))
    city.do(ReopenOpening("dinkes"))
    before = city.register
    city.do(WithdrawFact(max(before.moves), "salah"))
    assert not city.register.moves
    city.do(Undo())
    assert city.register.moves == before.moves
    assert city.register.services == before.services


def test_the_status_counts_who_has_not_answered() -> None:
    city = opening_city()
    city.do(MoveServices(("izin", "akta"), Stage.ONLINE, TODAY))
    found = read_opening(city.register, TODAY)
    assert (found.services, found.assumed, found.can_close) == (3, 1, False)
    assert [city.register.opds[opd.key].code for opd in found.unanswered] == [
        "dishub"
    ]
    city.do(MoveServices(("kir",), Stage.CONVENTIONAL, TODAY))
    assert read_opening(city.register, TODAY).can_close


def closed_city() -> City:
    city = opening_city()
    city.do(CloseOpening(day("2026-11-02")))
    return city


def test_a_reopened_opd_corrects_its_baselines_and_no_other_does() -> None:
    city = closed_city()
    city.do(ReopenOpening("dinkes"))
    city.do(MoveServices(("izin", "kir"), Stage.ONLINE, day("2026-11-10")))
    assert service(city, "izin").stage is Stage.ONLINE
    assert service(city, "kir").stage is Stage.CONVENTIONAL
    assert [move.service for move in city.register.moves.values()] == [
        service(city, "kir").id
    ]
    city.do(CloseOpening(TODAY))
    assert service(city, "izin").registered_on == day("2026-11-02")
    city.do(MoveServices(("izin",), Stage.INTEGRATED, TODAY))
    assert len(city.register.moves) == 2


def test_a_reopened_opd_keeps_the_steps_that_it_has_made() -> None:
    city = closed_city()
    city.do(MoveServices(("izin",), Stage.INTEGRATED, day("2026-11-10")))
    city.do(ReopenOpening("dinkes"))
    city.do(MoveServices(("izin",), Stage.ONLINE, day("2026-11-03")))
    series = read_all_series(city.register, Week.of(TODAY), TODAY)["city"]
    assert sum(series.forward) == 1


def test_an_opd_is_reopened_once_and_only_after_the_close() -> None:
    city = opening_city()
    assert "not closed yet" in city.refused(ReopenOpening("dinkes"))
    city.do(CloseOpening(TODAY))
    city.do(ReopenOpening("dinkes"))
    assert "already reopened" in city.refused(ReopenOpening("dinkes"))


@given(doing=st.lists(ANY, max_size=8))
@settings(max_examples=examples(12, 400))
def test_whatever_is_told_in_the_opening_no_week_has_a_step(
    doing: list[Action],
) -> None:
    city = opening_city()
    for action in doing:
        try_to(city, action)
        if not city.register.only_city.in_opening:
            return
        assert has_no_history(city.register)
        assert check_register(city.register, TODAY) == []
        for series in read_all_series(
            city.register, Week.of(TODAY), TODAY
        ).values():
            assert not any(series.forward)
            assert not any(series.backward)


@given(doing=st.lists(ANY, max_size=8), after=st.integers(0, 60))
@settings(max_examples=examples(8, 150))
def test_after_closing_the_figures_are_those_of_a_register_made_that_day(
    doing: list[Action], after: int
) -> None:
    """Only baselines have come of the opening, so one with the same ones has the same figures."""
    city = opening_city()
    for action in doing:
        try_to(city, action)
    if not city.register.only_city.in_opening:
        return
    start = TODAY - timedelta(days=after)
    city.do(CloseOpening(start))
    later = TODAY + timedelta(days=30)
    closed, made = city.register, made_on(city.register, start)
    for ahead in range(6):
        week = Week.of(start).plus(ahead)
        figures = (measure(one, week, later) for one in (closed, made))
        first, second = map(without_keys, figures)
        assert first == second


def made_on(register: Register, start: date) -> Register:
    """Return a register made anew on a day, fact by fact, with the same baselines."""
    there = register.only_city
    city = Builder(goal=there.goal, stalled_after=there.stalled_after)
    codes = {
        key: fact.code
        for table in ("opds", "applications", "services")
        for key, fact in register.table(table).items()
    }
    for opd in register.opds.values():
        city.opd(opd.code, opd.kind, name=opd.name, retired_on=opd.retired_on)
    for app in register.applications.values():
        city.application(app.code, codes.get(app.opd or ""))
    for item in register.services.values():
        same = {
            name: getattr(item, name)
            for name in ("volume", "visits", "days", "family")
        }
        application = codes.get(item.application or "")
        city.service(
            *(item.code, codes[item.opd], start, item.stage),
            name=item.name,
            owner=item.owner,
            tags=item.tags,
            application=application,
            **same,
        )
    for target in register.targets.values():
        city.target(codes[target.service], target.due_on, target.stage)
    for obstacle in register.obstacles.values():
        held = codes[obstacle.service], obstacle.opened_on, obstacle.factor
        city.obstacle(*held, obstacle.resolved_on)
    for report in register.reports.values():
        city.report(codes[report.opd], report.week)
    return city.register


def without_keys(found: CityFigures) -> CityFigures:
    """Return figures without the keys of the OPDs, which differ from register to register."""
    opds = tuple(structs.replace(opd, key="") for opd in found.opds)
    return structs.replace(found, opds=opds)


def try_to(city: City, action: Action) -> None:
    with suppress(Rejected):
        city.do(action)


@pytest.mark.parametrize("code", ["izin", "akta", "kir"])
def test_every_baseline_can_still_be_corrected_by_hand(code: str) -> None:
    city = closed_city()
    city.do(CorrectFact(service(city, code).id, {"stage": "integrated"}))
    assert service(city, code).stage is Stage.INTEGRATED
