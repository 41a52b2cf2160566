"""The findings of a verdict in the words of the page."""

from collections.abc import Sequence
from datetime import date
from functools import singledispatch

from tracker.labels import kind_word
from tracker.language import N_, Language
from tracker.metrics.goal import LIKELY
from tracker.metrics.values import Pace
from tracker.model import Kind
from tracker.narration.chances import at_least, at_most
from tracker.narration.counts import (
    count_days,
    count_opds,
    count_services,
    count_targets,
)
from tracker.snapshot.blocks import Led
from tracker.snapshot.findings import (
    AllDone,
    DeadlineJustMissed,
    DeadlineKept,
    DeadlinesMissed,
    DeadlineThreatened,
    DueDate,
    Finding,
    GoalDue,
    GoalMet,
    GoalMissed,
    GoalProspect,
    InOpening,
    KindsApart,
    NotYet,
    PaceSteady,
    PaceTurned,
    Standing,
)
from tracker.snapshot.verdict import EVEN

_PACES = {
    Pace.ACCELERATING: N_("The pace is rising."),
    Pace.SLOWING: N_("The pace is falling."),
    Pace.STALLED: N_("The city is standing still."),
    Pace.REGRESSING: N_("The city is going backward."),
}
_NOT_YET = {
    "no_service": N_("No service is registered: there is nothing to judge."),
    "no_service_then": N_(
        "At the end of the last complete week there was no service.",
    ),
    "too_little_history": N_(
        "A forecast takes at least six complete weeks; there are not as many yet.",
    ),
    "no_progress": N_(
        "Since {since} no week has ended with progress: no date can be given.",
    ),
    "no_goal": N_(
        "No goal date is set: whether the pace is enough cannot be told.",
    ),
}


@singledispatch
def word_finding(finding: Finding, language: Language) -> Led:
    """Return a finding as a sentence or two under words that stand out."""
    raise TypeError(finding)


def pace_text(finding: PaceTurned | PaceSteady, language: Language) -> str:
    """Return the net steps of the last weeks beside those of as many before."""
    return language.plural(
        "{n} net step in the last {weeks} complete weeks, {before} in the {weeks} before.",
        "{n} net steps in the last {weeks} complete weeks, {before} in the {weeks} before.",
        finding.steps_recent,
        before=finding.steps_before,
        weeks=finding.window_weeks,
    )


def standing_text(finding: Standing, language: Language) -> str:
    """Return how many services stand in each stage."""
    return language.plural(
        "{n} service: {conventional} at the counter, {online} online, {integrated} behind "
        "the single door.",
        "{n} services: {conventional} at the counter, {online} online, {integrated} behind "
        "the single door.",
        finding.services,
        conventional=finding.conventional,
        online=finding.online,
        integrated=finding.integrated,
    )


def kind_name(kind: str, language: Language) -> str:
    """Return what a kind of OPD is called within a sentence; a city's own kind by its name."""
    word = language.text(kind_word(kind))
    return word.lower() if kind in tuple(Kind) else word


@word_finding.register
def _goal_missed(finding: GoalMissed, language: Language) -> Led:
    lead = language.text(
        "The goal of {goal} is missed.",
        goal=language.date(finding.goal, "long"),
    )
    return Led(
        lead,
        language.plural(
            "{n} step remains today.",
            "{n} steps remain today.",
            finding.remaining_steps,
        ),
    )


@word_finding.register
def _goal_due(finding: GoalDue, language: Language) -> Led:
    lead = language.text(
        "The day of the goal, {goal}, has come.",
        goal=language.date(finding.goal, "long"),
    )
    return Led(
        lead,
        language.plural(
            "{n} step remains on it.",
            "{n} steps remain on it.",
            finding.remaining_steps,
        ),
    )


@word_finding.register
def _goal_met(finding: GoalMet, language: Language) -> Led:
    lead = language.text(
        "The goal of {goal} is met.",
        goal=language.date(finding.goal, "long"),
    )
    return Led(
        lead,
        language.text(
            "At the end of that day every service was behind the single door.",
        ),
    )


