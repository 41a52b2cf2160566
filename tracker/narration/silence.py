"""For how long an OPD has been silent, complete weeks and the running one told apart."""

from tracker.language import Language
from tracker.metrics.values import OPDFigures


def silence_words(opd: OPDFigures, language: Language) -> str:
    """Return for how many complete weeks an OPD not heard from in the week has been silent.

    They are counted up to the last complete week. One that was heard from in it is silent in
    the running week alone; nothing is expected of an OPD in its first week.
    """
    if opd.silent_weeks:
        return language.number(opd.silent_weeks, 0)
    if opd.figures.steps is None:
        return language.text("first week")
    return language.text("this week only")
