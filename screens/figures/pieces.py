"""Stages, paces, changes and steps as pieces of a line, never by colour alone."""

from collections.abc import Iterable, Sequence
from datetime import date

from screens.widgets.paint import Piece, width_of
from tracker.labels import stage_word
from tracker.language import Language
from tracker.metrics.labels import PACE_MARKS, pace_word
from tracker.metrics.values import Pace
from tracker.model import Stage

PACE_ROLES = {
    Pace.DONE: "good",
    Pace.NEW: "quiet",
    Pace.REGRESSING: "bad",
    Pace.STALLED: "warn",
    Pace.ACCELERATING: "good",
    Pace.SLOWING: "warn",
    Pace.STEADY: "",
}
STAGE_SIGNS = {
    Stage.INTEGRATED: "█",
    Stage.ONLINE: "▓",
    Stage.CONVENTIONAL: "░",
}
"""The signs that bars draw the stages with, in the order of a bar."""


def stage_piece(stage: Stage, language: Language) -> Piece:
    """Return a stage as the sign that bars draw it with, and its word."""
    return (
        f"{STAGE_SIGNS[stage]} {language.text(stage_word(stage))}",
        stage.value,
    )


def counted_stages(
    counts: Iterable[int],
    language: Language,
    *,
    shares: bool = False,
) -> list[Piece]:
    """Return how many services each stage has, in the order of a bar; ``counts`` go from the first stage."""
    count_of = dict(zip(Stage, counts, strict=True))
    every = sum(count_of.values())
    pieces: list[Piece] = []
    for stage in STAGE_SIGNS:
        count = count_of[stage]
        share = language.percent(count / every if every else None, 0)
        pieces += [
            (" ", ""),
            stage_piece(stage, language),
            (f" {language.number(count, 0)}", "strong"),
        ]
        pieces.append((f" ({share}) " if shares else " ", "quiet"))
    return pieces


def step_piece(before: Stage, after: Stage, language: Language) -> Piece:
    """Return a move as its two stages: forward, backward or to where it was."""
    steps = after.points - before.points
    role = "good" if steps > 0 else "bad" if steps < 0 else "quiet"
    start, end = map(language.text, (stage_word(before), stage_word(after)))
    return f"{start} → {end}", role


def day_piece(on: date, language: Language) -> Piece:
    """Return the day that begins a line, each as wide as the widest."""
    return f"   {language.date(on):>11}  ", "quiet"


def pace_pieces(pace: Pace | None, language: Language) -> list[Piece]:
    """Return a pace as a sign and a word."""
    if pace is None:
        return [("–", "quiet")]
    return [
        (
            f"{PACE_MARKS[pace]} {language.text(pace_word(pace))}",
            PACE_ROLES[pace],
        ),
    ]


def change_piece(
    value: float | None,
    language: Language,
    digits: int = 2,
) -> Piece:
    """Return a change with its sign, good or bad."""
    if not value or not round(value, digits):
        role = "quiet"
    else:
        role = "good" if value > 0 else "bad"
    return language.number(value, digits, signed=True), role


def with_room(
    pieces: Sequence[Piece],
    phrases: Sequence[str],
    width: int,
) -> list[Piece]:
    """Add the first of some phrases that fits, if any does."""
    room = width - width_of(pieces)
    for phrase in phrases:
        if width_of([(phrase, "")]) <= room:
            return [*pieces, (phrase, "quiet")]
    return list(pieces)
