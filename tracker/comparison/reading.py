"""Read a comparison from files: registers, exports and collected tables, told by what they are."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from tracker.actions.draft import Context
from tracker.comparison.cities import (
    ComparedCity,
    FindToday,
    align_ages,
    read_cities,
)
from tracker.comparison.collected_cities import read_collected
from tracker.comparison.collection_file import is_collection
from tracker.comparison.pairing import Decisions
from tracker.comparison.report import Comparison
from tracker.errors import Rejected
from tracker.paths import require_readable


def read_comparison(
    own: ComparedCity,
    paths: Sequence[Path],
    context: Context,
    find_today: FindToday,
    decided: Callable[[str], Decisions],
    pinned_today: date | None = None,
    *,
    same_age: bool = False,
) -> Comparison:
    """Return our city beside those in ``paths``, with ``same_age`` in the same week since each began.

    ``pinned_today`` is the day as of which everything is to be read, if one was given.
    Raises ``Rejected`` if a city is named twice or a file may not be read, and what reading one raises.
    """
    for path in paths:
        require_readable(path)
    tables = [path for path in paths if is_collection(path)]
    registers = [path for path in paths if path not in tables]
    if same_age and tables:
        raise Rejected(
            "{file} does not tell when the history of a city began: compare it without the same age.",
            file=tables[0].name,
        )
    cities = read_cities(own, registers, context, find_today, pinned_today)
    collected = read_collected(tables, cities, own.week)
    if same_age:
        cities = align_ages(cities)
    return Comparison(cities, decided, collected)
