import pytest

from tests.tracker.actions.world import TODAY, City, day
from tests.tracker.builder import Builder
from tracker.actions.applications import (
    AddApplication,
    EditApplication,
    IntegrateApplication,
    RetireApplication,
)
from tracker.actions.city import AddEvaluation, AddMilestone, ChangeCity
from tracker.actions.draft import Action
from tracker.actions.moves import CorrectFact, MoveServices
from tracker.actions.targets_obstacles import (
    AddObstacles,
    ClearTargets,
    ResolveObstacles,
    SetTargets,
)
from tracker.actions.undo import Undo
from tracker.lookup import number_of
from tracker.model import Factor, Stage
from tracker.rules import check_register


@pytest.mark.parametrize(
    ("action", "why"),
    [
        (
            SetTargets((), Stage.ONLINE, TODAY, "arsip"),
            "no service to set a target for",
        ),
        (SetTargets(("tiada",), Stage.ONLINE, TODAY), "No service is called"),
        (ClearTargets(("izin",)), "no target to clear"),
        (
            AddObstacles(("izin",), Factor.PEOPLE, " ", TODAY),
            "Say what the obstacle is",
        ),
        (
            AddObstacles(("izin",), Factor.PEOPLE, "x", day("2026-11-20")),
            "still to come",
        ),
        (ResolveObstacles(("6",), TODAY), "is not an obstacle"),
        (AddApplication("Salaman"), "is there already, with the code salaman"),
        (AddApplication("Lain", code="salaman"), "already taken"),
        (AddApplication("Lain", fields={"opd": "planet"}), "No OPD is called"),
        (EditApplication("salaman", {"name": ""}), "cannot be empty"),
        (EditApplication("tiada", {"name": "x"}), "No application is called"),
        (IntegrateApplication("salaman", day("2026-11-20")), "still to come"),
        (AddMilestone(TODAY, "  "), "Say what the milestone is"),
        (AddEvaluation(" ", 2024), "Say which instrument"),
        (AddEvaluation("SPBE", 2024, score=-1.0), "cannot be"),
        (ChangeCity({"timezone": "Bandung"}), "is not a time zone"),
        (ChangeCity({"timezone": "../etc"}), "is not a time zone"),
        (ChangeCity({"stalled_after": 0}), "at least one day"),
        (ChangeCity({"name": ""}), "cannot be empty"),
        (ChangeCity({"illustrative": True}), "cannot be changed here"),
        (ChangeCity({"goal": "nanti"}), "is not what “goal” can be"),
    ],
)
def test_what_is_refused(action: Action, why: str) -> None:
    assert why in City().refused(action)


def test_a_target_for_a_stage_is_replaced() -> None:
    city = City()
    city.do(SetTargets(("izin",), Stage.ONLINE, day("2026-12-01")))
    city.do(SetTargets((), Stage.ONLINE, day("2026-12-31"), "Dinkes Kota"))
    city.do(SetTargets(("izin",), Stage.INTEGRATED, day("2027-12-31")))
    found = {
        (t.service, t.stage): t.due_on for t in city.register.targets.values()
    }
    izin, akta = (
        city.register.service_codes[code].id for code in ("izin", "akta")
    )
    assert found == {
        (izin, Stage.ONLINE): day("2026-12-31"),
        (akta, Stage.ONLINE): day("2026-12-31"),
        (izin, Stage.INTEGRATED): day("2027-12-31"),
    }
    city.do(ClearTargets(("izin",), Stage.ONLINE))
    city.do(ClearTargets((), opd="dinkes"))
    assert city.register.targets == {}


def test_an_obstacle_is_resolved_once() -> None:
    city = City()
    city.do(
        AddObstacles(
            ("izin",), Factor.PEOPLE, "belum ada petugas", day("2026-06-01")
        )
    )
    (obstacle,) = city.register.obstacles.values()
    number = number_of(obstacle)
    assert "before it begins" in city.refused(
        ResolveObstacles((number,), day("2026-05-31"))
    )
    assert "still to come" in city.refused(
        ResolveObstacles((number,), day("2026-11-20"))
    )
    city.do(ResolveObstacles((number,), day("2026-06-01")))
    assert "was resolved on" in city.refused(
        ResolveObstacles((number,), day("2026-06-02"))
    )


def test_several_obstacles_are_resolved_as_one_action_or_none() -> None:
    city = City()
    for description in ("belum ada petugas", "belum ada perangkat"):
        city.do(
            AddObstacles(
                ("izin",), Factor.PEOPLE, description, day("2026-06-01")
            )
        )
    numbers = tuple(map(number_of, city.register.obstacles.values()))
    assert "is not an obstacle" in city.refused(
        ResolveObstacles((numbers[0], "1"), TODAY)
    )
    done = city.do(ResolveObstacles(numbers, TODAY))
    assert done.entry is not None
    assert len(done.entry.changes["obstacles"]) == 2
    city.do(Undo())
    assert [one.resolved_on for one in city.register.obstacles.values()] == [
        None,
        None,
    ]


