from datetime import UTC, date, datetime

import pytest

from screens.filter import parse_filter
from screens.state import DayView, State
from tests.screens.harness import TODAY
from tests.tracker.builder import Builder
from tracker.actions.draft import Action, Context
from tracker.actions.moves import MoveServices
from tracker.actions.opds import EditOPD
from tracker.actions.perform import perform
from tracker.actions.services import (
    AddService,
    EditService,
    RetireServices,
    TransferServices,
)
from tracker.actions.targets_obstacles import AddObstacles, SetTargets
from tracker.actions.undo import Redo, Undo
from tracker.language import load_language
from tracker.metrics.touched import find_touched_services
from tracker.model import Factor, Stage
from tracker.register import Register
from tracker.store.memory import MemoryStore


def state_of(register: Register, wanted: str = "") -> State:
    facts = DayView(register, TODAY).compute_all()
    return State(
        facts, load_language("en"), "Sari", parse_filter(wanted), measured=facts
    )


def services(city: Builder, wanted: str) -> list[str]:
    return [
        row.service.code
        for row in state_of(city.register, wanted).filtered_services()
    ]


def opds(city: Builder, wanted: str) -> list[str]:
    return [opd.code for opd in state_of(city.register, wanted).filtered_opds()]


def test_without_a_filter_every_active_service_is_there_by_name(
    city: Builder,
) -> None:
    city.closure("rujuk", "2026-10-01")
    assert services(city, "") == ["akta", "izin", "kk", "ktp"]


def test_words_are_looked_for_in_names_codes_tags_and_the_opds_names(
    city: Builder,
) -> None:
    assert services(city, "elektronik") == ["ktp"]
    assert services(city, "wajib") == ["ktp"]
    assert services(city, "disdukcapil kartu") == ["kk"]
    assert services(city, "kesehatan") == ["izin", "rujuk"]
    assert services(city, "kesehatan kartu") == []


def test_stage_flag_and_opd_narrow_together(city: Builder) -> None:
    assert services(city, "tahap:online") == ["izin", "kk", "rujuk"]
    assert services(city, "tahap:online opd:dinkes") == ["izin", "rujuk"]
    assert services(city, "terlambat") == ["akta"]
    assert services(city, "belum-verifikasi") == ["izin", "kk", "ktp"]
    assert services(city, "hibrida") == ["kk"]
    assert services(city, "macet") == ["akta", "rujuk"]
    assert services(city, "bergerak") == ["izin"]
    assert services(city, "bergerak-minggu-lalu") == ["ktp"]


def test_the_services_are_looked_for_again_only_where_something_changed(
    city: Builder,
) -> None:
    state = state_of(city.register, "kartu")
    found = state.filtered_services()
    assert state.filtered_services() is found

    state.filter = parse_filter("kesehatan")
    assert [row.service.code for row in state.filtered_services()] == [
        "izin",
        "rujuk",
    ]
    city.closure("rujuk", "2026-10-01")
    state.facts = DayView(city.register, TODAY)
    assert [row.service.code for row in state.filtered_services()] == ["izin"]

    state.measured, state.filter = None, parse_filter("sunyi")
    assert not state.filtered_services()
    state.measured = state.facts.compute_all()
    silent = [row.service.code for row in state.filtered_services()]
    assert silent == ["akta", "kk", "ktp"]


def test_an_opd_shows_where_it_or_one_of_its_services_matches(
    city: Builder,
) -> None:
    assert opds(city, "") == ["dinkes", "dukcapil"]
    assert opds(city, "kesehatan") == ["dinkes"]
    assert opds(city, "kartu") == ["dukcapil"]
    assert opds(city, "terlambat") == ["dukcapil"]
    assert opds(city, "opd:dinkes terlambat") == []


