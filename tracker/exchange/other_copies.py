"""Exports of another copy of the register that they are imported into: such a copy is merged.

The rows of its export do not tell what was done there: they would replace what was done
here since, under the importer's name.
"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from tracker.exchange.questions import SKIP, Answers, Candidate, Question
from tracker.exchange.reading.grid import Contents
from tracker.exchange.source import Source
from tracker.language import N_
from tracker.origins import action_origin, entries_in_force
from tracker.register import Register

COPY = "copy"
"""The sort of question whether the export of another copy is imported all the same."""

_ENTER = "enter"


def settle_copies(
    register: Register,
    contents: Sequence[Contents],
    answers: Answers,
) -> tuple[list[Contents], list[Question]]:
    """Return the files to import, and the questions on exports of other copies of the register.

    Raises ``Rejected`` for an answer that is none.
    """
    taken: list[Contents] = []
    questions: list[Question] = []
    for content in contents:
        source = content.source
        if source is None or not _is_other_copy(source, register):
            taken.append(content)
            continue
        question = _ask_about_copy(content.name, source, register)
        answer = question.answer_in(answers)
        if answer is None:
            questions.append(question)
        if answer != SKIP:
            taken.append(content)
    return taken, questions


def _is_other_copy(source: Source, register: Register) -> bool:
    """Tell whether an export is of a register like this one whose last action was not done here."""
    if source.prefix != register.prefix:
        return False
    known = {action_origin(entry) for entry in entries_in_force(register.log)}
    return bool(known) and source.origin not in known


def _ask_about_copy(file: str, source: Source, register: Register) -> Question:
    zone = ZoneInfo(register.only_city.timezone)
    values = {
        "file": file,
        "by": source.by,
        "moment": source.recorded_at.astimezone(zone),
    }
    return Question(
        f"{COPY}:{file}",
        N_(
            "{file} was exported from another copy of this register, in which {by} worked on {moment}. "
            "Merge that copy itself, its file and not its export: `opd-tracker merge FILE`, "
            "on the screens “Merge copies” (^P).",
        ),
        values,
        (
            Candidate(SKIP, N_("the export is left out"), {}),
            Candidate(
                _ENTER,
                N_(
                    "its rows are entered all the same: they replace what was done here since",
                ),
                {},
            ),
        ),
    )