def test_an_application_takes_its_online_services_with_it() -> None:
    city = City()
    done = city.do(
        IntegrateApplication(
            "Salaman", day("2026-06-01"), "BA 3", verified=True
        )
    )
    assert done.entry is not None
    assert set(done.entry.changes) == {"applications", "moves"}
    assert city.stage("akta") is Stage.INTEGRATED
    (move,) = city.register.moves.values()
    assert (move.evidence, move.verified_on) == ("BA 3", TODAY)
    assert "behind the single door since" in city.refused(
        IntegrateApplication("salaman", TODAY)
    )


def test_services_that_are_not_online_that_day_stay() -> None:
    city = City()
    city.do(MoveServices(("akta",), Stage.CONVENTIONAL, day("2026-05-04")))
    city.do(IntegrateApplication("salaman", day("2026-06-01")))
    assert city.stage("akta") is Stage.CONVENTIONAL


def test_an_application_is_switched_off_once() -> None:
    city = City()
    city.do(RetireApplication("salaman", day("2026-06-01")))
    assert city.stage("akta") is Stage.ONLINE
    assert "switched off" in city.refused(RetireApplication("salaman", TODAY))
    assert "switched off" in city.refused(
        IntegrateApplication("salaman", day("2026-06-01"))
    )
    city.do(EditApplication("salaman", {"retired_on": None, "opd": "dishub"}))
    city.do(IntegrateApplication("salaman", day("2026-06-01")))


@pytest.mark.parametrize(
    ("action", "why"),
    [
        (
            EditApplication("salaman", {"integrated_on": "2026-11-20"}),
            "2026-11-20 is still to come",
        ),
        (
            AddApplication("Lain", fields={"integrated_on": day("2026-11-20")}),
            "2026-11-20 is still to come",
        ),
        (
            CorrectFact("5", {"integrated_on": "2026-11-20"}),
            "2026-11-20 is still to come",
        ),
        (
            EditApplication("salaman", {"retired_on": "2026-06-01"}),
            "cannot have gone behind the single door",
        ),
        (
            EditApplication("salaman", {"integrated_on": "2026-10-05"}),
            "switched off on 2026-10-05",
        ),
        (
            RetireApplication("salaman", day("2026-05-04")),
            "cannot have gone behind the single door",
        ),
    ],
)
def test_days_of_an_application_that_cannot_be(
    action: Action, why: str
) -> None:
    city = City()
    city.do(IntegrateApplication("salaman", day("2026-06-01")))
    if isinstance(action, EditApplication) and "integrated_on" in action.fields:
        city.do(RetireApplication("salaman", day("2026-10-05")))
    assert why in city.refused(action)


def test_an_old_applications_days_are_told_of_and_hinder_nothing_else() -> None:
    builder = Builder()
    builder.application(
        "lapor", integrated_on="2027-01-04", retired_on="2026-06-01"
    )
    city = City(builder.register)
    assert len(check_register(city.register, TODAY)) == 2
    city.do(EditApplication("lapor", {"url": "lapor.go.id"}))


def test_no_correction_moves_an_obstacle_into_the_future() -> None:
    city = City()
    city.do(
        AddObstacles(("izin",), Factor.PEOPLE, "petugas", day("2026-06-01"))
    )
    number = max(city.register.obstacles)
    for field in ("opened_on", "resolved_on"):
        assert "2026-11-20 is still to come" in city.refused(
            CorrectFact(number, {field: "2026-11-20"})
        )


def test_an_instrument_evaluates_a_year_once() -> None:
    city = City()
    city.do(AddEvaluation("SPBE", 2024, score=4.59, improvement=-0.1, rank=1))
    assert "already there" in city.refused(AddEvaluation(" SPBE ", 2024))
    city.do(AddEvaluation("SPBE", 2025))


def test_the_citys_settings_change() -> None:
    city = City()
    city.do(
        ChangeCity(
            {
                "goal": None,
                "timezone": "Asia/Jayapura",
                "stalled_after": 56,
                "portal": " Pintu ",
            }
        )
    )
    found = city.register.only_city
    assert (found.goal, found.timezone, found.stalled_after, found.portal) == (
        None,
        "Asia/Jayapura",
        56,
        "Pintu",
    )


def test_a_milestone_is_a_dated_remark() -> None:
    city = City()
    city.do(
        AddMilestone(
            day("2026-06-01"), " Cara menghitung berubah ", method_break=True
        )
    )
    (milestone,) = city.register.milestones.values()
    assert (milestone.text, milestone.method_break) == (
        "Cara menghitung berubah",
        True,
    )


def test_a_target_takes_the_place_of_all_that_an_import_has_brought_for_its_stage() -> (
    None
):
    builder = Builder()
    builder.opd("dinkes")
    builder.service("izin", "dinkes", "2026-01-05")
    builder.target("izin", "2026-06-01")
    builder.target("izin", "2026-09-01")
    builder.target("izin", "2026-09-01", "online")
    city = City(builder.register)
    city.do(SetTargets(("izin",), Stage.INTEGRATED, day("2027-06-01")))
    targets = city.register.targets.values()
    assert sorted(
        (target.stage.value, str(target.due_on)) for target in targets
    ) == [
        ("integrated", "2027-06-01"),
        ("online", "2026-09-01"),
    ]
