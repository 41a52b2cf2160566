"""The last lines of the first page: what moved, who was heard from, the sum, the forecasts."""

from collections.abc import Iterator, Sequence

from tracker.labels import short_opd_name
from tracker.language import N_, Language
from tracker.metrics.labels import caution_words, pace_word
from tracker.metrics.values import Figures, Flow, OPDFigures
from tracker.narration.counts import count_opds
from tracker.narration.outlook import told_forecast, was_done
from tracker.snapshot.blocks import Led
from tracker.snapshot.text_lists import name_some
from tracker.snapshot.values import OPDMoves, WeekValue
from tracker.text import shorten

MOST_MOVED = 6
LONGEST_MILESTONE = 120

_NO_FORECAST = {
    "no_service": N_(
        "none: there was no service at the end of the last complete week.",
    ),
    "done": N_("none: every service is behind the single door."),
    "too_little_history": N_("none: it takes at least six complete weeks."),
    "no_progress": N_(
        "none: no week among the last twelve ended with progress.",
    ),
}
_DONE_THEN = N_(
    "none: at the end of the last complete week every service was behind the single door.",
)


def news_items(value: WeekValue, language: Language) -> Iterator[Led]:
    """Yield the lines, those that have nothing to say left out."""
    if not value.figures.city.services and not value.moved:
        return
    yield Led(
        language.text("This week:"),
        " ".join(_week_texts(value, language)),
    )
    if value.doing_well:
        yield Led(
            language.text("Going well:"),
            _doing_well_text(value, language),
        )
    yield Led(language.text("Heard from:"), reporting_text(value, language))
    yield Led(
        language.text("The sum in steps:"),
        sum_text(value.figures.city.flow, language),
    )
    yield Led(
        language.text("Forecast:"),
        " ".join(forecast_texts(value, language)),
    )


def sum_text(flow: Flow, language: Language) -> str:
    """Return the week's reconciliation, such that a reader can check it."""
    return language.text(
        "{opening} + {joined} joined − {left} left + {forward} forward − {backward} backward "
        "= {closing}.",
        **{name: getattr(flow, name) for name in flow.__struct_fields__},
    )


def _week_texts(value: WeekValue, language: Language) -> Iterator[str]:
    yield _moved_text(value, language)
    crossings = _crossings(value, language)
    if crossings:
        yield language.text(
            "{changes}.",
            changes=language.enumeration(crossings),
        )
    yield from _index_text(value, language)
    yield from _pace_text(value, language)
    remarks = [
        milestone.text
        for milestone in reversed(value.milestones)
        if milestone.on >= value.week.monday
    ]
    if remarks:
        yield language.text(
            "Milestone: {text}.",
            text=shorten("; ".join(remarks), LONGEST_MILESTONE),
        )


def _moved_text(value: WeekValue, language: Language) -> str:
    flow = value.figures.city.flow
    if not flow.forward and not flow.backward:
        return language.text("No service moved to another stage.")
    named = [_opd_steps(moved, language) for moved in value.moved if moved.size]
    names = ", ".join(named[:MOST_MOVED])
    if len(named) > MOST_MOVED:
        more = len(named) - MOST_MOVED
        names += language.plural(" and {n} more", " and {n} more", more)
    return language.plural(
        "{n} step forward, {backward} backward: {opds}.",
        "{n} steps forward, {backward} backward: {opds}.",
        flow.forward,
        backward=flow.backward,
        opds=names,
    )


def _opd_steps(moved: OPDMoves, language: Language) -> str:
    """Return an OPD with its steps forward and backward: ``Disdik +2 −1``."""
    forward = sum(max(0, movement.steps) for movement in moved.movements)
    backward = sum(max(0, -movement.steps) for movement in moved.movements)
    signs = [
        language.number(steps, 0, signed=True)
        for steps in (forward, -backward)
        if steps
    ]
    return " ".join([short_opd_name(moved.opd), *signs])


def _crossings(value: WeekValue, language: Language) -> list[str]:
    parts = []
    if value.joined:
        parts.append(
            language.plural(
                "{n} service joined",
                "{n} services joined",
                len(value.joined),
            ),
        )
    if value.left:
        parts.append(
            language.plural(
                "{n} service left",
                "{n} services left",
                len(value.left),
            ),
        )
    if value.passed:
        parts.append(
            language.plural(
                "{n} service passed to another OPD",
                "{n} services passed to another OPD",
                len(value.passed),
            ),
        )
    return parts


