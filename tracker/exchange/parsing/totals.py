"""Rows that add up the others, such as ``JUMLAH``: entered as a service, they make figures wrong."""

from collections.abc import Callable
from dataclasses import replace

from tracker.exchange.account import row_ranges
from tracker.exchange.parsing.headers import Header
from tracker.exchange.parsing.values import Cell, tidy_text
from tracker.exchange.questions import SKIP, Answers, Candidate, Question
from tracker.exchange.reading.grid import Grid
from tracker.language import N_
from tracker.vocabulary import comparable_word, meanings

_COUNTED = "counted"
_MOST_WORDS = 3


def without_totals(
    grid: Grid,
    header: Header,
    answers: Answers,
    is_skipped: Callable[[list[Cell]], bool],
) -> tuple[Header, list[Question]]:
    """Return the header with the rows of totals, left out unless a person says that they are no totals.

    Rows that are skipped anyway are not asked about. Returns also the question that is left open.
    """
    rows = {}
    for number, cells in grid.rows:
        if number > header.row:
            word = _total_word(cells, header)
            if word and not is_skipped(cells):
                rows[number] = word
    if not rows:
        return header, []

    question = _question(grid, rows)
    answer = question.answer_in(answers)
    if answer == _COUNTED:
        return header, []
    still_open = [] if answer else [question]
    return replace(header, totals=frozenset(rows)), still_open


def _total_word(cells: list[Cell], header: Header) -> str:
    """Return the words by which a row is one of totals, empty if it is none.

    They are its first text, or stand in the column of names; a name of many words that begins so is a name.
    """
    texts = [cell for cell in cells if isinstance(cell, str)]
    worded = [text for text in texts if any(map(str.isalpha, text))]
    name = header.places.get("name", -1)
    named = [cell for cell in cells[name : name + 1] if isinstance(cell, str)]
    for text in (*worded[:1], *named):
        if _is_total(text):
            return text
    return ""


def _is_total(text: str) -> bool:
    """Tell whether a text begins with a word for a sum and is hardly longer (``Total 12 layanan``)."""
    words = comparable_word(text.rstrip(" :=")).split()
    sums = meanings("sums")
    for count in (3, 2, 1):
        if " ".join(words[:count]) in sums:
            rest = words[count:]
            # ``Total Quality Management`` is a name: it has no number.
            has_number = any(word[0].isdigit() for word in rest)
            return len(rest) <= _MOST_WORDS and (len(rest) <= 1 or has_number)

    return False


def _question(grid: Grid, rows: dict[int, str]) -> Question:
    return Question(
        f"total:{grid.name}",
        N_(
            "Rows {rows} of {file} begin with “{word}”, as totals do. Are they left out?",
        ),
        {
            "rows": row_ranges(rows),
            "file": grid.name,
            "word": tidy_text(next(iter(rows.values())))[:80],
        },
        (
            Candidate(SKIP, N_("yes: they add up other rows"), {}),
            Candidate(
                _COUNTED,
                N_("no: they are entered like any other row"),
                {},
            ),
        ),
    )
