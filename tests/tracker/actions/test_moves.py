from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.depth import examples
from tests.tracker.actions.world import TODAY, City, day
from tracker.actions.decisions import FinishDecisions
from tracker.actions.draft import Action
from tracker.actions.moves import (
    CorrectFact,
    MoveServices,
    VerifyServices,
    WithdrawFact,
)
from tracker.actions.services import EditService, TransferServices
from tracker.actions.targets_obstacles import ResolveObstacles
from tracker.errors import Rejected
from tracker.history import opd_at
from tracker.lookup import number_of
from tracker.model import Stage


def moved(
    city: City, on: str = "2026-06-01", stage: Stage = Stage.ONLINE
) -> str:
    """Move izin and return the number of the entry."""
    city.do(
        MoveServices(("izin",), stage, day(on), evidence="lisan", visits=1.0)
    )
    return number_of(city.register.moves[max(city.register.moves)])


def test_several_services_move_in_one_entry() -> None:
    city = City()
    done = city.do(
        MoveServices(
            ("izin", "kir", "Izin praktik"),
            Stage.ONLINE,
            day("2026-06-01"),
            note="a\r\nb",
        )
    )
    assert done.entry is not None
    assert len(done.entry.changes["moves"]) == len(city.register.moves) == 2
    assert {move.note for move in city.register.moves.values()} == {"a\nb"}
    assert city.stage("izin", day("2026-05-31")) is Stage.CONVENTIONAL
    assert city.stage("izin", day("2026-06-01")) is Stage.ONLINE


MINUTES = st.integers(-2000, 2000)


@settings(max_examples=examples(20, 300))
@given(
    st.lists(
        st.tuples(
            MINUTES,
            st.builds(
                MoveServices,
                st.just(("izin",)),
                st.sampled_from(Stage),
                st.just(TODAY),
            )
            | st.builds(
                TransferServices,
                st.just(("izin",)),
                st.sampled_from(["dinkes", "dishub", "arsip"]),
                st.just(TODAY),
            ),
        ),
        max_size=6,
    )
)
def test_what_is_entered_last_counts_whatever_the_clock_says(
    entered: list[tuple[int, MoveServices | TransferServices]],
) -> None:
    city = City()
    stage, opd = Stage.CONVENTIONAL, "dinkes"
    for minutes, action in entered:
        city._minutes = minutes
        try:
            city.do(action)
        except Rejected:
            continue  # it is in that stage, or of that OPD, already
        if isinstance(action, MoveServices):
            stage = action.stage
        else:
            opd = action.opd
        service = city.register.service_codes["izin"]
        assert city.stage("izin") is stage
        owner = opd_at(city.register, service, TODAY)
        assert city.register.opds[owner].code == opd


def test_a_move_may_be_verified_at_once() -> None:
    city = City()
    city.do(
        MoveServices(
            ("izin",),
            Stage.INTEGRATED,
            day("2026-06-01"),
            verified=True,
            days=2.0,
        )
    )
    (move,) = city.register.moves.values()
    assert (move.verified_on, move.days) == (TODAY, 2.0)


def test_a_move_that_moves_and_says_nothing_is_refused() -> None:
    city = City()
    city.do(
        MoveServices(
            ("izin",),
            Stage.ONLINE,
            day("2026-06-01"),
            evidence="surat",
            verified=True,
        )
    )
    for move in (
        MoveServices(("izin",), Stage.ONLINE, TODAY),
        MoveServices(
            ("izin",),
            Stage.ONLINE,
            TODAY,
            evidence="  ",
            note="\n",
            verified=True,
        ),
        MoveServices(("akta",), Stage.ONLINE, day("2026-01-05")),
    ):
        assert "in that stage already: verify it" in city.refused(move)
    said = city.refused(
        MoveServices(("izin", "kir", "akta"), Stage.ONLINE, TODAY)
    )
    assert [line.split(" ", 1)[0] for line in said.splitlines()] == [
        "izin",
        "akta",
    ]


