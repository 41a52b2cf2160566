"""The annex on targets: how far each day's are met, and which OPDs have late or due ones."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tracker.labels import stage_word
from tracker.language import Language
from tracker.metrics.values import Deadline
from tracker.model import Target
from tracker.snapshot.blocks import Block, Table
from tracker.snapshot.values import OPDInNeed, WeekValue


def target_blocks(value: WeekValue, language: Language) -> Iterator[Block]:
    """Yield the targets by day and stage, then the OPDs with late or due services."""
    targets = value.figures.city.targets
    if targets:
        head = (
            language.text("Target"),
            language.text("Set"),
            language.text("Met"),
            language.text("On time"),
            language.text("Open"),
            language.text("Days left"),
            language.text("Expected to be met"),
        )
        rows = tuple(_deadline(one, language) for one in targets)
        yield Table(head, rows, frozenset(range(1, 7)))
    owing = [row for row in value.in_need if row.overdue or row.due_soon]
    if owing:
        yield _owing(owing, value, language)


def _deadline(deadline: Deadline, language: Language) -> tuple[str, ...]:
    day = language.date(deadline.due_on)
    counts = (
        deadline.set,
        deadline.met,
        deadline.on_time,
        deadline.open,
        deadline.days_left,
        deadline.expected,
    )
    return (
        f"{day}, {language.text(stage_word(deadline.stage)).lower()}",
        *(language.number(count, 0) for count in counts),
    )


def _owing(
    owing: list[OPDInNeed],
    value: WeekValue,
    language: Language,
) -> Table:
    head = (
        language.text("OPD"),
        language.text("Services late"),
        language.text("Late since"),
        language.text("Services due in 4 weeks"),
        language.text("Next due on"),
        language.text("Contact"),
    )
    late = _first_days((at.opd, at.overdue) for at in value.overdue)
    soon = _first_days((at.opd, at.due_soon) for at in value.due_soon)
    rows = tuple(
        (
            row.opd.name,
            language.number(row.overdue, 0),
            language.date(late.get(row.opd.key)),
            language.number(row.due_soon, 0),
            language.date(soon.get(row.opd.key)),
            row.contact or language.text("not recorded"),
        )
        for row in owing
    )
    return Table(head, rows, frozenset({1, 3}))


def _first_days(
    owed: Iterable[tuple[str, Sequence[Target]]],
) -> dict[str, date]:
    """Return the earliest day of the targets of each OPD."""
    first: dict[str, date] = {}
    for opd, targets in owed:
        for target in targets:
            first[opd] = min(target.due_on, first.get(opd, target.due_on))
    return first
