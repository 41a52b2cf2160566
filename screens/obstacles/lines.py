"""Obstacles in lines: group by group with what each holds back, and under it the obstacles themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from screens.figures.pieces import STAGE_SIGNS
from screens.navigation import Destination, ObstacleLine, OPDPage
from screens.rows import ServiceRow
from screens.state import State
from screens.widgets.lines import Item, fit_ending
from screens.widgets.paint import Line, Piece, fit, safe_line
from tracker.labels import factor_word
from tracker.language import Language
from tracker.metrics.obstacles import factor_loads, load_of
from tracker.metrics.values import FactorLoad
from tracker.model import Factor, Obstacle

_BAR = 20
_WIDE = 110
_ROOMY = 70


@dataclass(frozen=True)
class Group:
    """The obstacles of one factor or one OPD; ``opens`` is what its heading opens, if anything."""

    name: str
    load: FactorLoad
    held: Sequence[tuple[ServiceRow, Obstacle]]
    opens: Destination | None = None


def groups_by_factor(rows: Sequence[ServiceRow], state: State) -> list[Group]:
    """Return a group for each of the four factors, also those that hold nothing back."""
    loads = factor_loads(row.at for row in rows)
    return [
        Group(
            state.language.text(factor_word(factor)),
            loads[factor.value],
            [
                (row, o)
                for row in rows
                for o in row.at.obstacles
                if o.factor is factor
            ],
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
            safe_line(held[0].opd.name),
            load_of(row.at for row in held),
            [(row, o) for row in held for o in row.at.obstacles],
            OPDPage(key),
        )
        for key, held in of.items()
    ]
    return sorted(
        groups,
        key=lambda group: (-group.load.remaining_steps, group.name.casefold()),
    )


def obstacle_items(
    groups: Iterable[Group], state: State, width: int, *, longest_first: bool
) -> list[Item]:
    """Return the lines of all groups for a list ``width`` cells wide."""
    every = list(groups)
    most = max((group.load.remaining_steps for group in every), default=0)
    items: list[Item] = []
    for group in every:
        items.append(_heading_item(group, most, state.language, width))
        held = sorted(
            group.held,
            key=lambda one: one[1].opened_on,
            reverse=not longest_first,
        )
        items += [
            _obstacle_item(
                row, obstacle, state, width, by_opd=group.opens is not None
            )
            for row, obstacle in held
        ]
    return items


def _heading_item(
    group: Group, most: int, language: Language, width: int
) -> Item:
    """Return the name of a group and what it holds back, so much of it as leaves the name whole."""
    load = group.load
    name: Piece = (f" {group.name}", "title")
    steps = language.plural(
        "{n} step held", "{n} steps held", load.remaining_steps
    )
    obstacles = language.plural("{n} obstacle", "{n} obstacles", load.open)
    services = language.plural("{n} service", "{n} services", load.services)
    bar = _bar_pieces(load.remaining_steps, most) if width >= _WIDE else ()
    role = "" if load.open else "quiet"
    parts = (obstacles, services, steps), (obstacles, steps), (steps,)
    ends = [((f"  {' · '.join(said)} ", role), *bar) for said in parts]
    return fit_ending((name,), group.opens, ends, width)


def _bar_pieces(steps: int, most: int) -> tuple[Piece, ...]:
    cells = -(-_BAR * steps // most) if most else 0
    return (("▇" * cells, "warn"), ("·" * (_BAR - cells) + " ", "quiet"))


def _obstacle_item(
    row: ServiceRow,
    obstacle: Obstacle,
    state: State,
    width: int,
    *,
    by_opd: bool,
) -> Item:
    language = state.language
    days = language.plural(
        "{n} day", "{n} days", (state.today - obstacle.opened_on).days
    )
    whose = safe_line(row.opd.name) if width >= _WIDE else row.opd.code
    aside = language.text(factor_word(obstacle.factor)) if by_opd else whose
    room = 38 if width >= _WIDE and not by_opd else 14 if width >= _ROOMY else 0
    named = max(16, (width - room - 12) * 2 // 5)
    pieces: list[Piece] = [
        ("   ", ""),
        (f"{STAGE_SIGNS[row.stage]} ", row.at.stage.value),
        *fit([(safe_line(row.service.name), "strong")], named),
        ("  ", ""),
        (safe_line(obstacle.description), ""),
    ]
    end = (
        ("  ", ""),
        *fit([(aside, "quiet")], room),
        (f" {days:>8} ", "quiet"),
    )
    return Item(tuple(pieces), ObstacleLine(obstacle.id), end)


def obstacle_in_full(obstacle: Obstacle, state: State) -> Sequence[Line]:
    """Return in three lines what a line of the list has no room for."""
    register, language = state.register, state.language
    row = state.facts.row_of.get(obstacle.service)
    whose = safe_line(row.opd.name) if row else ""
    since = language.text("since {day}", day=obstacle.opened_on)
    factor = language.text(factor_word(obstacle.factor))
    return (
        (
            (
                f" {safe_line(register.services[obstacle.service].name)}",
                "strong",
            ),
            (f"  {whose}", "quiet"),
        ),
        ((f" {factor}", "warn"), (f"  {since}", "quiet")),
        ((f" {safe_line(obstacle.description)}", ""),),
    )
