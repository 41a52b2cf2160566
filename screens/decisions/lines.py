"""Decisions in lines: those still expected, those the register suggests, and those closed."""

from collections.abc import Iterator, Sequence
from datetime import date

from screens.navigation import DecisionLine, ProposalLine
from screens.state import State
from screens.widgets.lines import Item
from screens.widgets.paint import Line, Piece, safe_line, wrap_text
from tracker.actions.decisions import DecisionDraft
from tracker.decisions.status import (
    is_late,
    open_decisions,
    outcome_at,
    state_at,
)
from tracker.labels import decision_state_word
from tracker.language import N_
from tracker.model import Decision

_ROOMY = 100
MOST_CLOSED = 20
"""Closed decisions that are listed, the latest first."""


def decision_items(
    state: State,
    proposals: Sequence[DecisionDraft],
    width: int,
) -> list[Item]:
    """Return the lines of a list ``width`` cells wide."""
    asked = open_decisions(state.register, state.today)
    closed = _closed_decisions(state)
    groups = {
        N_("Asked for"): [_decision_item(one, state, width) for one in asked],
        N_("Suggested"): [
            _proposal_item(one, state, width) for one in proposals
        ],
        N_("Closed"): [_decision_item(one, state, width) for one in closed],
    }
    items: list[Item] = []
    for heading, lines in groups.items():
        if lines:
            items.append(_heading_item(heading, len(lines), state))
            items += lines

    return items


def _closed_decisions(state: State) -> list[Decision]:
    """Return the decisions carried out or dropped, the latest closed first."""
    closed = []
    for decision in state.register.decisions.values():
        closed_on = _closed_on(decision, state)
        if closed_on is not None:
            closed.append((closed_on, decision.id, decision))

    closed.sort(key=lambda one: one[:2], reverse=True)
    return [decision for *_, decision in closed[:MOST_CLOSED]]


def _closed_on(decision: Decision, state: State) -> date | None:
    """Return when a decision was carried out or dropped; None if it was not by the day on view."""
    closed_on = decision.done_on or decision.dropped_on
    is_closed = closed_on is not None and closed_on <= state.today
    return closed_on if is_closed else None


def _heading_item(heading: str, count: int, state: State) -> Item:
    language = state.language
    number = language.number(count, 0)
    return Item(((f" {language.text(heading)} ", "title"), (number, "strong")))


def _decision_item(decision: Decision, state: State, width: int) -> Item:
    late = is_late(decision, state.today)
    word = decision_state_word(state_at(decision, state.today), late=late)
    role = "warn" if late else "quiet"
    shown: Piece = (f" {state.language.text(word)} ", role)
    pieces = _line_pieces(decision.text, decision.owner, width)
    day = _closed_on(decision, state) or decision.due_on
    dated: Piece = (f" {state.language.date(day)} ", "quiet")
    return Item(pieces, DecisionLine(decision.id), (shown, dated))


def _proposal_item(proposal: DecisionDraft, state: State, width: int) -> Item:
    pieces = _line_pieces(proposal.text, proposal.owner, width)
    due: Piece = (f" {state.language.date(proposal.due_on)} ", "quiet")
    return Item(pieces, ProposalLine(proposal.proposal), (due,))


def _line_pieces(
    text: str,
    owner: str,
    width: int,
) -> tuple[Piece, ...]:
    words: Piece = (f"   {safe_line(text)}", "")
    if width < _ROOMY:
        return (words,)
    return (
        ("   ", ""),
        (safe_line(owner), "strong"),
        (f"  {safe_line(text)}", ""),
    )


def lines_in_full(
    asked: Decision | DecisionDraft,
    state: State,
    width: int,
) -> Iterator[Line]:
    """Yield the lines of a decision in full, wrapped to a width."""
    language = state.language
    due = language.text("by {day}", day=asked.due_on)
    yield ((f" {safe_line(asked.owner)}", "strong"), (f"  {due}", "quiet"))
    outcome = ""
    if isinstance(asked, Decision):
        outcome = outcome_at(asked, state.today)
    for text, role in ((asked.text, ""), (outcome, "quiet")):
        for part in wrap_text(safe_line(text), max(20, width - 2)):
            yield ((f" {part}", role),)
