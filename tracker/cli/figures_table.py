"""The figures as people read them: the headlines of a scope, the table of OPDs."""

from collections.abc import Collection

from tracker.cli.show import print_table
from tracker.labels import PACE_MARKS, pace_word
from tracker.language import N_, NOTHING, Language
from tracker.metrics.attention import silent_opds
from tracker.metrics.values import CityFigures, Figures, Pace
from tracker.register import Register
from tracker.snapshot.silence import silence_words
from tracker.text import visible

_REASONS = {
    "no_service": N_("no service"),
    "done": N_("all services are integrated"),
    "too_little_history": N_("too little history"),
    "no_progress": N_("no progress"),
    "beyond_horizon": N_("not within five years"),
}
_NONE_THEN = N_("not yet (no service at the end of the last complete week)")


def print_figures(register: Register, found: CityFigures, language: Language) -> None:
    """Print the city's headlines and a line for each OPD that has services."""
    city = register.only_city
    state = (
        language.text("complete")
        if found.complete
        else language.text("running week, provisional")
    )
    day = language.date(found.as_of)
    print(
        f"{visible(city.name)} · {found.week} · {state} · {language.text('as of {day}', day=day)}"
    )
    if city.illustrative:
        print(language.text("An illustrative register: its history is invented."))
    print_headlines(found.city, language)
    share = language.percent(found.reporting_share, 0)
    print(f"{language.text('OPDs heard from')}: {share}")
    if found.opds:
        print()
        silent = {opd.key for opd in silent_opds(register, found)}
        print_table(*_table(found, silent, language), right=range(1, 9))
        print()
        print(_silence_note(found, language))


def print_headlines(figures: Figures, language: Language) -> None:
    """Print a scope's figures, one a line."""
    for label, value in _headlines(figures, language):
        print(f"{label}: {value}")


def _headlines(figures: Figures, language: Language) -> list[tuple[str, str]]:
    number, percent, text = language.number, language.percent, language.text
    stages = (figures.conventional, figures.online, figures.integrated)
    return [
        (text("Services"), number(figures.services, 0)),
        (
            text("Conventional / online / integrated"),
            " / ".join(number(n, 0) for n in stages),
        ),
        (
            text("Index"),
            f"{number(figures.index)} ({number(figures.index_change, 2, signed=True)})",
        ),
        (text("Progress"), number(figures.progress, 2, signed=True)),
        (text("Scope effect"), number(figures.scope_effect, 2, signed=True)),
        (text("Digital"), percent(figures.digital_share)),
        (text("Behind the single door"), percent(figures.single_door_share)),
        (text("Velocity"), number(figures.velocity, 2, signed=True)),
        (text("Acceleration"), number(figures.acceleration, 2, signed=True)),
        (text("Pace"), pace_text(figures.pace, language)),
        (text("Forecast"), forecast_text(figures, language)),
        (text("Stalled"), number(figures.stalled, 0)),
        (text("Overdue"), number(figures.overdue, 0)),
        (text("Verified"), percent(figures.verified_share, 0)),
    ]


def pace_text(pace: Pace | None, language: Language) -> str:
    """Return a pace with its sign; a dash where there is none."""
    return (
        NOTHING
        if pace is None
        else f"{PACE_MARKS[pace]} {language.text(pace_word(pace))}"
    )


def forecast_text(figures: Figures, language: Language) -> str:
    """Return when a scope will be done, or why that cannot be told."""
    forecast = figures.forecast
    if forecast.p50 is None:
        return _why_none(figures, language)
    return language.text(
        "{p50} (likely), {p85} (safely), {p95} (almost surely)",
        p50=language.date(forecast.p50),
        p85=language.date(forecast.p85),
        p95=language.date(forecast.p95),
    )


def _why_none(figures: Figures, language: Language) -> str:
    reason = figures.forecast.reason
    if reason is None:
        return NOTHING
    return language.text(
        _NONE_THEN if reason == "no_service" and figures.services else _REASONS[reason]
    )


def _table(
    found: CityFigures, silent: Collection[str], language: Language
) -> tuple[list[str], list[list[str]]]:
    headers = [
        N_("OPD"),
        N_("Services"),
        N_("Conventional"),
        N_("Online"),
        N_("Integrated"),
        N_("Index"),
        N_("Change"),
        N_("Velocity"),
        N_("Silent weeks"),
        N_("Pace"),
    ]
    number = language.number
    rows = [
        [
            opd.code,
            number(opd.figures.services, 0),
            number(opd.figures.conventional, 0),
            number(opd.figures.online, 0),
            number(opd.figures.integrated, 0),
            number(opd.figures.index),
            number(opd.figures.index_change, 2, signed=True),
            number(opd.figures.velocity, 2, signed=True),
            silence_words(opd, language) if opd.key in silent else NOTHING,
            pace_text(opd.figures.pace, language),
        ]
        for opd in found.opds
        if opd.figures.services
    ]
    return [language.text(header) for header in headers], rows


def _silence_note(found: CityFigures, language: Language) -> str:
    return language.text(
        "Silent weeks: complete weeks up to {week}; {dash} for OPDs that were heard from in {asked}.",
        week=str(found.rates_week),
        dash=NOTHING,
        asked=str(found.week),
    )
