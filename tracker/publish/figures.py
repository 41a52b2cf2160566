"""The charts of a page as drawn pictures, each with a caption that says what it shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tracker.labels import kind_word
from tracker.language import Language
from tracker.metrics.values import Forecast
from tracker.narration.counts import count_days, count_opds, count_services
from tracker.publish.charts.bars import share_bar
from tracker.publish.charts.flow import flow_chart
from tracker.publish.charts.index import index_chart
from tracker.publish.charts.steps import steps_chart
from tracker.publish.charts.svg import Words
from tracker.publish.series import Event, StageCounts, StepWindows, WeekCharts
from tracker.snapshot.findings import DueDate
from tracker.week import Week


@dataclass(frozen=True)
class Figure:
    """A drawn chart, its title, and a sentence that says in words what it shows."""

    title: str
    sentence: str
    picture: Markup
    notes: tuple[str, ...] = ()
    """What the numbers on the chart stand for."""


@dataclass(frozen=True)
class TargetBar:
    """The targets of one day: in words, and as a bar of met and open ones."""

    day: str
    words: str
    bar: Markup


def week_figures(charts: WeekCharts, language: Language) -> list[Figure]:
    """Return the charts of a week: the flow, the index, the steps."""
    found = [
        stages_figure(charts.first, charts.counts, charts.events, language),
        index_figure(charts, language),
    ]
    if charts.windows is not None:
        found.append(steps_figure(charts.windows, language))
    return found


def stages_figure(
    first: Week,
    counts: Sequence[StageCounts],
    events: Sequence[Event],
    language: Language,
) -> Figure:
    """Return the cumulative flow of the stages from the week ``first`` on."""
    words = Words(
        "flow",
        language.plural(
            "Services by stage, {n} week",
            "Services by stage, {n} weeks",
            len(counts),
        ),
        language.text(
            "Behind the single door: from {before} to {after} of {services}.",
            before=counts[0].integrated,
            after=counts[-1].integrated,
            services=count_services(counts[-1].services, language),
        ),
    )
    picture = flow_chart(words, first, counts, events, language)
    notes = tuple(
        f"{event.number} · {language.date(event.day)}: {event.text}"
        for event in events
    )
    return Figure(words.title, words.description, picture, notes)


def index_figure(charts: WeekCharts, language: Language) -> Figure:
    """Return the index with the forecast's fan, the goal and the slowest kind."""
    text, slowest = language.text, charts.slowest
    sentences = []
    known = [value for value in charts.city.index if value is not None]
    if known:
        sentences.append(
            text(
                "From {before} to {after} of 100.",
                before=known[0],
                after=known[-1],
            ),
        )
    if charts.city.ahead:
        sentences.append(
            text(
                "The bands hold 70 and 90 of 100 courses that the forecast finds possible.",
            ),
        )
    slowest_text = ""
    if slowest is not None:
        kind = text(kind_word(slowest.kind))
        slowest_text = _slowest_text(kind, slowest.forecast, language)
        sentences.append(
            text(
                "Dashed in red, the kind of OPD that is last: {kind}.",
                kind=slowest_text,
            ),
        )
    words = Words(
        "index",
        text("Index from 0 to 100, and the forecast"),
        " ".join(sentences),
    )
    picture = index_chart(words, charts, slowest_text, language)
    return Figure(words.title, words.description, picture)


def _slowest_text(kind: str, forecast: Forecast, language: Language) -> str:
    if forecast.p50 is not None:
        month = language.date(forecast.p50, "month")
        return language.text("{kind}: around {month}", kind=kind, month=month)
    if forecast.reason == "no_progress":
        return language.text("{kind}: no progress", kind=kind)
    return language.text("{kind}: not within five years", kind=kind)


def steps_figure(windows: StepWindows, language: Language) -> Figure:
    """Return the steps of each week with the means of the two windows."""
    recent, before = _mean(windows.recent), _mean(windows.before)
    words = Words(
        "steps",
        language.text("Net steps in each complete week"),
        language.text(
            "Dashed, the means: {recent} a week in the last {n} weeks, {before} in the {n} before.",
            recent=recent,
            before=before,
            n=len(windows.recent),
        ),
    )
    return Figure(
        words.title,
        words.description,
        steps_chart(words, windows, language),
    )


def _mean(steps: Sequence[int]) -> float:
    return sum(steps) / len(steps)


def target_bars(
    deadlines: Sequence[DueDate],
    language: Language,
) -> list[TargetBar]:
    """Return a bar for each day of targets."""
    return [
        TargetBar(
            language.date(deadline.due_on, "long"),
            _target_words(deadline, language),
            share_bar(
                [
                    ("met", deadline.met),
                    ("missed" if deadline.missed else "open", deadline.open),
                ],
                "bar tall",
            ),
        )
        for deadline in deadlines
    ]


def _target_words(deadline: DueDate, language: Language) -> str:
    values = {
        "met": deadline.met,
        "set": deadline.set,
        "open": deadline.open,
        "days": count_days(abs(deadline.days_left), language),
        "opds": count_opds(deadline.opds, language),
        "short": deadline.short_by_steps,
    }
    if not deadline.open:
        return language.plural(
            "the one target met",
            "all {n} targets met",
            deadline.set,
        )
    if deadline.passed:
        return language.text(
            "missed: {met} of {set} met, {open} open for {days}, in {opds}",
            **values,
        )
    return language.text(
        "{met} of {set} met, {open} open, {days} left; at the pace of 13 weeks {short} will be missed",
        **values,
    )
