"""The rest of the first page: what moved, and what wants a word in the meeting."""

from collections import Counter
from collections.abc import Iterable, Iterator
from textwrap import shorten

from tracker.language import Language
from tracker.metrics.values import Pace
from tracker.model import Factor
from tracker.snapshot.blocks import Block, Heading, Items
from tracker.snapshot.silence import named_silence
from tracker.snapshot.values import OPDMoves, Ranked, WeekValue
from tracker.text import tidy
from tracker.words import factor_word

MOST_OPDS = 5
MOST_NAMES = 3
LONGEST_REMARK = 160


def meeting(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return what the meeting speaks of."""
    yield Heading(language.text("What moved"))
    yield Items(tuple(_moved(value, language)))
    yield Heading(language.text("What needs attention"))
    yield Items(tuple(_attention(value, language)) or (language.text("Nothing this week."),))


def some(names: Iterable[str], language: Language, most: int = MOST_NAMES) -> str:
    """Name the first few, and say how many more there are."""
    known = list(names)
    if len(known) <= most + 1:
        return language.enumeration(known)
    more = language.plural("{n} more", "{n} more", len(known) - most)
    return language.enumeration([*known[:most], more])


def steps_words(moved: OPDMoves, language: Language) -> str:
    """Say how many steps an OPD made forward and backward."""
    forward = sum(max(0, movement.steps) for movement in moved.movements)
    backward = sum(max(0, -movement.steps) for movement in moved.movements)
    parts = []
    if forward:
        parts.append(language.plural("{n} step forward", "{n} steps forward", forward))
    if backward:
        parts.append(language.plural("{n} step backward", "{n} steps backward", backward))
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
            "{n} more OPD moved: see annex A.", "{n} more OPDs moved: see annex A.", len(rest)
        )
    if not moving:
        yield language.text("No service moved to another stage.")
    crossings = _crossings(value, language)
    if crossings:
        yield crossings


def _crossings(value: WeekValue, language: Language) -> str:
    parts = []
    if value.joined:
        parts.append(language.plural("{n} service joined", "{n} services joined", len(value.joined)))
    if value.left:
        parts.append(language.plural("{n} service left", "{n} services left", len(value.left)))
    if value.passed:
        parts.append(
            language.plural(
                "{n} service passed to another OPD", "{n} services passed to another OPD", len(value.passed)
            )
        )
    return language.text("{sentence}.", sentence=language.enumeration(parts)) if parts else ""


def _attention(value: WeekValue, language: Language) -> Iterator[str]:
    targets = " ".join(_targets(value, language))
    if targets:
        yield targets
    yield from _opds(value, language)
    yield from _services(value, language)
    yield from _obstacles(value, language)
    for milestone in value.milestones:
        if milestone.method_break and value.trend and milestone.on >= value.trend[0][0].monday:
            yield language.text(
                "From {day} on the figures do not compare with those before: {text}",
                day=language.date(milestone.on, "long"),
                text=shorten(tidy(milestone.text), LONGEST_REMARK, placeholder=" …"),
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
    backward = [opd.name for opd in value.figures.opds if opd.figures.pace is Pace.REGRESSING]
    if backward:
        yield language.text("Going backward: {opds}.", opds=some(backward, language))
    ranked = [row for row in value.ranks if row.rank is not None]
    if len(ranked) > 2 * MOST_NAMES:
        last = (_with_index(row, language) for row in ranked[: -MOST_NAMES - 1 : -1])
        yield language.text("Lowest index: {opds}.", opds=language.enumeration(last))
    if value.silent:
        yield language.text(
            "Not heard from this week: {opds}.",
            opds=some((named_silence(opd, language) for opd in value.silent), language),
        )


def _with_index(row: Ranked, language: Language) -> str:
    return f"{row.opd.name} ({language.number(row.opd.figures.index, 2)})"


def _services(value: WeekValue, language: Language) -> Iterator[str]:
    if value.stalled:
        opd, count = Counter(at.opd for at in value.stalled).most_common(1)[0]
        yield language.plural(
            "{n} service has not moved for {days} days or more, with {opd}.",
            "{n} services have not moved for {days} days or more, {count} of them with {opd}.",
            len(value.stalled),
            days=value.city.stalled_after,
            opd=value.opds[opd].name,
            count=count,
        )
    if value.hybrid:
        yield language.plural(
            "{n} service counts as online or integrated and still wants a visit to an office.",
            "{n} services count as online or integrated and still want a visit to an office.",
            len(value.hybrid),
        )


def _obstacles(value: WeekValue, language: Language) -> Iterator[str]:
    loads = value.figures.city.obstacles
    count = sum(load.open for load in loads.values())
    if count:
        factor = max(
            Factor, key=lambda factor: (loads[factor.value].remaining_steps, loads[factor.value].open)
        )
        yield language.plural(
            "{n} obstacle is open; {factor} holds back the most: {steps}.",
            "{n} obstacles are open; {factor} holds back the most: {steps}.",
            count,
            factor=language.text(factor_word(factor)),
            steps=language.plural("{n} step", "{n} steps", loads[factor.value].remaining_steps),
        )
