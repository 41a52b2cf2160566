"""Names of OPDs for a few cells."""

from screens.widgets.paint import safe_line
from tracker.model import OPD

_ABBREVIATED = {"kecamatan": "Kec.", "kelurahan": "Kel.", "puskesmas": "Pkm."}
"""What heads the names of many OPDs alike, whose codes look alike too, and its abbreviation."""
_LONGEST_ALIAS = 18
_ROOMY = 24
"""Cells in which the names of all districts fit in full."""


def short_name(opd: OPD) -> str:
    """Return a name for few cells: an abbreviated head, else the first short alias, else the code."""
    abbreviated = _abbreviate(opd.name)
    if abbreviated:
        return safe_line(abbreviated)
    aliases = [alias for alias in opd.aliases if len(alias) <= _LONGEST_ALIAS]
    return safe_line(aliases[0]) if aliases else opd.code


def _abbreviate(name: str) -> str:
    head, _, rest = name.partition(" ")
    short = _ABBREVIATED.get(head.casefold())
    return f"{short} {rest}" if short and rest else ""


def name_within(opd: OPD, width: int) -> str:
    """Return the full name if it fits, else a short one; names that begin alike are treated alike."""
    name = safe_line(opd.name)
    fits = len(name) <= width and (width >= _ROOMY or not _abbreviate(name))
    return name if fits else short_name(opd)