@word_finding.register
def _in_opening(finding: InOpening, language: Language) -> Led:
    lead = language.text(
        "The opening is not closed: nothing counts as a step yet.",
    )
    if not finding.assumed:
        return Led(
            lead,
            language.text("All have answered; closing it starts the history."),
        )
    return Led(
        lead,
        language.text(
            "Not told yet: {assumed} of {services}, in {opds}.",
            assumed=finding.assumed,
            services=count_services(finding.services, language),
            opds=count_opds(finding.opds, language),
        ),
    )


@word_finding.register
def _all_done(finding: AllDone, language: Language) -> Led:
    return Led(
        language.text("The work is done."),
        language.plural(
            "The one service is behind the single door.",
            "All {n} services are behind the single door.",
            finding.services,
        ),
    )


@word_finding.register
def _just_missed(finding: DeadlineJustMissed, language: Language) -> Led:
    return _missed([finding.due], language)


@word_finding.register
def _long_missed(finding: DeadlinesMissed, language: Language) -> Led:
    return _missed(finding.dues, language)


def _missed(dues: Sequence[DueDate], language: Language) -> Led:
    due, rest = dues[0], dues[1:]
    lead = language.text(
        "The target of {day} is missed.",
        day=language.date(due.due_on, "long"),
    )
    texts = [
        language.text(
            "{met} of {set} met, {on_time} of them on time; {open} late by {days}, "
            "in {opds}.",
            met=due.met,
            set=due.set,
            on_time=due.on_time,
            open=due.open,
            days=count_days(-due.days_left, language),
            opds=count_opds(due.opds, language),
        ),
    ]
    if rest:
        texts.append(
            language.plural(
                "Of earlier days {n} more target is late.",
                "Of earlier days {n} more targets are late.",
                sum(earlier.open for earlier in rest),
            ),
        )
    return Led(lead, " ".join(texts))


@word_finding.register
def _threatened(finding: DeadlineThreatened, language: Language) -> Led:
    due = finding.due
    lead = language.text(
        "The target of {day} is at risk.",
        day=language.date(due.due_on, "long"),
    )
    texts = [
        language.text(
            "{met} of {set} met, {open} open, {days} left.",
            met=due.met,
            set=due.set,
            open=due.open,
            days=count_days(due.days_left, language),
        ),
        language.text(
            "At the pace of the last 13 weeks ({pace_13} met, {pace_4} of them in the last "
            "four) {short} will be missed.",
            pace_13=due.pace_13,
            pace_4=due.pace_4,
            short=due.short,
        ),
        _registered_met(due, language),
        _where_open(due, language),
    ]
    return Led(lead, " ".join(filter(None, texts)))


def _registered_met(due: DueDate, language: Language) -> str:
    """Say what of the pace is no pace, and what the rest leads to; nothing if all of it is."""
    if not due.registered_met:
        return ""
    return language.text(
        "{registered} of the {pace_13} were met already when they were registered: at the pace "
        "of the others {short} will be missed.",
        registered=due.registered_met,
        pace_13=due.pace_13,
        short=due.short_by_steps,
    )


def _where_open(due: DueDate, language: Language) -> str:
    """Return the kind of OPD that has half of the open targets or more; nothing if it has all."""
    if len(due.kinds) < 2:
        return ""
    kind, count = due.kinds[0]
    if 2 * count < due.open:
        return ""
    return language.text(
        "{count} of the {open} lie with this kind of OPD: {kind}.",
        count=count,
        open=due.open,
        kind=kind_name(kind, language),
    )


@word_finding.register
def _kept(finding: DeadlineKept, language: Language) -> Led:
    due = finding.due
    lead = language.text(
        "All targets of {day} are met.",
        day=language.date(due.due_on, "long"),
    )
    return Led(
        lead,
        language.text(
            "{targets}, {on_time} of them on time.",
            targets=count_targets(due.set, language),
            on_time=due.on_time,
        ),
    )


