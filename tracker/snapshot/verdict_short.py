"""The findings of a verdict in one line each, for a chat."""

from tracker.language import Language
from tracker.narration.chances import at_least
from tracker.narration.counts import count_days, count_opds
from tracker.snapshot.blocks import Led
from tracker.snapshot.findings import (
    DeadlineJustMissed,
    DeadlinesMissed,
    DeadlineThreatened,
    DueDate,
    Finding,
    GoalProspect,
)
from tracker.snapshot.verdict import EVEN
from tracker.snapshot.verdict_text import word_finding


def word_finding_short(finding: Finding, language: Language) -> Led:
    """Return a finding in one short line, for a chat."""
    led = word_finding(finding, language)
    match finding:
        case DeadlineThreatened(due=due):
            short = language.text(
                "{met} of {set} met, {days} left; at this pace {short} will be missed.",
                met=due.met,
                set=due.set,
                days=count_days(due.days_left, language),
                short=due.short_by_steps,
            )
        case DeadlineJustMissed(due=due):
            short = _short_missed(due, language)
        case DeadlinesMissed(dues=dues):
            short = _short_missed(dues[0], language)
        case GoalProspect(unlikely=unlikely) if (
            unlikely and finding.chance >= EVEN
        ):
            short = language.text(
                "City: chance at least {chance} in 100; {n} of {opds}: below 15.",
                chance=at_least(finding.chance, language),
                n=unlikely,
                opds=count_opds(finding.opds, language),
            )
        case _:
            short = led.text
    return Led(led.lead, short)


def _short_missed(due: DueDate, language: Language) -> str:
    return language.text(
        "{open} of {set} late by {days}.",
        open=due.open,
        set=due.set,
        days=count_days(-due.days_left, language),
    )