def test_an_opd_or_a_tag_that_is_named_in_full_means_no_other_that_begins_like_it(
    city: Builder,
) -> None:
    city.opd("dinkes-lab", name="Laboratorium Dinkes")
    city.service(
        "uji", "dinkes-lab", "2026-08-03", name="Uji air", tags=("wajib pusat",)
    )
    assert services(city, "opd:dinkes") == ["izin", "rujuk"]
    assert services(city, "opd:dinkes-l") == ["uji"]
    assert services(city, "opd:dinke") == ["izin", "rujuk", "uji"]
    assert opds(city, "opd:dinkes") == ["dinkes"]
    assert services(city, "tag:wajib") == ["ktp"]
    assert services(city, "tag:waj") == ["ktp", "uji"]


def test_an_opd_that_is_gone_is_not_shown_until_figures_are_worked_out_again(
    city: Builder,
) -> None:
    before = city.register
    city.opd("baru", name="Dinas Baru")
    state = state_of(city.register)
    assert "baru" in [opd.code for opd in state.filtered_opds()]
    state.facts = DayView(before, TODAY)
    assert [opd.code for opd in state.filtered_opds()] == ["dinkes", "dukcapil"]


def test_an_opd_without_services_now_is_found_by_its_name(
    city: Builder,
) -> None:
    for code in ("izin", "rujuk"):
        city.closure(code, "2026-11-18")
    assert opds(city, "opd:dinkes") == ["dinkes"]
    assert opds(city, "opd:dinkes tahap:online") == []


def test_the_silent_are_those_not_heard_from_in_the_running_week(
    city: Builder,
) -> None:
    assert opds(city, "sunyi") == ["dukcapil"]
    assert services(city, "sunyi") == ["akta", "kk", "ktp"]


def test_a_pace_narrows_opds_and_their_services(city: Builder) -> None:
    pace = next(
        opd.figures.pace
        for opd in state_of(city.register).filtered_opds()
        if opd.code == "dukcapil"
    )
    assert pace is not None
    assert "dukcapil" in opds(city, f"laju:{pace.value}")
    assert "ktp" in services(city, f"pace:{pace.value}")


ACTIONS: list[Action] = [
    MoveServices(("akta", "kk"), Stage.INTEGRATED, TODAY),
    TransferServices(("izin",), "dukcapil", TODAY),
    RetireServices(("ktp",), TODAY),
    SetTargets(("rujuk",), Stage.INTEGRATED, date(2026, 12, 1)),
    AddObstacles(("kk",), Factor.LEADERSHIP, "Belum ada keputusan", TODAY),
    EditService("rujuk", {"name": "Akta rujukan", "tags": ("wajib",)}),
    AddService("dinkes", "Vaksin", TODAY),
]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_rows_taken_over_after_an_action_are_those_made_anew(
    city: Builder, action: Action
) -> None:
    store = MemoryStore(city.register)
    facts = DayView(store.load(), TODAY)
    now = datetime(2026, 11, 19, tzinfo=UTC)
    for step in (action, Undo(), Redo()):
        assert facts.rows
        assert facts.row_of
        after = facts.with_register(
            perform(store, step, Context("Sari", now, TODAY)).register
        )
        assert "row_of" in vars(after)
        touched = find_touched_services(facts.register, after.register)
        assert 1 <= len(touched) <= 2
        anew = DayView(after.register, TODAY)
        assert after.rows == anew.rows
        assert after.row_of == anew.row_of
        assert after.rows != facts.rows
        facts = after


def test_rows_are_made_anew_where_an_opd_has_changed(city: Builder) -> None:
    store = MemoryStore(city.register)
    facts = DayView(store.load(), TODAY)
    assert facts.rows
    action = EditOPD("dinkes", {"name": "Dinas Sehat"})
    done = perform(
        store,
        action,
        Context("Sari", datetime(2026, 11, 19, tzinfo=UTC), TODAY),
    )
    assert (
        facts.with_register(done.register).rows
        == DayView(done.register, TODAY).rows
    )
    assert "Dinas Sehat" in {
        row.opd.name for row in facts.with_register(done.register).rows
    }
