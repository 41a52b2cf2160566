"""The lines of obstacles, in groups by factor or OPD with the steps that each holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from screens.figures.pieces import STAGE_SIGNS
from screens.navigation import Destination, ObstacleLine, OPDPage
from screens.rows import ServiceRow
from screens.short_names import name_within
from screens.state import State
from screens.widgets.lines import Item, fit_ending
from screens.widgets.paint import Line, Piece, fit, safe_line, width_of
from tracker.labels import factor_word
from tracker.language import Language
from tracker.metrics.obstacles import factor_loads, load_of
from tracker.metrics.values import FactorLoad
from tracker.model import Factor, Obstacle
from tracker.narration.counts import count_days, count_services

_BAR = 20
_WIDE = 110


@dataclass(frozen=True)
class Group:
    """The obstacles of one factor or one OPD; ``opens`` is what its heading opens, if anything."""

    name: str
    load: FactorLoad
    held: Sequence[tuple[ServiceRow, Obstacle]]
    opens: Destination | None = None


def groups_by_factor(rows: Sequence[ServiceRow], state: State) -> list[Group]:
    """Return a group for each of the four factors, also for those without obstacles."""
    loads = factor_loads(row.at for row in rows)
    pairs = [(row, one) for row in rows for one in row.at.obstacles]
    groups = []
    for factor in Factor:
        name = state.language.text(factor_word(factor))
        held = [(row, one) for row, one in pairs if one.factor is factor]
        groups.append(Group(name, loads[factor.value], held))

    return groups


def groups_by_opd(rows: Sequence[ServiceRow]) -> list[Group]:
    """Return a group for each OPD with obstacles, the one with most steps held first."""
    rows_of: dict[str, list[ServiceRow]] = {}
    for row in rows:
        rows_of.setdefault(row.opd.id, []).append(row)

    groups = []
    for key, own in rows_of.items():
        name = safe_line(own[0].opd.name)
        load = load_of(row.at for row in own)
        held = [(row, one) for row in own for one in row.at.obstacles]
        groups.append(Group(name, load, held, OPDPage(key)))

    groups.sort(
        key=lambda group: (-group.load.remaining_steps, group.name.casefold()),
    )
    return groups


def obstacle_items(
    groups: Iterable[Group],
    state: State,
    width: int,
    *,
    longest_first: bool,
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
        by_opd = group.opens is not None
        for row, obstacle in held:
            items.append(_obstacle_item(row, obstacle, state, width, by_opd))

    return items


def _heading_item(
    group: Group,
    most: int,
    language: Language,
    width: int,
) -> Item:
    """Return a group's name and as much of its load as leaves the name whole."""
    load = group.load
    name: Piece = (f" {group.name}", "title")
    steps = language.plural(
        "{n} step held",
        "{n} steps held",
        load.remaining_steps,
    )
    obstacles = language.plural("{n} obstacle", "{n} obstacles", load.open)
    services = count_services(load.services, language)
    bar: list[Piece] = []
    if width >= _WIDE:
        # Rounded up: what holds anything has at least one cell.
        cells = -(-_BAR * load.remaining_steps // most) if most else 0
        bar = [("▇" * cells, "warn"), ("·" * (_BAR - cells) + " ", "quiet")]

    role = "" if load.open else "quiet"
    parts = (obstacles, services, steps), (obstacles, steps), (steps,)
    ends = [((f"  {' · '.join(part)} ", role), *bar) for part in parts]
    return fit_ending((name,), group.opens, ends, width)


def _obstacle_item(
    row: ServiceRow,
    obstacle: Obstacle,
    state: State,
    width: int,
    by_opd: bool,
) -> Item:
    language = state.language
    open_days = (state.today - obstacle.opened_on).days
    days = count_days(open_days, language)
    if by_opd:
        room, aside = 14, language.text(factor_word(obstacle.factor))
    else:
        room = 38 if width >= _WIDE else 18
        aside = name_within(row.opd, room)

    pieces: list[Piece] = [
        ("   ", ""),
        (f"{STAGE_SIGNS[row.stage]} ", row.at.stage.value),
    ]
    name: Piece = (safe_line(row.service.name), "strong")
    description = "  " + safe_line(obstacle.description)
    if width >= _WIDE:
        # Descriptions begin in one column, but for a name that is longer.
        named = max(width_of([name]), (width - room - 12) * 2 // 5)
        pieces += [*fit([name], named), (description, "")]
    else:
        pieces += [name, (description, "quiet")]
    end = (
        ("  ", ""),
        *fit([(aside, "quiet")], room),
        (f" {days:>8} ", "quiet"),
    )
    return Item(tuple(pieces), ObstacleLine(obstacle.id), end)


def obstacle_in_full(obstacle: Obstacle, state: State) -> Sequence[Line]:
    """Return an obstacle in full, in three lines."""
    language = state.language
    service = safe_line(state.register.services[obstacle.service].name)
    row = state.facts.row_of.get(obstacle.service)
    opd = safe_line(row.opd.name) if row else ""
    since = language.text("since {day}", day=obstacle.opened_on)
    factor = language.text(factor_word(obstacle.factor))
    return (
        ((f" {service}", "strong"), (f"  {opd}", "quiet")),
        ((f" {factor}", "warn"), (f"  {since}", "quiet")),
        ((f" {safe_line(obstacle.description)}", ""),),
    )
