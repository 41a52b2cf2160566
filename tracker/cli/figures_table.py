"""The figures as people read them: the headlines of a scope, the table of OPDs."""

from collections.abc import Collection, Iterable

from tracker.cli.figures_lines import (
    Line,
    figure_lines,
    on_course_text,
    pace_text,
)
from tracker.cli.show import print_table
from tracker.language import N_, NOTHING, Language
from tracker.metrics.attention import find_silent_opds
from tracker.metrics.labels import outcome_word
from tracker.metrics.measure import find_reporting_share
from tracker.metrics.opening import read_opening
from tracker.metrics.reading import ScopeReading, WeekReading
from tracker.metrics.values import CityFigures, Figures
from tracker.narration.opening import opening_lines
from tracker.narration.silence import silence_words
from tracker.register import Register
from tracker.text import visible


def print_figures(
    reading: WeekReading,
    found: CityFigures,
    language: Language,
) -> None:
    """Print the city's headlines and a line for each OPD that has services.

    ``found`` are the figures of ``reading``.
    """
    register = reading.register
    city = register.only_city
    state = (
        language.text("complete")
        if found.complete
        else language.text("running week, provisional")
    )
    day = language.date(found.as_of)
    print(
        f"{visible(city.name)} · {found.week} · {state} · {language.text('as of {day}', day=day)}",
    )
    if city.illustrative:
        print(
            language.text("An illustrative register: its history is invented."),
        )
    if city.in_opening:
        _print_opening(register, found, language)
        return
    _print_lines(figure_lines(found.city, language))
    _print_goal(found, language)
    share = language.percent(found.reporting_share, 0)
    print(f"{language.text('OPDs heard from')}: {share}")
    if found.opds:
        print()
        silent = find_silent_opds(register, found, reading.heard)
        keys = {opd.key for opd in silent}
        print_table(*_opd_table(found, keys, language), right=range(1, 9))
        print()
        print(_silence_note(found, language))


def _print_opening(
    register: Register,
    found: CityFigures,
    language: Language,
) -> None:
    """Print how things stand in the opening, which has no progress, pace or forecast."""
    figures = found.city
    stages = (figures.conventional, figures.online, figures.integrated)
    counts = " / ".join(language.number(count, 0) for count in stages)
    services = language.number(figures.services, 0)
    print(f"{language.text('Services')}: {services}")
    print(f"{language.text('Conventional / online / integrated')}: {counts}")
    for line in opening_lines(read_opening(register, found.as_of), language):
        print(line)


def print_scope(
    title: str,
    reading: ScopeReading,
    figures: Figures,
    language: Language,
) -> None:
    """Print the figures of one scope, and how many of its OPDs were heard from."""
    print(title)
    _print_lines(figure_lines(figures, language))
    share = find_reporting_share(reading.week, reading.services)
    print(f"{language.text('OPDs heard from')}: {language.percent(share, 0)}")


def _print_lines(lines: Iterable[Line]) -> None:
    for label, value in lines:
        print(f"{label}: {value}")


def _print_goal(found: CityFigures, language: Language) -> None:
    if found.goal_outcome is not None:
        outcome = language.text(outcome_word(found.goal_outcome))
        print(f"{language.text('Goal')}: {outcome}")
    elif found.city.goal_chance is not None:
        course = on_course_text(found.on_course, language)
        print(f"{language.text('OPDs by their own pace')}: {course}")


def _opd_table(
    found: CityFigures,
    silent: Collection[str],
    language: Language,
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
