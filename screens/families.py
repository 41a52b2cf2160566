"""The same service of many OPDs as one row, which opens into its members."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

from screens.navigation import Destination, FamilyLine
from screens.rows import ServiceRow
from tracker.model import Stage


class FamilyRow(Struct, frozen=True):
    """The members of a family that are shown together, by the names of their OPDs.

    ``family_size`` counts those of every stage, of which these may be a part.
    """

    name: str
    members: tuple[ServiceRow, ...]
    family_size: int

    @property
    def reached(self) -> Stage:
        """The highest stage that any member has reached."""
        return max((row.stage for row in self.members), key=_points)

    @property
    def points(self) -> float:
        """The mean points of the members, by which stages are put in order."""
        total = sum(row.at.points for row in self.members)
        return total / len(self.members)

    @property
    def longest(self) -> ServiceRow:
        """The member that has been in its stage for longest."""
        return max(self.members, key=lambda row: row.at.days_in_stage)


Grouped = ServiceRow | FamilyRow
"""A row of a list in which families are one row each."""


def _points(stage: Stage) -> int:
    return stage.points


def family_sizes(rows: Iterable[ServiceRow]) -> Counter[str]:
    """Count the services of each family, by its name."""
    return Counter(
        row.at.service.family for row in rows if row.at.service.family
    )


def group_families(
    rows: Sequence[ServiceRow],
    sizes: Mapping[str, int] | None = None,
) -> list[Grouped]:
    """Return rows with each family of two or more as one, in the place of its first member.

    ``sizes`` are those of the families if they have members in other rows too.
    """
    members: dict[str, list[ServiceRow]] = {}
    if sizes is None or sizes:
        for row in rows:
            if row.at.service.family:
                members.setdefault(row.at.service.family, []).append(row)
    if not members:
        return list(rows)
    if sizes is None:
        sizes = {family: len(alike) for family, alike in members.items()}

    grouped: list[Grouped] = []
    for row in rows:
        family = row.at.service.family
        alike = members[family] if family else ()
        if len(alike) < 2:
            grouped.append(row)
        elif alike[0] is row:
            by_opd = sorted(alike, key=lambda one: one.opd.name.casefold())
            grouped.append(FamilyRow(family, tuple(by_opd), sizes[family]))
    return grouped


def key_of_row(row: Grouped, stage: str = "") -> Destination:
    """Return what a row opens; of a family, its members in ``stage`` or in any."""
    if isinstance(row, FamilyRow):
        return FamilyLine(row.name, stage)
    return row.page


def expand_families(
    keys: Iterable[Destination],
    rows: Sequence[ServiceRow],
) -> list[Destination]:
    """Return the lines that ``keys`` stand for: of a family, those of its members among ``rows``."""
    wanted = list(keys)
    members: dict[str, list[ServiceRow]] = {
        key.name: [] for key in wanted if isinstance(key, FamilyLine)
    }
    if not members:
        return wanted
    for row in rows:
        if row.service.family in members:
            members[row.service.family].append(row)

    lines: list[Destination] = []
    for key in wanted:
        if not isinstance(key, FamilyLine):
            lines.append(key)
            continue
        lines += [
            row.page
            for row in members[key.name]
            if key.stage in ("", row.stage.value)
        ]
    return lines


def running_row_shares(
    rows: Sequence[Grouped],
    burdens: Mapping[str, float],
) -> dict[Destination, float]:
    """Return what part of all burden each row and all heavier ones carry, by what the row opens.

    ``burdens`` are visits a year by the services' keys. Of equal burdens the first row comes first.
    """
    loads = []
    for row in rows:
        members = row.members if isinstance(row, FamilyRow) else (row,)
        known = [burdens[one.key] for one in members if one.key in burdens]
        if known:
            loads.append((sum(known), key_of_row(row)))
    loads.sort(key=lambda load: -load[0])
    total = sum(load for load, _ in loads)
    carried = accumulate(load for load, _ in loads)
    return {
        key: so_far / total if total else 0.0
        for (_, key), so_far in zip(loads, carried, strict=True)
    }
