"""The missing data of an OPD's services, worst first; each line opens the dialog to fill it in."""

from collections.abc import Iterator, Sequence

from screens.navigation import MissingLine
from screens.overview.groups import heading_item
from screens.rows import ServiceRow
from screens.widgets.lines import Item
from screens.widgets.paint import safe_line
from tracker.fields import ChangedBy, fields_changed_by
from tracker.language import Language
from tracker.metrics.burden import missing_facts
from tracker.narration.values import name_missing

_EDITED = {
    field.name for field in fields_changed_by("services", ChangedBy.EDIT)
}
"""The fields that an edit of the service fills in; the others are told by its history."""


def missing_items(
    rows: Sequence[ServiceRow],
    language: Language,
) -> Iterator[Item]:
    """Yield the services that lack most first; of those that lack as much, the first name."""
    lacking = [
        (missing, row) for row in rows if (missing := missing_facts(row.at))
    ]
    if not lacking:
        return
    lacking.sort(key=lambda one: (-len(one[0]), one[1].service.name.casefold()))
    total = sum(len(missing) for missing, _ in lacking)
    yield heading_item(language.text("Data missing"), total, None, language)
    for missing, row in lacking:
        yield Item(
            ((f"   {safe_line(row.service.name)}", ""),),
            missing_line(row, missing),
            ((f" {name_missing(missing, language)} ", "quiet"),),
        )


def missing_line(row: ServiceRow, missing: Sequence[str]) -> MissingLine:
    """Return the line that opens the dialog for what is missing, the service's own fields first."""
    own = [name for name in missing if name in _EDITED]
    move = row.at.move
    fact = row.key if move is None else move.id
    return MissingLine(row.key, fact, (own or missing)[0])


def fills_by_edit(line: MissingLine) -> bool:
    """Return whether the field is filled in by editing the service, not by correcting its history."""
    return line.field in _EDITED
