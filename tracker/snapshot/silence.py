"""For how long an OPD has been silent, said such that complete weeks and the running one are told apart."""

from tracker.language import Language
from tracker.metrics.values import OPDFigures


def silence_words(opd: OPDFigures, language: Language) -> str:
    """Return the complete weeks of an OPD that was not heard from in the week asked for.

    They are counted up to the last complete week; an OPD heard from in it is silent in the running
    week alone, and none is expected to have language before its first week.
    """
    if opd.silent_weeks:
        return language.number(opd.silent_weeks, 0)
    return (
        language.text("first week") if began(opd) else language.text("this week only")
    )


def named_silence(opd: OPDFigures, language: Language) -> str:
    """Name an OPD, and say for how long it has been silent; of one in its first week nothing."""
    if opd.silent_weeks:
        return language.plural(
            "{opd} (for {n} complete week)",
            "{opd} (for {n} complete weeks)",
            opd.silent_weeks,
            opd=opd.name,
        )
    return (
        opd.name
        if began(opd)
        else language.text("{opd} (this week only)", opd=opd.name)
    )


def began(opd: OPDFigures) -> bool:
    """Tell whether the history of an OPD starts in the week asked for."""
    return opd.figures.steps is None
