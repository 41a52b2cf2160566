"""Actions on the city as a whole: milestones, outside evaluations, settings."""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from tracker.actions.draft import Draft
from tracker.actions.editing import Fields, edit_fields
from tracker.errors import Rejected
from tracker.fields import ChangedBy
from tracker.language import N_
from tracker.model import Evaluation, Milestone
from tracker.text import collapse_whitespace, collapse_whitespace_in_lines


class AddMilestone(Struct, frozen=True):
    """Enter a dated remark on the city's timeline; a method break changes how figures compare."""

    name: ClassVar[str] = "milestone add"
    log_label: ClassVar[str] = N_("new milestone")
    on: date
    text: str
    method_break: bool = False

    def apply(self, draft: Draft) -> None:
        """Enter the milestone."""
        text = collapse_whitespace_in_lines(self.text)
        if not text:
            raise Rejected("Say what the milestone is.")
        draft.new(
            Milestone,
            on=self.on,
            text=text,
            method_break=self.method_break,
        )


class AddEvaluation(Struct, frozen=True):
    """Enter an outside evaluation of the city in a year."""

    name: ClassVar[str] = "evaluation add"
    log_label: ClassVar[str] = N_("new evaluation")
    instrument: str
    year: int
    score: float | None = None
    improvement: float | None = None
    target: float | None = None
    rank: int | None = None
    source: str = ""

    def apply(self, draft: Draft) -> None:
        """Enter the evaluation."""
        instrument = collapse_whitespace(self.instrument)
        if not instrument:
            raise Rejected("Say which instrument evaluated the city.")
        draft.new(
            Evaluation,
            instrument=instrument,
            year=self.year,
            score=self.score,
            improvement=self.improvement,
            target=self.target,
            rank=self.rank,
            source=collapse_whitespace_in_lines(self.source),
        )


class ChangeCity(Struct, frozen=True):
    """Change settings of the city, each a field of ``tracker.fields`` that an edit may change."""

    name: ClassVar[str] = "config set"
    log_label: ClassVar[str] = N_("settings changed")
    fields: Fields

    def apply(self, draft: Draft) -> None:
        """Change the city."""
        edit_fields(
            draft,
            draft.register.only_city,
            self.fields,
            ChangedBy.EDIT,
        )
