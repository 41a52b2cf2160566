"""A change of the index and its two parts stand in one line, and a reader may add them up."""

import re
from collections.abc import Sequence
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from screens.figures.brief import brief_lines
from screens.figures.standing import standing_lines
from screens.figures.weeks import Weeks
from screens.state import DayView
from screens.widgets.paint import Piece
from tests.screens.figures.test_scoped import moving
from tests.screens.harness import TODAY
from tracker.language import load_language

EN = load_language("en")
FACTS = DayView(moving(20, 14).register, TODAY)


def changes_in(line: Sequence[Piece]) -> list[Decimal]:
    """Return the numbers with two decimals that a reader sees in a line."""
    text = "".join(piece for piece, _ in line).replace("−", "-")
    return list(map(Decimal, re.findall(r"-?\d+\.\d\d", text)))


@given(st.floats(-50, 50), st.floats(-50, 50))
@example(1.114, 0.557)
def test_progress_and_scope_add_up_to_the_change_beside_them(
    change: float, progress: float
) -> None:
    figures = replace(
        FACTS.city.figures,
        index_change=change,
        progress=progress,
        scope_effect=change - progress,
    )
    weeks = Weeks(FACTS.city.series, TODAY)
    brief = brief_lines(figures, None, EN, 240, weeks)[0]
    standing = standing_lines(figures, None, EN, 240, weeks)[2]
    for line in (brief, standing):
        whole, *parts = changes_in(line)
        if parts:
            assert sum(parts) == whole
    assert len(changes_in(standing)) == 3
