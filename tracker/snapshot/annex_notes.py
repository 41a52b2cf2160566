"""The annex on the figures themselves: what they rest on, what changed in them, and what they mean."""

from collections.abc import Iterator

from tracker.language import NOTHING, Language
from tracker.model import Closure, Fact, Move, Service, Transfer
from tracker.snapshot.blocks import Block, Table
from tracker.snapshot.revising import revision_lines
from tracker.snapshot.values import LateEntry, WeekValue
from tracker.snapshot.week import improvement
from tracker.words import stage_word


def milestone_lines(value: WeekValue, language: Language) -> Iterator[str]:
    """Say the milestones, the latest first."""
    for milestone in value.milestones:
        values = {"day": language.date(milestone.on), "text": milestone.text}
        if milestone.method_break:
            yield language.text(
                "{day}, method break (figures before and after do not compare): {text}", **values
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
        yield language.text(
            "Illustrative: this history is made up and is no record of {city}.", city=value.city.name
        )
    if not value.figures.complete:
        yield language.text("The week is still running: its figures will change.")
    for revision in value.revisions:
        for line in revision_lines(revision, value, language):
            yield language.text("Revised since it was published (published → today): {line}", line=line)


def _coverage(value: WeekValue, language: Language) -> Iterator[str]:
    figures = value.figures.city
    if not figures.services:
        return
    yield language.text(
        "Requests a year are known of {share} of the services; weighted by them the index is {index}.",
        share=language.percent(figures.volume_coverage),
        index=language.number(figures.index_by_volume, 2),
    )
    yield language.text(
        "Office visits are known of {share} of the services; those without a visit are counted among these.",
        share=language.percent(figures.visit_coverage),
    )
    yield language.text(
        "Since their baselines the services spare citizens {visits} office visits and {days} days of waiting "
        "a year, as far as requests, visits and days are known.",
        visits=language.number(figures.visits_avoided, 0),
        days=language.number(figures.days_saved, 0),
    )
    if figures.verified_share is not None:
        yield language.text(
            "Of the services past the counter {share} are verified; the others are claims.",
            share=language.percent(figures.verified_share),
        )


def _forecast_notes(value: WeekValue, language: Language) -> Iterator[str]:
    forecast = value.figures.city.forecast
    if forecast.p95 is not None:
        yield language.text(
            "Forecast: done by {day} with a chance of 95 in 100.", day=language.date(forecast.p95, "long")
        )
    for caution in forecast.caution:
        match caution:
            case "one_week_dominates":
                yield language.text(
                    "Forecast, with care: one week made over half of the recent steps forward."
                )
            case "growing_scope":
                yield language.text(
                    "Forecast, with care: services that joined brought more than a quarter of the steps made."
                )


def late_lines(value: WeekValue, language: Language) -> Iterator[str]:
    """Say what was entered in the week about earlier ones."""
    for late in value.late:
        values = {"week": str(late.week), "service": late.service.name}
        before, after = _told(late.before, value, language), _told(late.after, value, language)
        if late.before is None:
            yield language.text("{week}, {service}: entered late: {entry}.", entry=after, **values)
        elif late.after is None:
            yield _because(
                language.text("{week}, {service}: withdrawn: {entry}.", entry=before, **values),
                late,
                language,
            )
        else:
            yield _because(
                language.text(
                    "{week}, {service}: corrected: {before}; now {after}.",
                    before=before,
                    after=after,
                    **values,
                ),
                late,
                language,
            )


def _because(said: str, late: LateEntry, language: Language) -> str:
    return said + " " + language.text("Reason: {why}", why=late.why) if late.why else said


def _told(fact: Fact | None, value: WeekValue, language: Language) -> str:
    match fact:
        case Move():
            stage = language.text(stage_word(fact.stage))
            return language.text("{stage} on {day}", stage=stage, day=language.date(fact.on))
        case Service():
            stage = language.text(stage_word(fact.stage))
            day = language.date(fact.registered_on)
            return language.text("registered as {stage} on {day}", stage=stage, day=day)
        case Transfer():
            opd = value.opds[fact.opd].name if fact.opd in value.opds else fact.opd
            return language.text("passed to {opd} on {day}", opd=opd, day=language.date(fact.on))
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
        "Stages: conventional is the counter alone, online is without it, integrated is behind the "
        "single door, {portal}; they count 0, 1 and 2 points.",
        portal=value.city.portal,
    )
    yield language.text(
        "Index: the points of all services out of the most there could be; 0 when all are at the counter, "
        "100 when all are behind the single door. A step is one point gained, a step backward one lost."
    )
    yield language.text(
        "Velocity: index points a week gained by steps, the mean of the last four complete weeks; the pace "
        "compares it with the four weeks before. Services that join or leave are counted apart."
    )
    yield language.text(
        "Forecast: each coming week is like one of the last twelve complete ones, each as likely; the dates "
        "are those by which every step is made with the chance that stands beside them."
    )
    yield language.text(
        "A move counts on the day it took effect and is a claim until it is verified. Weeks run from Monday "
        "to Sunday; what is entered later changes the week it belongs to, which is then marked as revised."
    )
