"""The annex on the figures themselves: what they rest on, what changed in them, and what they mean."""

from collections import Counter
from collections.abc import Iterator

from tracker.labels import stage_word
from tracker.language import NOTHING, Language
from tracker.model import Closure, Fact, Move, Service, Transfer
from tracker.snapshot.blocks import Block, Table
from tracker.snapshot.revision_text import changes_of
from tracker.snapshot.text_lists import name_some
from tracker.snapshot.values import LateEntry, WeekValue
from tracker.snapshot.week import compute_improvement

MOST_LATE = 12
"""New late entries of one week that are told one by one."""


_SHOWN_DIGITS = 16
"""Digits of the log's last link on a page: enough that no other log ends alike."""


def milestone_lines(value: WeekValue, language: Language) -> Iterator[str]:
    """Yield the milestones, the latest first."""
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
            language.number(
                compute_improvement(evaluation, value.evaluations),
                2,
                signed=True,
            ),
            language.plain(evaluation.target),
            NOTHING
            if evaluation.rank is None
            else language.number(evaluation.rank, 0),
            evaluation.source or NOTHING,
        )
        for evaluation in value.evaluations
    )
    yield Table(head, rows, frozenset({2, 3, 4, 5}))


def note_lines(value: WeekValue, language: Language) -> Iterator[str]:
    """Yield what a reader of the figures should know of the data beneath them."""
    figures = value.figures.city
    if figures.services:
        yield language.text(
            "Request volumes are known for {share} of services; weighted by them the index is "
            "{index}, by families of the same service {families}.",
            share=language.percent(figures.volume_coverage),
            index=language.number(figures.index_by_volume, 1),
            families=language.number(figures.index_by_family, 1),
        )
        yield language.text(
            "Office visits are known for {share} of services; the share without a visit is of "
            "these.",
            share=language.percent(figures.visit_coverage),
        )
        yield language.text(
            "Since their baselines the services spare citizens {visits} office visits and {days} "
            "days of waiting a year, as far as requests, visits and days are known.",
            visits=language.number(figures.visits_avoided, 0),
            days=language.number(figures.days_saved, 0),
        )
        yield _stalled_text(value, language)
        yield language.plural(
            "{n} service counts as online or integrated and still wants a visit to an office.",
            "{n} services count as online or integrated and still want a visit to an office.",
            len(value.hybrid),
        )
        yield language.text(
            "Of the facts wanted of each service {filled} of {wanted} are recorded.",
            filled=figures.filled,
            wanted=figures.wanted,
        )
    if not value.figures.complete:
        yield language.text(
            "The week is still running: its figures will change.",
        )
    if value.log_head:
        yield language.text(
            "The log of this register ends in {head}; “doctor” finds what is altered in it afterwards.",
            head=value.log_head[:_SHOWN_DIGITS],
        )


def _stalled_text(value: WeekValue, language: Language) -> str:
    """Return how many services newly stand still, and of how many in all."""
    figures = value.figures.city
    return language.plural(
        "{n} service has come to {days} days or more in its stage within four weeks; "
        "with it {stalled} of the {unfinished} unfinished ones.",
        "{n} services have come to {days} days or more in their stage within four weeks; "
        "with them {stalled} of the {unfinished} unfinished ones.",
        figures.newly_stalled,
        days=value.city.stalled_after,
        stalled=figures.stalled,
        unfinished=figures.conventional + figures.online,
    )


def revised_week_lines(value: WeekValue, language: Language) -> Iterator[str]:
    """Yield a line for each published week of which the history now says something else."""
    for revision in value.revisions:
        scopes = dict.fromkeys(one.scope for one in revision.differences)
        names = [
            value.opds[scope].name for scope in scopes if scope in value.opds
        ]
        yield language.text(
            "Week {week} (published → today): {changes}; in {opds}.",
            week=str(revision.week),
            changes=changes_of(revision, language),
            opds=name_some(names, language) or value.city.name,
        )


def late_lines(value: WeekValue, language: Language) -> Iterator[str]:
    """Yield what was entered in the week about earlier ones; of many new entries only the count."""
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
        return language.text(
            "{week}, {service}: entered late: {after}.",
            **values,
        )
    if late.after is None:
        return _because(
            language.text("{week}, {service}: withdrawn: {before}.", **values),
            late,
            language,
        )
    said = language.text(
        "{week}, {service}: corrected: {before}; now {after}.",
        **values,
    )
    return _because(said, late, language)


def _because(said: str, late: LateEntry, language: Language) -> str:
    return (
        said + " " + language.text("Reason: {why}", why=late.why)
        if late.why
        else said
    )


def _told(fact: Fact | None, value: WeekValue, language: Language) -> str:
    match fact:
        case Move():
            stage = language.text(stage_word(fact.stage))
            return language.text(
                "{stage} on {day}",
                stage=stage,
                day=language.date(fact.on),
            )
        case Service():
            stage = language.text(stage_word(fact.stage))
            day = language.date(fact.registered_on)
            return language.text(
                "registered as {stage} on {day}",
                stage=stage,
                day=day,
            )
        case Transfer():
            opd = (
                value.opds[fact.opd].name
                if fact.opd in value.opds
                else fact.opd
            )
            return language.text(
                "passed to {opd} on {day}",
                opd=opd,
                day=language.date(fact.on),
            )
        case Closure(until=None):
            return language.text(
                "retired on {day}",
                day=language.date(fact.start),
            )
        case Closure():
            return language.text(
                "retired on {day}, reopened on {until}",
                day=language.date(fact.start),
                until=language.date(fact.until),
            )
    return NOTHING


def definition_lines(value: WeekValue, language: Language) -> Iterator[str]:
    """Yield in a few lines what the figures mean."""
    yield language.text(
        "Stages: conventional is the counter alone, online can be asked for online, integrated is "
        "behind the single door, {portal}; they count 0, 1 and 2 steps.",
        portal=value.city.portal,
    )
    yield language.text(
        "Index: the steps made by all services out of the most there could be; 0 when all are at "
        "the counter, 100 when all are behind the single door.",
    )
    yield language.text(
        "Pace: the net steps of up to twelve complete weeks beside those of as many before. It "
        "counts as rising or falling only where chance alone would seldom make the difference.",
    )
    yield language.text(
        "Forecast: a coming week is like one of up to twelve known ones; one that has come again "
        "becomes likelier, since so few weeks do not settle the pace.",
    )
    yield language.text(
        "A move counts on the day it took effect and is a claim until it is verified. Weeks run "
        "from Monday to Sunday; what is entered later changes the week it belongs to, which is "
        "then marked as revised.",
    )
    yield language.text(
        "Late: a target whose day has passed; due: within 28 days. Expected to be met: at the "
        "pace of the last 13 weeks.",
    )
