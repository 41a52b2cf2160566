"""The header of a sheet: its row, the kind of the rows below it, and which of our columns it has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePath
from typing import NamedTuple

from tracker.errors import Rejected, Term
from tracker.exchange.columns import COLUMNS, INDONESIAN_KINDS, KINDS, Column
from tracker.exchange.labels import kind_word
from tracker.exchange.parsing.cleaning import find_kinds_of_export
from tracker.exchange.parsing.kind_evidence import (
    counts_instead_of_names,
    is_contradicted,
    lists_agencies,
)
from tracker.exchange.parsing.mapping import Mapping
from tracker.exchange.parsing.values import Cell, cell_text, tidy_text
from tracker.exchange.parsing.wording import (
    comparable_title,
    contradicted_by_unit,
    may_name,
    names_column,
    names_of_column,
)
from tracker.exchange.reading.grid import Grid

FURTHEST_HEADER = 40
"""The row up to which a header is looked for, below a letterhead and a title."""
_LISTED = ("services", "opds", "applications")
"""What people keep lists of: a header that fits nothing is more likely meant for one of these."""


class StageColumns(NamedTuple):
    """The columns of yes and no that give the stage of a service: online, and integrated."""

    online: int | None = None
    integrated: int | None = None

    @property
    def places(self) -> list[int]:
        """The places of both."""
        return [place for place in self if place is not None]


class NoHeader(Rejected):
    """No row of a sheet has a title that is known: it may be no list at all."""


@dataclass(frozen=True)
class Header:
    """A header understood: the kind, its row, and the place of each of our columns in it."""

    kind: str
    row: int
    places: dict[str, int]
    titles: list[str]
    """The header's cells as the file has them."""
    aside: frozenset[int] = frozenset()
    """The columns that an answer or mapping leaves unread, or that only decide which rows to skip."""
    inactive: frozenset[int] = frozenset()
    """The rows that are left out because a column marks them as inactive."""
    totals: frozenset[int] = frozenset()
    """The rows that are left out because they add up the others."""
    notes: frozenset[int] = frozenset()
    """The rows that are left out because they only say something about the list."""
    numeric: frozenset[int] = frozenset()
    """The rows that are left out because a number stands where names do."""
    opds_above: dict[int, Cell] = field(default_factory=dict)
    """The OPD of rows that leave it blank, by their number: the one above them."""
    stage_columns: StageColumns | None = None
    """The columns of yes and no that give the stage, if no column of stages does."""

    @property
    def read_places(self) -> frozenset[int]:
        """The places of all columns that are read."""
        flags = self.stage_columns.places if self.stage_columns else ()
        return frozenset((*self.places.values(), *flags))

    def leaves_out(self, row: int) -> bool:
        """Tell whether a row is left out, for whatever reason."""
        return any(
            row in rows
            for rows in (self.inactive, self.totals, self.notes, self.numeric)
        )

    @property
    def ignored(self) -> list[str]:
        """The titles of the file's columns that are not read as one of ours."""
        used = self.read_places
        return [
            title
            for place, title in enumerate(self.titles)
            if title and place not in used
        ]

    @property
    def unread_places(self) -> list[int]:
        """The columns that are not read, other than by an answer or mapping."""
        known = {*self.read_places, *self.aside}
        return [
            place
            for place, title in enumerate(self.titles)
            if title and place not in known
        ]

    @property
    def unread(self) -> list[str]:
        """The titles of the columns that are not read, other than by an answer or mapping."""
        return list(
            dict.fromkeys(self.titles[place] for place in self.unread_places),
        )


@cache
def known_headers() -> frozenset[str]:
    """Return every header that means a column of some kind."""
    return frozenset(
        name
        for columns in KINDS.values()
        for column in columns
        for name in names_of_column(column)
    )


