"""Where a decision stands on a day, and what became of those of the last page."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.model import Decision
from tracker.register import Register


class DecisionState(StrEnum):
    """What has become of a decision: asked for, taken, carried out or dropped."""

    OPEN = "open"
    DECIDED = "decided"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is expected of it."""
        return self in {DecisionState.DONE, DecisionState.DROPPED}


@dataclass(frozen=True)
class DecisionNews:
    """A decision of the last page, and where it stands now."""

    decision: Decision
    before: DecisionState
    now: DecisionState
    is_late: bool
    """Whether it is still expected and its date has passed."""


def state_at(decision: Decision, day: date) -> DecisionState:
    """Return where a decision stood at the end of ``day``."""
    if decision.dropped_on is not None and decision.dropped_on <= day:
        return DecisionState.DROPPED
    if decision.done_on is not None and decision.done_on <= day:
        return DecisionState.DONE
    if decision.decided_on is not None and decision.decided_on <= day:
        return DecisionState.DECIDED
    return DecisionState.OPEN


def is_late(decision: Decision, day: date) -> bool:
    """Return whether a decision is still expected at ``day`` though its date has passed."""
    return decision.due_on < day and not state_at(decision, day).is_closed


def outcome_at(decision: Decision, day: date) -> str:
    """Return what was told by ``day`` of a decision; nothing of one that was closed later."""
    closed_on = decision.done_on or decision.dropped_on
    is_later = closed_on is not None and closed_on > day
    return "" if is_later else decision.outcome


def open_decisions(register: Register, day: date) -> list[Decision]:
    """Return what was asked for by ``day`` and is still expected, the earliest due first."""
    found = [
        decision
        for decision in register.decisions.values()
        if decision.asked_on <= day and not state_at(decision, day).is_closed
    ]
    return sorted(found, key=lambda decision: (decision.due_on, decision.id))


def decisions_since(
    register: Register,
    last: date | None,
    day: date,
) -> list[DecisionNews]:
    """Return what became by ``day`` of the decisions that a page as of ``last`` asked for.

    These are the decisions still expected at ``last``; none if there was no page before.
    """
    if last is None:
        return []
    return [
        DecisionNews(
            decision,
            before=state_at(decision, last),
            now=state_at(decision, day),
            is_late=is_late(decision, day),
        )
        for decision in open_decisions(register, last)
    ]
