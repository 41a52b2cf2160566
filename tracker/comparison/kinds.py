"""Cities side by side, kind of OPD by kind of OPD."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.comparison.cities import ComparedCity
from tracker.comparison.collected_cities import CollectedCity
from tracker.comparison.counts import CountedFigures
from tracker.metrics.values import Figures


@dataclass(frozen=True)
class KindFigures:
    """One kind of OPD in every city; None where a city has no service of it."""

    kind: str
    figures: tuple[Figures | CountedFigures | None, ...]

    @property
    def leader(self) -> int | None:
        """The place of the city with the highest index; None if two share it, or one has it alone."""
        known = [
            (found.index, place)
            for place, found in enumerate(self.figures)
            if found is not None and found.index is not None
        ]
        if len(known) < 2:
            return None
        best = max(known)[0]
        leaders = [place for index, place in known if index == best]
        return leaders[0] if len(leaders) == 1 else None


def compare_kinds(
    cities: Sequence[ComparedCity],
    collected: Sequence[CollectedCity] = (),
) -> list[KindFigures]:
    """Return the kinds that any of the cities has, in the order in which they are met."""
    kinds = dict.fromkeys(
        str(opd.kind) for city in cities for opd in city.register.opds.values()
    )
    for other in collected:
        kinds |= dict.fromkeys(other.kinds)
    found = []
    for kind in kinds:
        figures = (
            *(city.measure_kind(kind) for city in cities),
            *(other.kinds.get(kind) for other in collected),
        )
        shown = tuple(one if one and one.services else None for one in figures)
        if any(shown):
            found.append(KindFigures(kind, shown))
    return found
