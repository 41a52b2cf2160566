"""The annex on the figures themselves: what they rest on, what changed in them, and what they mean."""

from collections import Counter
from collections.abc import Iterator

from tracker.labels import stage_word
from tracker.language import NOTHING, Language
from tracker.model import Closure, Fact, Move, Service, Transfer
from tracker.snapshot.blocks import Block, Table
from tracker.snapshot.pace import cautions
from tracker.snapshot.revision_text import revision_lines
from tracker.snapshot.standing import illustrative
from tracker.snapshot.values import LateEntry, WeekValue
from tracker.snapshot.week import improvement

MOST_LATE = 12
"""New late entries of one week that are told one by one."""


def milestone_lines(value: WeekValue, language: Language) -> Iterator[str]:
    """Say the milestones, the latest first."""
    for milestone in value.milestones:
        values = {"day": language.date(milestone.on), "text": milestone.text}
        if milestone.method_break:
            yield language.text(
                "{day}, method break (figures before and after do not compare): {text}",
                **values,
            )
        else:
            yield language.text("{day}: {text}", **values)


def evaluation_table(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return the outside evaluations with their sources."""
    if not value.evaluations:
        return
    head = (
        language.text("Instrument"),
        language.text("Year"),
        language.text("Score"),
        language.text("Improvement"),
        language.text("Target"),
        language.text("Rank"),
        language.text("Source"),
    )
    rows = tuple(
        (
            evaluation.instrument,
            str(evaluation.year),
            language.plain(evaluation.score),
            language.number(improvement(evaluation, value.evaluations), 2, signed=True),
            language.plain(evaluation.target),
            NOTHING if evaluation.rank is None else language.number(evaluation.rank, 0),
            evaluation.source or NOTHING,
        )
        for evaluation in value.evaluations
    )
    yield Table(head, rows, frozenset({2, 3, 4, 5}))


def notes(value: WeekValue, language: Language) -> Iterator[str]:
    """Say what a reader of the figures should know of the data beneath them."""
    yield from _coverage(value, language)
    yield from _forecast_notes(value, language)
    if value.city.illustrative:
        yield illustrative(value.city, language)
    if not value.figures.complete:
        yield language.text("The week is still running: its figures will change.")
    for revision in value.revisions:
        for line in revision_lines(revision, value.city, value.opds, language):
            yield language.text(
                "Revised since it was published (published → today): {line}", line=line
            )


def _coverage(value: WeekValue, language: Language) -> Iterator[str]:
    figures = value.figures.city
    if not figures.services:
        return
    yield language.text(
        "Request volumes are known for {share} of services; weighted by them the index is {index}.",
        share=language.percent(figures.volume_coverage),
        index=language.number(figures.index_by_volume, 2),
    )
    yield language.text(
        "Office visits are known for {share} of services; the share without a visit is of these.",
        share=language.percent(figures.visit_coverage),
    )
    yield language.text(
        "Since their baselines the services spare citizens {visits} office visits and {days} days of waiting "
        "a year, as far as requests, visits and days are known.",
        visits=language.number(figures.visits_avoided, 0),
        days=language.number(figures.days_saved, 0),
    )


def _forecast_notes(value: WeekValue, language: Language) -> Iterator[str]:
    forecast = value.figures.city.forecast
    if forecast.p95 is not None:
        yield language.text(
            "Forecast: done by {day} with a chance of 95 in 100.",
            day=language.date(forecast.p95, "long"),
        )
    yield from cautions(value, language)


def late_lines(value: WeekValue, language: Language) -> Iterator[str]:
    """Say what was entered in the week about earlier ones; new entries by the dozen are counted only."""
    new = Counter(late.week for late in value.late if late.before is None)
    for week, count in sorted(new.items()):
        if count > MOST_LATE:
            yield language.plural(
                "{week}: {n} entry entered late.",
                "{week}: {n} entries entered late.",
                count,
                week=str(week),
            )
    for late in value.late:
        if late.before is not None or new[late.week] <= MOST_LATE:
            yield _late(late, value, language)


def _late(late: LateEntry, value: WeekValue, language: Language) -> str:
    values = {
        "week": str(late.week),
        "service": late.service.name,
        "before": _told(late.before, value, language),
        "after": _told(late.after, value, language),
    }
    if late.before is None:
        return language.text("{week}, {service}: entered late: {after}.", **values)
    if late.after is None:
        return _because(
            language.text("{week}, {service}: withdrawn: {before}.", **values),
            late,
            language,
        )
    said = language.text(
        "{week}, {service}: corrected: {before}; now {after}.", **values
    )
    return _because(said, late, language)


def _because(said: str, late: LateEntry, language: Language) -> str:
    return (
        said + " " + language.text("Reason: {why}", why=late.why) if late.why else said
    )


def _told(fact: Fact | None, value: WeekValue, language: Language) -> str:
    match fact:
        case Move():
            stage = language.text(stage_word(fact.stage))
            return language.text(
                "{stage} on {day}", stage=stage, day=language.date(fact.on)
            )
        case Service():
            stage = language.text(stage_word(fact.stage))
            day = language.date(fact.registered_on)
            return language.text("registered as {stage} on {day}", stage=stage, day=day)
        case Transfer():
            opd = value.opds[fact.opd].name if fact.opd in value.opds else fact.opd
            return language.text(
                "passed to {opd} on {day}", opd=opd, day=language.date(fact.on)
            )
        case Closure(until=None):
            return language.text("retired on {day}", day=language.date(fact.start))
        case Closure():
            return language.text(
                "retired on {day}, reopened on {until}",
                day=language.date(fact.start),
                until=language.date(fact.until),
            )
    return NOTHING


def definitions(value: WeekValue, language: Language) -> Iterator[str]:
    """Say in five lines what the figures mean."""
    yield language.text(
        "Stages: conventional is the counter alone, online can be asked for online, integrated is behind the "
        "single door, {portal}; they count 0, 1 and 2 points.",
        portal=value.city.portal,
    )
    yield language.text(
        "Index: the points of all services out of the most there could be; 0 when all are at the counter, "
        "100 when all are behind the single door. A step is one point gained, a step backward one lost. "
        "Changes are those of the figures before rounding."
    )
    yield language.text(
        "Velocity: index points a week gained by steps, the mean of the last four complete weeks. The pace "
        "compares the steps of up to twelve weeks with those of as many before, and calls it a change only "
        "if chance alone would seldom make it. Services that join or leave are counted apart."
    )
    yield language.text(
        "Forecast: each coming week is like one of up to twelve known ones; a kind of week that has come "
        "once more becomes likelier, since so few weeks do not settle the pace. The dates are those by which "
        "every step is made with the chance that stands beside them."
    )
    yield language.text(
        "A move counts on the day it took effect and is a claim until it is verified. Weeks run from Monday "
        "to Sunday; what is entered later changes the week it belongs to, which is then marked as revised."
    )
