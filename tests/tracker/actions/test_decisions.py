from datetime import timedelta

import pytest

from tests.tracker.actions.world import TODAY, City, day
from tracker.actions.decisions import (
    AddDecisions,
    DecisionDraft,
    DropDecisions,
    EditDecision,
    FinishDecisions,
)
from tracker.actions.draft import Action
from tracker.actions.moves import WithdrawFact
from tracker.actions.undo import Undo
from tracker.model import Decision
from tracker.rules import check_register

ASKED_ON = day("2026-11-09")
DUE_ON = day("2026-12-01")


def a_city(proposal: str = "") -> City:
    """Return a city that has asked for one decision."""
    city = City()
    draft = DecisionDraft(" Satu  SK ", "Sekda", DUE_ON, proposal)
    city.do(AddDecisions((draft,), ASKED_ON))
    return city


def only_decision(city: City) -> Decision:
    [decision] = city.register.decisions.values()
    return decision


def test_a_decision_is_asked_of_someone_by_a_day() -> None:
    decision = only_decision(a_city())
    assert (decision.text, decision.owner) == ("Satu SK", "Sekda")
    assert (decision.asked_on, decision.due_on) == (ASKED_ON, DUE_ON)


def test_several_are_asked_for_at_once_and_taken_back_at_once() -> None:
    city = City()
    drafts = tuple(
        DecisionDraft(text, "Sekda", TODAY) for text in ("satu", "dua")
    )
    city.do(AddDecisions(drafts, TODAY))
    assert len(city.register.decisions) == 2
    city.do(Undo())
    assert not city.register.decisions


def test_a_decision_carried_out_was_decided_too() -> None:
    city = a_city()
    city.do(FinishDecisions((only_decision(city).id,), TODAY, "SK 188/2026"))
    decision = only_decision(city)
    assert (decision.decided_on, decision.done_on) == (TODAY, TODAY)
    assert decision.outcome == "SK 188/2026"


def test_carrying_out_keeps_the_earlier_day_of_the_decision() -> None:
    city = a_city()
    key, decided = only_decision(city).id, TODAY - timedelta(days=3)
    city.do(EditDecision(key, {"decided_on": decided}))
    city.do(FinishDecisions((key,), TODAY))
    assert only_decision(city).decided_on == decided


def test_a_dropped_decision_keeps_why() -> None:
    city = a_city()
    done = city.do(
        DropDecisions((only_decision(city).id,), TODAY, "sudah diatur")
    )
    assert only_decision(city).outcome == "sudah diatur"
    assert done.entry is not None
    assert done.entry.why == "sudah diatur"


def test_a_closed_decision_can_be_opened_again_by_an_edit() -> None:
    city = a_city()
    key = only_decision(city).id
    city.do(FinishDecisions((key,), TODAY))
    assert "was closed on" in city.refused(FinishDecisions((key,), TODAY))
    city.do(EditDecision(key, {"done_on": None}))
    city.do(DropDecisions((key,), TODAY, "tidak jadi"))
    assert only_decision(city).dropped_on == TODAY


def test_the_same_proposal_is_asked_for_once() -> None:
    city = a_city("family:kecamatan")
    again = DecisionDraft("lain", "Sekda", DUE_ON, "family:kecamatan")
    said = city.refused(AddDecisions((again,), TODAY))
    assert "already a decision on the proposal" in said


def test_a_withdrawn_decision_frees_its_proposal() -> None:
    city = a_city("family:kecamatan")
    city.do(WithdrawFact(only_decision(city).id, "salah"))
    again = DecisionDraft("lain", "Sekda", DUE_ON, "family:kecamatan")
    city.do(AddDecisions((again,), TODAY))
    assert only_decision(city).text == "lain"


@pytest.mark.parametrize(
    ("action", "why"),
    [
        (AddDecisions((), TODAY), "no decision to ask for"),
        (
            AddDecisions((DecisionDraft(" ", "Sekda", DUE_ON),), TODAY),
            "what is to be decided",
        ),
        (
            AddDecisions((DecisionDraft("x", "", DUE_ON),), TODAY),
            "who has to decide",
        ),
        (
            AddDecisions(
                (DecisionDraft("x", "Sekda", DUE_ON),), day("2026-11-20")
            ),
            "still to come",
        ),
        (
            AddDecisions(
                (DecisionDraft("x", "Sekda", day("2026-11-01")),), TODAY
            ),
            "is before",
        ),
        (FinishDecisions(("6",), TODAY), "is not a decision"),
        (DropDecisions(("6",), TODAY, "x"), "is not a decision"),
        (DropDecisions((), TODAY, " "), "why the decision is dropped"),
    ],
)
def test_what_cannot_be_is_refused(action: Action, why: str) -> None:
    assert why in City().refused(action)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"done_on": day("2026-11-08")}, "is before"),
        ({"decided_on": day("2026-11-20")}, "still to come"),
        (
            {"done_on": TODAY, "dropped_on": TODAY},
            "either carried out or dropped",
        ),
        ({"owner": ""}, "cannot be empty"),
        ({"proposal": "family:dinas"}, "cannot be changed here"),
    ],
)
def test_an_edit_breaks_no_rule(fields: dict[str, object], why: str) -> None:
    city = a_city()
    assert why in city.refused(EditDecision(only_decision(city).id, fields))


def test_a_register_with_a_broken_decision_is_found_out() -> None:
    city = a_city()
    decision = only_decision(city)
    broken = Decision(
        id=decision.id,
        recorded_at=decision.recorded_at,
        by=decision.by,
        text="x",
        owner="Sekda",
        due_on=DUE_ON,
        asked_on=ASKED_ON,
        done_on=TODAY,
        dropped_on=TODAY,
    )
    register = city.register.changed({"decisions": {broken.id: broken}})
    [problem] = check_register(register, TODAY)
    assert "either carried out or dropped" in str(problem)