@pytest.mark.parametrize(
    "more",
    [{"evidence": "BA 7"}, {"note": "dicek"}, {"visits": 0.0}, {"days": 0.0}],
)
def test_a_move_to_the_same_stage_may_state_something(
    more: dict[str, Any],
) -> None:
    city = City()
    city.do(MoveServices(("akta",), Stage.ONLINE, TODAY, **more))
    assert len(city.register.moves) == 1


def test_what_was_reached_later_may_be_entered_for_an_earlier_day() -> None:
    city = City()
    moved(city)
    city.do(MoveServices(("izin",), Stage.ONLINE, day("2026-05-01")))
    assert city.stage("izin", day("2026-05-01")) is Stage.ONLINE


def test_of_two_moves_on_a_day_the_one_recorded_last_counts() -> None:
    city = City()
    moved(city)
    moved(city, stage=Stage.INTEGRATED)
    assert city.stage("izin") is Stage.INTEGRATED


@pytest.mark.parametrize(
    ("action", "why"),
    [
        (
            MoveServices(("izin",), Stage.ONLINE, day("2026-01-04")),
            "before its registration",
        ),
        (
            MoveServices(("izin",), Stage.ONLINE, day("2026-11-20")),
            "still to come",
        ),
        (MoveServices(("izin", "kir"), Stage.ONLINE, day("2026-02-01")), "kir"),
        (MoveServices(("tiada",), Stage.ONLINE, TODAY), "No service is called"),
        (
            MoveServices(("izin",), Stage.ONLINE, TODAY, visits=-1.0),
            "cannot be",
        ),
        (
            MoveServices(("izin",), Stage.ONLINE, TODAY, note="n" * 10_001),
            "too long",
        ),
        (
            MoveServices(("izin",), Stage.ONLINE, TODAY, evidence="\x1b[2J"),
            "hidden character",
        ),
        (VerifyServices(("izin",), TODAY), "nothing to verify"),
        (CorrectFact("999", {"on": TODAY}), "`service show` lists them"),
        (ResolveObstacles(("999",), TODAY), "`obstacle list` lists them"),
        (FinishDecisions(("999",), TODAY), "`decision list` lists them"),
        (
            MoveServices(("izin",), Stage.ONLINE, TODAY, visits=2e6),
            "2000000 cannot be",
        ),
        (CorrectFact("x-0000001", {"id": "y"}), "cannot be changed"),
        (CorrectFact("x-0000001", {"illustrative": True}), "`config set` does"),
        (WithdrawFact("x-0000001", "salah"), "city itself"),
        (WithdrawFact("6", "salah ketik"), "rest on this one"),
    ],
)
def test_what_is_refused(action: Action, why: str) -> None:
    city = City()
    city.do(MoveServices(("akta",), Stage.INTEGRATED, day("2026-06-01")))
    city.do(TransferServices(("izin",), "dishub", day("2026-06-01")))
    assert why in city.refused(action)


def test_a_claim_is_verified_from_its_day_on() -> None:
    city = City()
    moved(city)
    assert "nothing to verify" in city.refused(
        VerifyServices(("izin",), day("2026-05-31"))
    )
    assert "not between the move and today" in city.refused(
        VerifyServices(("izin",), day("2026-12-01"))
    )
    city.do(VerifyServices(("izin",), day("2026-06-03")))
    assert city.do(VerifyServices(("izin",), day("2026-06-04"))).entry is None
    (move,) = city.register.moves.values()
    assert move.verified_on == day("2026-06-03")