def _index_text(value: WeekValue, language: Language) -> Iterator[str]:
    """Yield what steps and what joining and leaving services did to the index, if these did."""
    figures = value.figures.city
    if figures.scope_effect and figures.progress is not None:
        yield language.text(
            "Of the change of the index in the week {progress} came by steps, {scope} because "
            "services joined or left (index points).",
            progress=language.number(figures.progress, 1, signed=True),
            scope=language.number(figures.scope_effect, 1, signed=True),
        )


def _pace_text(value: WeekValue, language: Language) -> Iterator[str]:
    """Yield the net steps of the window of the pace beside those before it."""
    figures = value.figures.city
    if figures.pace is None or figures.window_weeks is None:
        return
    yield language.plural(
        "Last {weeks} complete weeks: {n} net step; {weeks} weeks before: {before} "
        "(pace {pace}).",
        "Last {weeks} complete weeks: {n} net steps; {weeks} weeks before: {before} "
        "(pace {pace}).",
        figures.steps_recent or 0,
        weeks=figures.window_weeks,
        before=figures.steps_before,
        pace=language.text(pace_word(figures.pace)),
    )


def _doing_well_text(value: WeekValue, language: Language) -> str:
    named = [
        language.plural(
            "{opd} ({n} net step in {weeks} weeks)",
            "{opd} ({n} net steps in {weeks} weeks)",
            opd.figures.steps_recent or 0,
            opd=opd.name,
            weeks=opd.figures.window_weeks,
        )
        for opd in value.doing_well
    ]
    return language.text("{opds}.", opds=language.enumeration(named))


def reporting_text(value: WeekValue, language: Language) -> str:
    """Return how many OPDs were heard from, and who has been silent for longest."""
    reporting, week = value.reporting, value.week.plus(-1).number
    texts = [
        language.text(
            "{heard} of {opds}{so_far} (week {week}: {before}).",
            heard=reporting.heard,
            opds=count_opds(reporting.opds, language),
            so_far="" if value.figures.complete else language.text(" so far"),
            week=str(week),
            before=reporting.heard_before,
        ),
    ]
    silent = [opd for opd in reporting.silent if opd.silent_weeks]
    if silent:
        texts.append(
            language.text(
                "Complete weeks of silence: {opds}.",
                opds=silent_names(silent, value, language),
            ),
        )
    return " ".join(texts)


def silent_names(
    silent: Sequence[OPDFigures],
    value: WeekValue,
    language: Language,
) -> str:
    """Return the longest silent OPDs with their weeks, and how many more there are."""
    names = (
        f"{short_opd_name(value.opds[opd.key])} {language.number(opd.silent_weeks, 0)}"
        for opd in silent
    )
    return name_some(names, language)


def forecast_texts(value: WeekValue, language: Language) -> Iterator[str]:
    """Yield when the city will be done, how sure that is, and what earlier forecasts said."""
    figures = value.figures.city
    forecast = told_forecast(figures)
    yield forecast_text(figures, language)
    earlier = [
        language.text(
            "{when}: {day}",
            when=language.date(one.week.sunday, "month"),
            day=language.date(one.forecast.p50, "month"),
        )
        for one in value.earlier_forecasts
        if one.forecast.p50
    ]
    if earlier:
        yield language.text(
            "Made in {forecasts}.",
            forecasts="; ".join(earlier),
        )
    record = value.figures.city.track_record
    if record is not None and record.made:
        yield language.text(
            "Of {made} earlier promises at 85 in 100, 13 weeks ahead, {kept} were kept.",
            made=record.made,
            kept=record.kept.p85,
        )
    if forecast.p50 and forecast.caution:
        cautions = "; ".join(
            language.text(caution_words(one)) for one in forecast.caution
        )
        yield language.text("With care: {cautions}.", cautions=cautions)


def forecast_text(figures: Figures, language: Language) -> str:
    """Return the days by which a scope is done with a chance of 50 and of 85 in 100."""
    forecast = told_forecast(figures)
    if was_done(figures):
        return language.text(_DONE_THEN)
    if forecast.p50 is None:
        if forecast.reason in _NO_FORECAST:
            return language.text(_NO_FORECAST[forecast.reason])
        return language.text(
            "within five years the work is more likely unfinished.",
        )
    even = language.date(forecast.p50, "long")
    if forecast.p85 is None:
        return language.text(
            "done by {even} with a chance of at least 50 in 100; no surer date within five "
            "years.",
            even=even,
        )
    return language.text(
        "done by {even} with a chance of at least 50 in 100, by {likely} of at least 85.",
        even=even,
        likely=language.date(forecast.p85, "long"),
    )
