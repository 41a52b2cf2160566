"""Obstacles in lines: group by group with what each holds back, and under it the obstacles themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from screens.rows import ServiceRow
from screens.standing import stage_piece
from screens.state import State
from screens.widgets.lines import Item
from screens.widgets.paint import Piece, data
from tracker.language import Language
from tracker.metrics.obstacles import factor_loads
from tracker.metrics.values import FactorLoad
from tracker.model import Factor, Obstacle
from tracker.words import factor_word

_BAR = 20


@dataclass(frozen=True)
class Group:
    """The obstacles of one factor or one OPD; ``opens`` is what its heading opens, if anything."""

    name: str
    load: FactorLoad
    held: Sequence[tuple[ServiceRow, Obstacle]]
    opens: str | None = None


def groups_by_factor(rows: Sequence[ServiceRow], state: State) -> list[Group]:
    """Return a group for each of the four factors, also those that hold nothing back."""
    loads = factor_loads(row.at for row in rows)
    return [
        Group(
            state.language.text(factor_word(factor)),
            loads[factor.value],
            [(row, o) for row in rows for o in row.at.obstacles if o.factor is factor],
        )
        for factor in Factor
    ]


def groups_by_opd(rows: Sequence[ServiceRow]) -> list[Group]:
    """Return a group for each OPD with obstacles, the one that holds most steps first."""
    of: dict[str, list[ServiceRow]] = {}
    for row in rows:
        of.setdefault(row.opd.id, []).append(row)
    groups = [
        Group(
            data(held[0].opd.name),
            FactorLoad(
                sum(len(row.at.obstacles) for row in held),
                len(held),
                sum(row.at.remaining for row in held),
            ),
            [(row, o) for row in held for o in row.at.obstacles],
            f"opd:{key}",
        )
        for key, held in of.items()
    ]
    return sorted(groups, key=lambda group: (-group.load.remaining_steps, group.name.casefold()))


def obstacle_items(groups: Iterable[Group], state: State, *, longest_first: bool) -> list[Item]:
    """Return the lines of all groups."""
    every = list(groups)
    most = max((group.load.remaining_steps for group in every), default=0)
    items: list[Item] = []
    for group in every:
        items += [_heading(group, most, state.language)]
        held = sorted(group.held, key=lambda one: one[1].opened_on, reverse=not longest_first)
        items += [_line(row, obstacle, state, by_opd=group.opens is not None) for row, obstacle in held]
    return items


def _heading(group: Group, most: int, language: Language) -> Item:
    load = group.load
    counted = " · ".join(
        (
            language.plural("{n} obstacle", "{n} obstacles", load.open),
            language.plural("{n} service", "{n} services", load.services),
            language.plural("{n} step held", "{n} steps held", load.remaining_steps),
        )
    )
    cells = -(-_BAR * load.remaining_steps // most) if most else 0
    bar: tuple[Piece, ...] = ((f" {'▇' * cells}", "warn"), ("·" * (_BAR - cells) + " ", "quiet"))
    return Item(
        ((f" {group.name}  ", "title"), (counted, "quiet" if not load.open else "")), group.opens, bar
    )


def _line(row: ServiceRow, obstacle: Obstacle, state: State, *, by_opd: bool) -> Item:
    language = state.language
    days = (state.today - obstacle.opened_on).days
    aside = language.text(factor_word(obstacle.factor)) if by_opd else data(row.opd.name)
    sign = stage_piece(row.at.stage, language)[0][0]
    return Item(
        (
            ("   ", ""),
            (f"{sign} ", row.at.stage.value),
            (data(obstacle.description), ""),
            (f"  {data(row.service.name)}", "quiet"),
            (f"  {aside}", "quiet"),
        ),
        f"obstacle:{obstacle.id}",
        ((" " + language.plural("{n} day", "{n} days", days) + " ", "quiet"),),
    )