def test_an_entry_is_put_right_and_the_log_keeps_what_stood_there() -> None:
    city = City()
    number = moved(city)
    fields = {
        "on": "2026-06-08",
        "stage": "integrated",
        "evidence": None,
        "visits": 0.5,
    }
    done = city.do(CorrectFact(number, fields, "salah ketik"))
    (move,) = city.register.moves.values()
    assert (move.on, move.stage, move.evidence, move.visits) == (
        day("2026-06-08"),
        Stage.INTEGRATED,
        "",
        0.5,
    )
    assert done.entry is not None
    assert done.entry.why == "salah ketik"
    assert done.entry.changes["moves"][move.id]["on"] == "2026-06-01"
    assert move.recorded_at < done.entry.recorded_at


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"on": "2026-01-04"}, "before its registration"),
        ({"on": "2026-11-20"}, "still to come"),
        ({"on": None}, "“on” cannot be empty"),
        ({"on": "kemarin"}, "is not what “on” can be"),
        ({"stage": "lewat"}, "is not what “stage” can be"),
        ({"service": "kir"}, "cannot be changed"),
        ({"by": "orang lain"}, "cannot be changed"),
        ({"recorded_at": "2020-01-01T00:00:00Z"}, "cannot be changed"),
        ({"colour": "red"}, "cannot be changed"),
        ({"visits": -1}, "cannot be"),
        ({"verified_on": "2026-05-31"}, "not between the move and today"),
    ],
)
def test_corrections_that_are_refused(
    fields: dict[str, object], why: str
) -> None:
    city = City()
    assert why in city.refused(CorrectFact(moved(city), fields))


@pytest.mark.parametrize(
    ("fields", "verified"),
    [
        ({"stage": "integrated"}, None),
        ({"stage": "integrated", "verified_on": "2026-06-04"}, "2026-06-04"),
        ({"stage": "online", "note": "surat"}, "2026-06-03"),
        ({"on": "2026-06-02"}, "2026-06-03"),
        ({"on": "2026-06-03"}, "2026-06-03"),
        ({"on": "2026-06-04"}, None),
        ({"on": "2026-06-04", "verified_on": "2026-06-05"}, "2026-06-05"),
    ],
)
def test_a_verification_does_not_outlive_its_claim(
    fields: dict[str, str], verified: str | None
) -> None:
    city = City()
    number = moved(city)
    city.do(VerifyServices(("izin",), day("2026-06-03")))
    city.do(CorrectFact(number, fields))
    (move,) = city.register.moves.values()
    assert move.verified_on == (day(verified) if verified else None)


def test_a_baseline_is_put_right_too() -> None:
    city = City()
    moved(city)
    izin = city.register.service_codes["izin"]
    city.do(
        CorrectFact(
            izin.id,
            {"registered_on": "2026-02-02", "opd": "dishub", "visits": 3},
        )
    )
    izin = city.register.service_codes["izin"]
    assert (izin.opd, izin.visits) == (
        city.register.opd_codes["dishub"].id,
        3.0,
    )
    late = CorrectFact(izin.id, {"registered_on": "2026-06-02"})
    assert "before its registration" in city.refused(late)


def test_an_entry_is_withdrawn_with_its_reason() -> None:
    city = City()
    number = moved(city)
    assert "Say why" in city.refused(WithdrawFact(number, "  "))
    city.do(WithdrawFact(number, "klaim tidak benar"))
    assert city.register.moves == {}
    assert city.stage("izin") is Stage.CONVENTIONAL
    assert city.register.log[max(city.register.log)].why == "klaim tidak benar"


def test_a_corrections_tags_are_tidied_as_an_edits_are() -> None:
    city = City()
    city.do(CorrectFact("6", {"tags": (" wajib ", "", "wajib")}))
    assert city.register.service_codes["izin"].tags == ("wajib",)
    assert "is not what “tags” can be" in city.refused(
        EditService("izin", {"tags": "wajib"})
    )


@pytest.mark.parametrize("nothing", [None, ""])
def test_the_baselines_stage_is_put_right_but_never_emptied(
    nothing: str | None,
) -> None:
    city = City()
    akta = city.register.service_codes["akta"].id
    assert "“stage” cannot be empty" in city.refused(
        CorrectFact(akta, {"stage": nothing})
    )
    city.do(CorrectFact(akta, {"stage": "integrated"}))
    assert city.stage("akta") is Stage.INTEGRATED
