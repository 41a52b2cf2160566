from datetime import date

from tests.tracker.builder import Builder
from tracker.decisions.status import (
    DecisionState,
    decisions_since,
    is_late,
    open_decisions,
    state_at,
)

LAST_PAGE = date(2026, 11, 15)
TODAY = date(2026, 11, 22)


def a_city() -> Builder:
    city = Builder()
    city.decision("selesai", "2026-11-02", "2026-11-20", done_on="2026-11-18")
    city.decision("batal", "2026-11-02", "2026-11-25", dropped_on="2026-11-19")
    city.decision("terlambat", "2026-11-02", "2026-11-16")
    city.decision(
        "diputus", "2026-11-09", "2026-12-01", decided_on="2026-11-17"
    )
    city.decision("lama", "2026-10-05", "2026-10-12", done_on="2026-10-12")
    city.decision("baru", "2026-11-20", "2026-12-04")
    return city


def test_each_day_has_its_own_state() -> None:
    register = a_city().register
    done = next(d for d in register.decisions.values() if d.text == "selesai")
    assert state_at(done, date(2026, 11, 17)) is DecisionState.OPEN
    assert state_at(done, date(2026, 11, 18)) is DecisionState.DONE


def test_the_page_tells_what_became_of_the_last_ones() -> None:
    news = decisions_since(a_city().register, LAST_PAGE, TODAY)
    assert [(one.decision.text, one.now, one.is_late) for one in news] == [
        ("terlambat", DecisionState.OPEN, True),
        ("selesai", DecisionState.DONE, False),
        ("batal", DecisionState.DROPPED, False),
        ("diputus", DecisionState.DECIDED, False),
    ]


def test_the_first_page_has_nothing_to_tell_of() -> None:
    assert decisions_since(a_city().register, None, TODAY) == []


def test_what_is_still_expected_comes_by_due_date() -> None:
    register = a_city().register
    found = [decision.text for decision in open_decisions(register, TODAY)]
    assert found == ["terlambat", "diputus", "baru"]
    assert [d.text for d in open_decisions(register, date(2026, 10, 11))] == [
        "lama"
    ]


def test_a_decision_is_late_only_after_its_day() -> None:
    city = Builder()
    city.decision("x", "2026-11-02", "2026-11-16")
    [decision] = city.register.decisions.values()
    assert not is_late(decision, date(2026, 11, 16))
    assert is_late(decision, date(2026, 11, 17))
