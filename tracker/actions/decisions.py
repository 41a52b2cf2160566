"""Actions on what is asked of the leadership: ask, edit, carry out, drop."""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from tracker.actions.draft import Draft
from tracker.actions.editing import Fields, edit_fields
from tracker.errors import Rejected
from tracker.fields import ChangedBy
from tracker.language import N_
from tracker.lookup import find_fact
from tracker.model import Decision
from tracker.register import Register
from tracker.text import collapse_whitespace, collapse_whitespace_in_lines


class DecisionDraft(Struct, frozen=True):
    """One decision to ask for; ``proposal`` is the key of the proposal that it words."""

    text: str
    owner: str
    due_on: date
    proposal: str = ""


class AddDecisions(Struct, frozen=True):
    """Ask the leadership for decisions: what, of whom, by when."""

    name: ClassVar[str] = "decision add"
    log_label: ClassVar[str] = N_("new decision asked")
    asked: tuple[DecisionDraft, ...]
    on: date

    def apply(self, draft: Draft) -> None:
        """Enter the decisions; refuse one without words or without an owner."""
        if not self.asked:
            raise Rejected("There is no decision to ask for.")
        for decision in self.asked:
            text = collapse_whitespace(decision.text)
            owner = collapse_whitespace(decision.owner)
            if not text:
                raise Rejected("Say what is to be decided.", field="text")
            if not owner:
                raise Rejected("Say who has to decide it.", field="owner")
            draft.new(
                Decision,
                text=text,
                owner=owner,
                due_on=decision.due_on,
                asked_on=self.on,
                proposal=decision.proposal,
            )


class EditDecision(Struct, frozen=True):
    """Change the words, the owner or the dates of a decision."""

    name: ClassVar[str] = "decision edit"
    log_label: ClassVar[str] = N_("decision changed")
    decision: str
    fields: Fields

    def apply(self, draft: Draft) -> None:
        """Change the decision."""
        decision = find_decision(draft.register, self.decision)
        edit_fields(draft, decision, self.fields, ChangedBy.EDIT)


class FinishDecisions(Struct, frozen=True):
    """What was asked for is done, and what came of it."""

    name: ClassVar[str] = "decision done"
    log_label: ClassVar[str] = N_("decision carried out")
    decisions: tuple[str, ...]
    on: date
    outcome: str = ""

    def apply(self, draft: Draft) -> None:
        """Date each decision's completion; refuse one that is closed already."""
        for decision in _open_decisions(draft.register, self.decisions):
            draft.edit(
                decision,
                decided_on=decision.decided_on or self.on,
                done_on=self.on,
                outcome=_kept_outcome(decision, self.outcome),
            )


class DropDecisions(Struct, frozen=True):
    """What was asked for is not wanted any more, and why."""

    name: ClassVar[str] = "decision drop"
    log_label: ClassVar[str] = N_("decision dropped")
    decisions: tuple[str, ...]
    on: date
    why: str

    def apply(self, draft: Draft) -> None:
        """Date each decision's end; refuse one that is closed already."""
        draft.why = collapse_whitespace_in_lines(self.why)
        if not draft.why:
            raise Rejected("Say why the decision is dropped.", field="why")
        for decision in _open_decisions(draft.register, self.decisions):
            outcome = _kept_outcome(decision, draft.why)
            draft.edit(decision, dropped_on=self.on, outcome=outcome)


def find_decision(register: Register, text: str) -> Decision:
    """Return the decision with this key or number; raise ``Rejected`` if it is none."""
    fact = find_fact(register, text, "decision list")
    if not isinstance(fact, Decision):
        raise Rejected(
            "The entry {number} is not a decision: `decision list` shows them.",
            number=text,
        )
    return fact


def _open_decisions(
    register: Register,
    texts: tuple[str, ...],
) -> list[Decision]:
    found = [find_decision(register, text) for text in dict.fromkeys(texts)]
    for decision in found:
        closed_on = decision.done_on or decision.dropped_on
        if closed_on is not None:
            raise Rejected("That decision was closed on {day}.", day=closed_on)
    return found


def _kept_outcome(decision: Decision, said: str) -> str:
    """Return the outcome that is kept: what was already noted stays unless replaced."""
    return collapse_whitespace_in_lines(said) or decision.outcome
