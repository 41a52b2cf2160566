"""The words by which users know paces, cautions and outcomes, as msgids to be translated where shown."""

from tracker.language import N_
from tracker.metrics.values import Caution, GoalOutcome, Pace

_PACES = {
    Pace.DONE: N_("done"),
    Pace.NEW: N_("new"),
    Pace.REGRESSING: N_("regressing"),
    Pace.STALLED: N_("standing still"),
    Pace.ACCELERATING: N_("accelerating"),
    Pace.SLOWING: N_("slowing"),
    Pace.STEADY: N_("steady"),
}
_CAUTIONS: dict[Caution, str] = {
    "one_week_dominates": N_(
        "one week made over half of the recent steps forward",
    ),
    "growing_scope": N_(
        "services that joined brought over a quarter of the steps",
    ),
    "method_break": N_("the way of counting changed in these weeks"),
    "parts_stand_still": N_("an OPD with work left is not moving"),
    "promises_broken": N_("earlier forecasts were kept too seldom"),
}
_OUTCOMES: dict[GoalOutcome, str] = {
    "met": N_("met"),
    "missed": N_("missed"),
}
PACE_MARKS = {
    Pace.DONE: "✓",
    Pace.NEW: "•",
    Pace.REGRESSING: "▼",
    Pace.STALLED: "■",
    Pace.ACCELERATING: "▲",
    Pace.SLOWING: "▽",
    Pace.STEADY: "▶",
}
"""A sign for each pace, so that none is told by colour alone."""


def caution_words(caution: Caution) -> str:
    """Return the msgid of what a reader of a forecast should know."""
    return _CAUTIONS[caution]


def outcome_word(outcome: GoalOutcome) -> str:
    """Return the msgid of how the city stood at the end of its goal date."""
    return _OUTCOMES[outcome]


def pace_word(pace: Pace) -> str:
    """Return the msgid of a pace."""
    return _PACES[pace]
