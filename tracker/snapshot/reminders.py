"""What each OPD still owes, in at most ten plain lines for a chat or a letter.

The same register and day give the same lines. Whom they go to follows from the silence: the
contact at first, the head of the OPD after three silent weeks, and after five the OPD is on
the list for the leadership.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.exchange.sheets.layout import name_sheet
from tracker.language import Language
from tracker.lookup import find_opd
from tracker.metrics.attention import (
    choose_silent,
    find_due_soon,
    find_overdue,
    find_unverified,
)
from tracker.metrics.measure import measure_week
from tracker.metrics.point_in_time import ServiceAt
from tracker.metrics.reading import WeekReading
from tracker.metrics.values import OPDFigures
from tracker.model import OPD, ReminderLevel
from tracker.register import Register
from tracker.text import visible
from tracker.week import Week

HEAD_AFTER, LEADERSHIP_AFTER = 3, 5
"""Silent weeks after which a reminder goes to the head of the OPD, and to the leadership's list."""
_NAMED = 2
"""Services that a line names; a chat message has no room for all."""


@dataclass(frozen=True)
class ReminderText:
    """What one OPD owes: its lines, ready to be sent, and whom they go to."""

    opd: OPD
    level: ReminderLevel
    silent_weeks: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


def write_reminders(
    register: Register,
    today: date,
    language: Language,
    opds: Sequence[str] = (),
) -> list[ReminderText]:
    """Return a reminder for each OPD that owes something, by code.

    ``opds`` are codes, names or aliases; none means all. Raises ``Rejected`` for an unknown one.
    """
    wanted = {find_opd(register, said).id for said in opds}
    reading = WeekReading(register, Week.of(today), today)
    figures = measure_week(reading)
    silent = {
        opd.key
        for opd in choose_silent(figures.opds, reading.heard, reading.week)
    }

    found = []
    for opd in figures.opds:
        if (wanted and opd.key not in wanted) or not opd.figures.services:
            continue
        owed = list(
            _owed_lines(
                opd,
                reading.services_of[opd.key],
                opd.key in silent,
                language,
            ),
        )
        if owed:
            found.append(
                _write_reminder(
                    register.opds[opd.key],
                    opd,
                    owed,
                    today,
                    language,
                ),
            )
    return found


def leadership_lines(
    reminders: Sequence[ReminderText],
    language: Language,
) -> list[str]:
    """Return the list for the leadership: the OPDs silent for longest first; empty if there are none."""
    silent = [one for one in reminders if one.level is ReminderLevel.LEADERSHIP]
    if not silent:
        return []
    silent.sort(key=lambda one: (-one.silent_weeks, one.opd.name.casefold()))
    lines = [
        language.plural(
            "{opd}: {n} week of silence",
            "{opd}: {n} weeks of silence",
            one.silent_weeks,
            opd=one.opd.name,
        )
        for one in silent
    ]
    return [
        language.text("For the leadership: not heard from for long"),
        *lines,
    ]


def name_reminder_files(
    reminders: Sequence[ReminderText],
    today: date,
    language: Language,
) -> dict[str, str]:
    """Return the texts of reminders by the names of their files, the leadership's list last."""
    texts = {one.opd.code: one.text for one in reminders}
    for_leadership = leadership_lines(reminders, language)
    if for_leadership:
        # No code of an OPD begins with an underscore.
        texts["_" + language.text("leadership")] = "\n".join(for_leadership)
    week = Week.of(today)
    return {f"{name}-{week}.txt": text for name, text in texts.items()}


def _write_reminder(
    opd: OPD,
    figures: OPDFigures,
    owed: list[str],
    today: date,
    language: Language,
) -> ReminderText:
    weeks = figures.silent_weeks
    level = ReminderLevel.CONTACT
    if weeks >= LEADERSHIP_AFTER:
        level = ReminderLevel.LEADERSHIP
    elif weeks >= HEAD_AFTER:
        level = ReminderLevel.HEAD

    contact = opd.contact.splitlines()[0] if opd.contact.strip() else opd.name
    if level is ReminderLevel.CONTACT:
        greeting = language.text("To {contact}", contact=contact)
    else:
        greeting = language.text("To the head of {opd}", opd=opd.name)
    title = language.text(
        "{opd}, services as of {day} (week {week}):",
        opd=opd.name,
        day=language.date(today, "long"),
        week=Week.of(today).number,
    )
    sheet = language.text(
        "Sheet to fill in: {file}",
        file=name_sheet(opd, today),
    )
    lines = (greeting, title, *owed, sheet)
    return ReminderText(
        opd,
        level,
        weeks,
        tuple(visible(line) for line in lines),
    )


def _owed_lines(
    opd: OPDFigures,
    services: Sequence[ServiceAt],
    is_silent: bool,
    language: Language,
) -> Iterator[str]:
    """Yield a line for each kind of thing that is owed, the most urgent first: six at most."""
    if is_silent and opd.silent_weeks:
        yield "- " + language.plural(
            "no report for {n} complete week",
            "no report for {n} complete weeks",
            opd.silent_weeks,
        )
    elif is_silent:
        yield "- " + language.text("no report yet this week")

    late = find_overdue(services)
    if late:
        said = language.plural(
            "{n} service past its deadline",
            "{n} services past their deadlines",
            len(late),
        )
        yield f"- {said}: {_names(late, language)}"
    due = find_due_soon(services)
    if due:
        said = language.plural(
            "{n} service due within 28 days",
            "{n} services due within 28 days",
            len(due),
        )
        nearest = language.date(due[0].due_soon[0].due_on)
        first = language.text("the first on {day}", day=nearest)
        yield f"- {said}, {first}: {_names(due, language)}"

    claims = find_unverified(services)
    if claims:
        said = language.plural(
            "{n} claim to be verified, please send the evidence",
            "{n} claims to be verified, please send the evidence",
            len(claims),
        )
        yield f"- {said}: {_names(claims, language)}"
    missing = opd.figures.wanted - opd.figures.filled
    if missing:
        yield "- " + language.plural(
            "{n} value missing (requests, visits, days, owner, application, evidence)",
            "{n} values missing (requests, visits, days, owner, application, evidence)",
            missing,
        )


def _names(services: Sequence[ServiceAt], language: Language) -> str:
    named = "; ".join(at.service.name for at in services[:_NAMED])
    rest = len(services) - _NAMED
    if rest <= 0:
        return named
    return named + "; " + language.plural("and {n} more", "and {n} more", rest)
