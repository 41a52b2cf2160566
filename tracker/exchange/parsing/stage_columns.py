"""Columns of yes and no that tell the stage of services, such as ``Online: Ya`` and ``Terintegrasi: Belum``."""

import re
from dataclasses import replace

from tracker.exchange.parsing.headers import Header, StageColumns, cell_at
from tracker.exchange.parsing.mapping import Mapping
from tracker.exchange.parsing.values import Cell, cell_text
from tracker.exchange.questions import SKIP, Answers, Candidate, Question
from tracker.exchange.reading.grid import Grid, is_filled
from tracker.language import N_
from tracker.model import Stage
from tracker.vocabulary import comparable_word, find_yes_no, words_for

_BOTH = "both"
_ANSWERS = {
    "online": N_("the stage: yes in “{title}” is Online, no is Conventional"),
    "integrated": N_(
        "the stage: yes in “{title}” is Integrated, no is Conventional",
    ),
    _BOTH: N_(
        "the stage: yes in “{integrated}” is Integrated, else yes in “{online}” is Online, "
        "else Conventional",
    ),
}


def with_stage_columns(
    grid: Grid,
    header: Header,
    mapping: Mapping,
    answers: Answers,
) -> tuple[Header, list[Question]]:
    """Return the header with the columns of yes and no that tell the stage, and the question if it is open.

    Asked about are services without a column of stages. Until it is answered, the first answer is assumed.
    """
    if header.kind != "services" or "stage" in {
        *header.places,
        *mapping.defaults,
    }:
        return header, []
    found = {
        name: place
        for name in ("online", "integrated")
        if (place := _flag_column(grid, header, name)) is not None
    }
    if not found:
        return header, []
    question = _question(grid, header, found)
    answer = question.answer_in(answers)
    if answer == SKIP:
        return replace(
            header,
            aside=header.aside | frozenset(found.values()),
        ), []
    told = answer or question.candidates[0].answer
    flags = found if told == _BOTH else {told: found[told]}
    return replace(header, stage_columns=StageColumns(**flags)), (
        [] if answer else [question]
    )


def stage_of_flags(cells: list[Cell], columns: StageColumns) -> Cell:
    """Return the stage that yes and no tell; what is neither is returned as it is, to be refused.

    None if nothing is filled in.
    """
    flags = {
        Stage.INTEGRATED: cell_at(cells, _place(columns.integrated)),
        Stage.ONLINE: cell_at(cells, _place(columns.online)),
    }
    filled = {stage: cell for stage, cell in flags.items() if is_filled(cell)}
    for stage, cell in filled.items():
        says_yes = find_yes_no(cell_text(cell))
        if says_yes is None:
            return cell
        if says_yes:
            return str(stage)
    return str(Stage.CONVENTIONAL) if filled else None


def _place(place: int | None) -> int:
    return 1 << 30 if place is None else place


def _flag_column(grid: Grid, header: Header, name: str) -> int | None:
    """Return the one column that has only yes and no below a head that speaks of a stage."""
    places = [
        place
        for place in header.unread_places
        if _speaks_of(header.titles[place], name)
        and _says_yes_no(grid, header, place)
    ]
    return places[0] if len(places) == 1 else None


def _speaks_of(title: str, name: str) -> bool:
    words = " ".join(re.findall(r"[^\W_]+", comparable_word(title)))
    return any(
        f" {word} " in f" {words} " for word in words_for("stage_heads", name)
    )


def _says_yes_no(grid: Grid, header: Header, place: int) -> bool:
    cells = [
        cell_at(cells, place)
        for number, cells in grid.rows
        if number > header.row
    ]
    filled = [cell for cell in cells if is_filled(cell)]
    return bool(filled) and all(
        find_yes_no(cell_text(cell)) is not None for cell in filled
    )


def _question(
    grid: Grid,
    header: Header,
    found: dict[str, int],
) -> Question:
    titles = {name: header.titles[place] for name, place in found.items()}
    candidates = [
        Candidate(name, _ANSWERS[name], {"title": title})
        for name, title in titles.items()
    ]
    if len(titles) > 1:
        candidates.insert(0, Candidate(_BOTH, _ANSWERS[_BOTH], titles))
    return Question(
        f"stage-columns:{grid.name}",
        N_(
            "{file} has no column of stages. What do its columns {columns} tell?",
        ),
        {
            "file": grid.name,
            "columns": ", ".join(f"“{title}”" for title in titles.values()),
        },
        (
            *candidates,
            Candidate(SKIP, N_("Nothing of ours: it is not read"), {}),
        ),
    )
