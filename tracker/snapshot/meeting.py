"""The rest of the first page: what moved, and what wants a word in the meeting."""

from collections import Counter
from collections.abc import Iterator
from textwrap import shorten

from tracker.labels import factor_word
from tracker.language import Language
from tracker.metrics.values import Pace
from tracker.model import Factor
from tracker.snapshot.blocks import Block, Heading, Items
from tracker.snapshot.silence import named_silence
from tracker.snapshot.text_lists import some
from tracker.snapshot.values import OPDMoves, Ranked, WeekValue
from tracker.text import collapse_whitespace

MOST_OPDS = 5
LOWEST = 3
LONGEST_REMARK = 160


def meeting(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return what the meeting speaks of."""
    yield Heading(language.text("What moved"))
    yield Items(tuple(_moved(value, language)))
    yield Heading(language.text("What needs attention"))
    yield Items(
        tuple(_attention(value, language)) or (language.text("Nothing this week."),)
    )


def steps_words(moved: OPDMoves, language: Language) -> str:
    """Say how many steps an OPD made forward and backward."""
    forward = sum(max(0, movement.steps) for movement in moved.movements)
    backward = sum(max(0, -movement.steps) for movement in moved.movements)
    parts = []
    if forward:
        parts.append(language.plural("{n} step forward", "{n} steps forward", forward))
    if backward:
        parts.append(
            language.plural("{n} step backward", "{n} steps backward", backward)
        )
    return language.enumeration(parts) if parts else language.text("no step")


def _moved(value: WeekValue, language: Language) -> Iterator[str]:
    moving = [moved for moved in value.moved if moved.size]
    shown = moving if len(moving) <= MOST_OPDS + 1 else moving[:MOST_OPDS]
    for moved in shown:
        names = dict.fromkeys(m.service.name for m in moved.movements if m.steps)
        yield language.text(
            "{opd}: {steps} ({services}).",
            opd=moved.opd.name,
            steps=steps_words(moved, language),
            services=some(names, language),
        )
    if len(moving) > len(shown):
        rest = moving[len(shown) :]
        yield language.plural(
            "{n} more OPD moved: see annex A.",
            "{n} more OPDs moved: see annex A.",
            len(rest),
        )
    if not moving:
        yield language.text("No service moved to another stage.")
    crossings = _crossings(value, language)
    if crossings:
        yield crossings
    remarks = [
        m.text
        for m in value.milestones
        if m.on >= value.week.monday and not m.method_break
    ]
    if remarks:
        yield language.text(
            "Milestone: {text}", text=_remark("; ".join(reversed(remarks)))
        )


def _crossings(value: WeekValue, language: Language) -> str:
    parts = []
    if value.joined:
        parts.append(
            language.plural(
                "{n} service joined", "{n} services joined", len(value.joined)
            )
        )
    if value.left:
        parts.append(
            language.plural("{n} service left", "{n} services left", len(value.left))
        )
    if value.passed:
        parts.append(
            language.plural(
                "{n} service passed to another OPD",
                "{n} services passed to another OPD",
                len(value.passed),
            )
        )
    return (
        language.text("{sentence}: see annex B.", sentence=language.enumeration(parts))
        if parts
        else ""
    )


def _remark(text: str) -> str:
    return shorten(collapse_whitespace(text), LONGEST_REMARK, placeholder=" …")


def _attention(value: WeekValue, language: Language) -> Iterator[str]:
    targets = " ".join(_targets(value, language))
    if targets:
        yield targets
    yield from _opds(value, language)
    yield from _services(value, language)
    yield from _obstacles(value, language)
    for milestone in value.milestones:
        if (
            milestone.method_break
            and value.trend
            and milestone.on >= value.trend[0][0].monday
        ):
            yield language.text(
                "From {day} on the figures do not compare with those before: {text}",
                day=language.date(milestone.on, "long"),
                text=_remark(milestone.text),
            )
            return


def _targets(value: WeekValue, language: Language) -> Iterator[str]:
    if value.overdue:
        worst = value.overdue[0]
        yield language.plural(
            "{n} service has missed its target: {service} ({opd}), due on {day}.",
            "{n} services have missed their targets, for longest {service} ({opd}), due on {day}.",
            len(value.overdue),
            service=worst.service.name,
            opd=value.opds[worst.opd].name,
            day=language.date(worst.overdue[0].due_on, "long"),
        )
    if value.due_soon:
        yield language.plural(
            "{n} service is due within four weeks.",
            "{n} services are due within four weeks.",
            len(value.due_soon),
        )


def _opds(value: WeekValue, language: Language) -> Iterator[str]:
    backward = [
        opd.name for opd in value.figures.opds if opd.figures.pace is Pace.REGRESSING
    ]
    if backward:
        yield language.text("Going backward: {opds}.", opds=some(backward, language))
    lowest = _lowest(value)
    if lowest:
        names = some((_with_index(row, language) for row in lowest), language)
        yield language.text("Lowest index: {opds}.", opds=names)
    if value.silent:
        yield language.text(
            "Not heard from this week: {opds}.",
            opds=some((named_silence(opd, language) for opd in value.silent), language),
        )


def _lowest(value: WeekValue) -> list[Ranked]:
    """Return the last three OPDs by index and those that equal the third, the last first.

    Those that equal the third are left out where that is half of all or more; nobody is named as one of most.
    """
    ranked = [(row.rank, row) for row in reversed(value.ranks) if row.rank is not None]
    if not ranked:
        return []
    third, _ = ranked[:LOWEST][-1]
    choices = (
        [row for rank, row in ranked if rank >= third],
        [row for rank, row in ranked if rank > third],
    )
    return next((rows for rows in choices if 2 * len(rows) < len(ranked)), [])


def _with_index(row: Ranked, language: Language) -> str:
    return f"{row.opd.name} ({language.number(row.opd.figures.index, 2)})"


def _services(value: WeekValue, language: Language) -> Iterator[str]:
    if value.stalled:
        yield _stalled(value, language)
    if value.hybrid:
        yield language.plural(
            "{n} service counts as online or integrated and still wants a visit to an office.",
            "{n} services count as online or integrated and still want a visit to an office.",
            len(value.hybrid),
        )


def _stalled(value: WeekValue, language: Language) -> str:
    opd, count = Counter(at.opd for at in value.stalled).most_common(1)[0]
    said = {"days": value.city.stalled_after, "opd": value.opds[opd].name}
    if count == len(value.stalled):
        return language.plural(
            "{n} service of {opd} has not moved for {days} days or more.",
            "{n} services, all of {opd}, have not moved for {days} days or more.",
            count,
            **said,
        )
    return language.text(
        "{n} services have not moved for {days} days or more, {count} of them with {opd}.",
        n=len(value.stalled),
        count=count,
        **said,
    )


def _obstacles(value: WeekValue, language: Language) -> Iterator[str]:
    loads = value.figures.city.obstacles
    count = sum(load.open for load in loads.values())
    if count:
        factor = max(
            Factor,
            key=lambda factor: (
                loads[factor.value].remaining_steps,
                loads[factor.value].open,
            ),
        )
        yield language.plural(
            "{n} obstacle is open; {factor} holds back the most: {steps}.",
            "{n} obstacles are open; {factor} holds back the most: {steps}.",
            count,
            factor=language.text(factor_word(factor)),
            steps=language.plural(
                "{n} step", "{n} steps", loads[factor.value].remaining_steps
            ),
        )