@cache
def kind_called(name: str) -> str | None:
    """Return the kind with this name in English or Indonesian, None if there is none."""
    said = comparable_title(name)
    for kind in KINDS:
        if said in {
            comparable_title(kind),
            comparable_title(kind.removesuffix("s")),
            *map(comparable_title, INDONESIAN_KINDS[kind]),
        }:
            return kind
    return None


def find_header(
    grid: Grid,
    mapping: Mapping,
    kind: str | None = None,
) -> Header:
    """Find the header among a sheet's first rows, skipping titles above it.

    Raises ``Rejected`` if no row has the columns that a kind needs, or if two kinds fit.
    """
    wanted = grid.kind if grid.exact else kind or mapping.kind or None
    if (
        wanted is None
        and grid.kind is not None
        and _fitting(grid, mapping, [grid.kind])
    ):
        wanted = grid.kind
    # An export's values are not judged: an agency may be called “1”.
    known = [_known_kind(wanted)] if wanted else find_kinds_of_export(grid)
    kinds = known or list(KINDS)
    best = _fitting(grid, mapping, kinds)
    if not best:
        raise _no_header_error(grid, kinds, mapping)
    header = _one(best, grid)
    _check_mapped(header, grid, mapping)
    _check_doubled(header, grid, mapping)
    return header


def _fitting(
    grid: Grid,
    mapping: Mapping,
    kinds: Sequence[str],
) -> list[Header]:
    """Return the possible readings of the row that is most like a header."""
    best: list[Header] = []
    for number, cells in grid.rows[:FURTHEST_HEADER]:
        titles = [tidy_text(cell) for cell in cells]
        headers = [
            _make_header(kind, number, titles, mapping) for kind in kinds
        ]
        fitting = [
            header for header in headers if _fits(header, grid, mapping, kinds)
        ]
        if fitting and (not best or _explained(fitting) > _explained(best)):
            best = fitting
    return best


def _fits(
    header: Header,
    grid: Grid,
    mapping: Mapping,
    kinds: Sequence[str],
) -> bool:
    """Tell whether a header has the columns that its kind needs, and the values do not contradict it.

    Where one kind alone is possible its values are not judged: what is wrong is then told in its place.
    """
    lacking = [column.name for column in _find_lacking(header, mapping)]
    if header.kind == "opds" and lacking == ["code"]:
        # A list of OPDs often has no codes; they are made from the names.
        place = header.places.get("name")
        return (
            place is not None
            and lists_agencies(grid, header.row, place)
            and not _has_stages(header.titles)
        )
    if lacking or grid.exact or len(kinds) == 1:
        return not lacking
    return not any(
        is_contradicted(grid, header.row, column, header.places[column.name])
        for column in COLUMNS[header.kind]
        if column.needed and column.name in header.places
    )


def _has_stages(titles: Iterable[str]) -> bool:
    stages = names_of_column(
        next(
            column for column in COLUMNS["services"] if column.name == "stage"
        ),
    )
    return any(comparable_title(title) in stages for title in titles)


def prepared_header(grid: Grid) -> Header | None:
    """Return the header of a sheet of ours, whose columns are known by their places."""
    if grid.kind is None or grid.places is None:
        return None
    number, titles = grid.rows[0]
    others = frozenset(range(len(titles))) - set(grid.places.values())
    return Header(
        grid.kind,
        number,
        grid.places,
        [cell_text(title) for title in titles],
        others,
    )


def _check_mapped(header: Header, grid: Grid, mapping: Mapping) -> None:
    for column in COLUMNS[header.kind]:
        if column.name in mapping.columns and column.name not in header.places:
            raise Rejected(
                "{file} has no column “{column}”, which the mapping names.",
                file=grid.file,
                column=mapping.columns[column.name],
            )


