"""The OPD of a sheet or file that lists one agency's services and names the agency in its own name alone."""

from dataclasses import replace
from pathlib import PurePath

from tracker.errors import Rejected
from tracker.exchange.parsing.headers import find_header
from tracker.exchange.parsing.mapping import Mapping
from tracker.exchange.questions import Answers, Candidate, Question
from tracker.exchange.reading.grid import Grid
from tracker.language import N_
from tracker.vocabulary import kind_of_name

_YES, _NO = "yes", "no"


def with_opd_of_sheet(
    grid: Grid,
    kind: str | None,
    mapping: Mapping,
    answers: Answers,
) -> tuple[Mapping, list[Question]]:
    """Return the mapping with the agency that the sheet or file is called after, as the OPD of every row.

    Asked about are lists of services that lack nothing but a column of OPDs. Returns also the question
    that is left open; until it is answered, yes is assumed.
    """
    name = _agency_called(grid)
    if not name or kind not in (None, "services") or "opd" in mapping.defaults:
        return mapping, []
    completed = replace(mapping, defaults={**mapping.defaults, "opd": name})
    if _is_readable(grid, kind, mapping):
        return mapping, []
    if not _is_readable(grid, "services", completed):
        return mapping, []
    question = Question(
        f"sheet-opd:{grid.name}",
        N_("{file} has no column of OPDs. Are all its rows of “{opd}”?"),
        {"file": grid.name, "opd": name},
        (
            Candidate(_YES, N_("yes: all rows are of that OPD"), {}),
            Candidate(
                _NO,
                N_("no: a column or a mapping has to name the OPD"),
                {},
            ),
        ),
    )
    answer = question.answer_in(answers)
    if answer == _NO:
        return mapping, []
    return completed, [] if answer else [question]


def _agency_called(grid: Grid) -> str:
    """Return the name of the sheet or file that begins as an agency's does, empty if none does."""
    if grid.exact or grid.places is not None:
        return ""
    names = (grid.sheet, PurePath(grid.file).stem.replace("_", " "))
    return next((name for name in names if kind_of_name(name) is not None), "")


def _is_readable(grid: Grid, kind: str | None, mapping: Mapping) -> bool:
    try:
        find_header(grid, mapping, kind)
    except Rejected:
        return False
    return True
