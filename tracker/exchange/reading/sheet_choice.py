"""Which sheets of a workbook are read: those asked for, all of an export, else the first that is visible."""

from collections.abc import Sequence

from tracker.errors import Rejected
from tracker.exchange.account import Part, Unread
from tracker.exchange.columns import KINDS
from tracker.language import N_

ALL = "*"
"""What is asked for to read every sheet; no sheet can be called so."""
_SHOWN = 20


def choose_sheets(
    file: str,
    names: Sequence[str],
    visible: Sequence[str],
    wanted: str | None,
) -> list[str]:
    """Return the names of the sheets to read.

    ``Rejected`` if the workbook does not have the sheet that is asked for.
    """
    if wanted == ALL or (wanted is None and is_export(names)):
        return list(names)
    if wanted is None:
        return [(list(visible) or list(names))[0]]
    for name in names:
        if name.strip().casefold() == wanted.strip().casefold():
            return [name]
    raise Rejected(
        "{file} has no sheet “{name}”: it has {sheets}.",
        file=file,
        name=wanted,
        sheets=", ".join(names[:_SHOWN]),
    )


def is_export(names: Sequence[str]) -> bool:
    """Tell whether the sheets are those of an export, each called by its kind."""
    return all(name in KINDS for name in names)


def unread_sheet(
    file: str,
    name: str,
    count: int,
    *,
    is_hidden: bool,
) -> Unread:
    """Return that a sheet is not read, with how many values it holds."""
    reason = (
        N_("it is hidden; --sheet “{name}” reads it, --sheet “*” all of them")
        if is_hidden
        else N_("--sheet “{name}” reads it, --sheet “*” all of them")
    )
    return Unread(
        Part.SHEET,
        file,
        name,
        count,
        reason,
        {"name": name},
        may_list=True,
    )