def _check_doubled(header: Header, grid: Grid, mapping: Mapping) -> None:
    plains = [
        "" if place in header.aside else comparable_title(title)
        for place, title in enumerate(header.titles)
    ]
    for name, place in header.places.items():
        title = header.titles[place]
        is_meant = (
            mapping.columns.get(name) == title
            and header.titles.count(title) == 1
        )
        if plains.count(plains[place]) > 1 and not is_meant:
            raise Rejected(
                "Two columns of {file} are called “{column}”: rename one.",
                file=grid.file,
                column=header.titles[place],
            )


def read_header_as(
    grid: Grid,
    kind: str,
    row: int,
    mapping: Mapping,
) -> Header:
    """Return the header in ``row`` read as one of ``kind``, complete or not."""
    cells = next((cells for number, cells in grid.rows if number == row), [])
    return _make_header(
        kind,
        row,
        [tidy_text(cell) for cell in cells],
        mapping,
    )


def _make_header(
    kind: str,
    row: int,
    titles: Sequence[str],
    mapping: Mapping,
) -> Header:
    places: dict[str, int] = {}
    for column in COLUMNS[kind]:
        theirs = mapping.columns.get(column.name)
        place = None if theirs is None else find_title(theirs, titles)
        if place is not None:
            places[column.name] = place
    said = {
        find_title(theirs, titles)
        for theirs in (*mapping.unread, *mapping.skip)
    } - {
        None,
        *places.values(),
    }
    aside = frozenset(place for place in said if place is not None)
    _by_name(kind, titles, places, aside)
    _by_wording(kind, titles, places, aside)
    return Header(kind, row, places, list(titles), aside)


def _by_name(
    kind: str,
    titles: Sequence[str],
    places: dict[str, int],
    aside: frozenset[int],
) -> None:
    """Add the columns whose title is one of their names, the promised names first."""
    plains = [comparable_title(title) for title in titles]
    taken = {*places.values(), *aside}
    ranks = max(len(names_of_column(column)) for column in COLUMNS[kind])
    for rank in range(ranks):
        for column in COLUMNS[kind]:
            names = names_of_column(column)
            if column.name in places or rank >= len(names):
                continue
            for place, said in enumerate(plains):
                if (
                    said == names[rank]
                    and place not in taken
                    and not contradicted_by_unit(titles[place], column)
                ):
                    places[column.name] = place
                    taken.add(place)
                    break


def _by_wording(
    kind: str,
    titles: Sequence[str],
    places: dict[str, int],
    aside: frozenset[int],
) -> None:
    """Add the columns that exactly one title names in other words."""
    hopeful = {title for title in set(titles) if may_name(title)}
    free = [
        place
        for place, title in enumerate(titles)
        if title in hopeful and place not in aside
    ]
    for column in COLUMNS[kind] if free else ():
        taken = set(places.values())
        worded = [
            place
            for place in free
            if place not in taken and names_column(titles[place], column)
        ]
        if column.name not in places and len(worded) == 1:
            places[column.name] = worded[0]


def find_title(name: str, titles: Sequence[str]) -> int | None:
    """Return the place of the title equal to ``name``, else of one that differs in case and signs alone."""
    if name in titles:
        return titles.index(name)
    return next(
        (
            place
            for place, title in enumerate(titles)
            if comparable_title(title) == comparable_title(name)
        ),
        None,
    )


def _find_lacking(header: Header, mapping: Mapping) -> list[Column]:
    return [
        column
        for column in COLUMNS[header.kind]
        if column.needed
        and column.name not in header.places
        and column.name not in mapping.defaults
    ]


def _explained(headers: Iterable[Header]) -> int:
    return max(len(header.places) for header in headers)


def _one(fitting: list[Header], grid: Grid) -> Header:
    """Return the header of the kind with most columns; the file's name decides between equals."""
    columns = _explained(fitting)
    most = [header for header in fitting if len(header.places) == columns]

    kind = kind_called(PurePath(grid.file).stem)
    named = [header for header in most if header.kind == kind]

    needed = max(map(_count_needed, most))
    surest = [header for header in most if _count_needed(header) == needed]

    for choice in (most, named, surest):
        if len(choice) == 1:
            return choice[0]
    raise Rejected(
        "{file} could hold {kinds}: say which with --kind.",
        file=grid.file,
        kinds=", ".join(header.kind for header in most),
    )