@word_finding.register
def _prospect(finding: GoalProspect, language: Language) -> Led:
    goal = language.date(finding.goal, "long")
    parts = " ".join(_parts_behind(finding, language))
    if finding.chance < EVEN:
        text = language.text(
            "At the city's pace its chance is at most {chance} in 100.",
            chance=at_most(finding.chance, language),
        )
        return Led(
            language.text(
                "The goal of {goal} is more likely missed than met.",
                goal=goal,
            ),
            " ".join(filter(None, (text, parts))),
        )
    chance = at_least(finding.chance, language)
    text = language.text(
        "At the city's pace its chance is at least {chance} in 100.",
        chance=chance,
    )
    if parts:
        # The chance of a sum says nothing of the last OPD: a reader would quote it alone.
        text = language.text(
            "For the steps of all OPDs taken together its chance is at least {chance} in "
            "100; the city is done only with its last OPD.",
            chance=chance,
        )
        lead = language.text(
            "The goal of {goal} hangs on the slowest.",
            goal=goal,
        )
    elif finding.chance < LIKELY:
        lead = language.text("The goal of {goal} is open.", goal=goal)
    else:
        lead = language.text("The goal of {goal} is within reach.", goal=goal)
    return Led(lead, " ".join(filter(None, (text, parts))))


def _parts_behind(finding: GoalProspect, language: Language) -> list[str]:
    """Return the OPDs and kinds that will not make the goal by their own weeks."""
    texts = []
    if finding.unlikely:
        said = language.plural(
            "But of {opds} {n} has a chance of its own below 15 in 100",
            "But of {opds} {n} have a chance of their own below 15 in 100",
            finding.unlikely,
            opds=count_opds(finding.opds, language),
        )
        if finding.standing_still:
            said = language.text(
                "{sentence}; {count} of them without a week of progress since {since}",
                sentence=said,
                count=finding.standing_still,
                since=language.date(finding.since, "long"),
            )
        texts.append(f"{said}.")
    if finding.late_kinds:
        kinds = language.enumeration(
            _late_kind(kind, day, language) for kind, day in finding.late_kinds
        )
        texts.append(
            language.text(
                "As a kind these are more likely late: {kinds}.",
                kinds=kinds,
            ),
        )
    return texts


def _late_kind(kind: str, day: date | None, language: Language) -> str:
    """Return a kind of OPD with the month by which it is done as likely as not."""
    name = kind_name(kind, language)
    if day is None:
        return language.text("{kind} (no date within five years)", kind=name)
    month = language.date(day, "month")
    return language.text("{kind} (around {month})", kind=name, month=month)


@word_finding.register
def _apart(finding: KindsApart, language: Language) -> Led:
    return Led(
        language.text("The kinds of OPD are far apart."),
        language.text(
            "{lowest}: index {low}, {counter} of {services} still at the counter; "
            "{highest}: index {high}.",
            lowest=language.text(kind_word(finding.lowest)),
            low=language.number(finding.lowest_index, 1),
            counter=finding.conventional,
            services=count_services(finding.services, language),
            highest=kind_name(finding.highest, language),
            high=language.number(finding.highest_index, 1),
        ),
    )


@word_finding.register
def _pace_turned(finding: PaceTurned, language: Language) -> Led:
    return Led(
        language.text(_PACES[finding.pace]),
        pace_text(finding, language),
    )


@word_finding.register
def _pace_steady(finding: PaceSteady, language: Language) -> Led:
    return Led(
        language.text("The pace is steady."),
        pace_text(finding, language),
    )


@word_finding.register
def _standing(finding: Standing, language: Language) -> Led:
    lead = language.text("Where the city stands.")
    return Led(lead, standing_text(finding, language))


@word_finding.register
def _not_yet(finding: NotYet, language: Language) -> Led:
    since = language.date(finding.since.monday, "long") if finding.since else ""
    return Led(
        language.text("No forecast."),
        language.text(_NOT_YET[finding.reason], since=since),
    )