def _count_needed(header: Header) -> int:
    """Count the columns that the kind of a header cannot do without."""
    return sum(column.needed for column in COLUMNS[header.kind])


def _known_kind(name: str) -> str:
    kind = kind_called(name)
    if kind is None:
        raise Rejected(
            "“{value}” is not a kind of row: write one of {expected}.",
            value=name,
            expected=", ".join(KINDS),
        )
    return kind


def _no_header_error(
    grid: Grid,
    kinds: Sequence[str],
    mapping: Mapping,
) -> Rejected:
    """Return the error that names the missing columns of the kind that fits best."""
    if not any(grid.filled_places(*row) for row in grid.rows):
        return NoHeader(
            "{file} is empty: no cell of it is filled in.",
            file=grid.name,
        )
    headers = _possible_headers(grid, kinds, mapping)
    _refuse_counts(grid, headers, mapping)
    nearest = _nearest(headers, mapping)
    if nearest is None:
        return NoHeader(
            "{file} has no header that is known: name its columns in a mapping (--map).",
            file=grid.name,
        )
    return Rejected(
        "{file} lacks the columns {columns} of {kind}: add them, or name theirs in a mapping (--map).",
        file=grid.name,
        kind=Term(kind_word(nearest.kind)),
        columns=", ".join(
            f"{c.name} ({c.indonesian})"
            for c in _find_lacking(nearest, mapping)
        ),
    )


def nearest_header(
    grid: Grid,
    mapping: Mapping,
    kind: str | None = None,
) -> Header | None:
    """Return the header that comes nearest to one, None if no title is known.

    It is the one that the error names for which ``find_header`` refuses the sheet.
    """
    wanted = kind_called(kind or mapping.kind)
    kinds = [wanted] if wanted else list(KINDS)
    return _nearest(_possible_headers(grid, kinds, mapping), mapping)


def _possible_headers(
    grid: Grid,
    kinds: Sequence[str],
    mapping: Mapping,
) -> list[Header]:
    """Return the first rows as headers of each kind, where a title is known."""
    known = known_headers()
    headers: list[Header] = []
    for number, cells in grid.rows[:FURTHEST_HEADER]:
        titles = [tidy_text(cell) for cell in cells]
        is_known = any(comparable_title(title) in known for title in titles)
        if is_known or len(kinds) == 1:
            headers.extend(
                _make_header(kind, number, titles, mapping) for kind in kinds
            )
    return headers


def _nearest(headers: Iterable[Header], mapping: Mapping) -> Header | None:
    """Return the header that knows most columns of those that lack some, None if none knows any."""
    lacking = [header for header in headers if _find_lacking(header, mapping)]
    nearest = max(
        lacking,
        key=lambda h: (
            len(h.places),
            h.kind in _LISTED,
            -len(_find_lacking(h, mapping)),
        ),
        default=None,
    )
    return nearest if nearest is not None and nearest.places else None


def _refuse_counts(
    grid: Grid,
    headers: Iterable[Header],
    mapping: Mapping,
) -> None:
    """Raise ``Rejected`` if a header is complete but for numbers in its column of names."""
    for header in headers:
        place = header.places.get("name", -1)
        if (
            place >= 0
            and not _find_lacking(header, mapping)
            and counts_instead_of_names(grid, header.row, place)
        ):
            raise Rejected(
                "{file} has numbers alone in the column “{column}”: they count {kind} and name none. "
                "A file to import has a row with the name for each.",
                file=grid.name,
                column=header.titles[place],
                kind=Term(kind_word(header.kind)),
            )


def cell_at(cells: Sequence[Cell], place: int) -> Cell:
    """Return the cell at ``place``, None if the row is shorter."""
    return cells[place] if place < len(cells) else None
