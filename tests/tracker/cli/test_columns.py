"""Tables on a narrow terminal: texts are folded, no cell is cut and no number broken."""

import io
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.cli.columns import fit_columns, measure_column
from tracker.cli.show import print_table

HEADERS = [
    "OPD",
    "Services",
    "Conventional",
    "Behind the single door",
    "Silent weeks",
    "Pace",
]
ROWS = [
    [
        "kecamatan-bandung-kulon",
        "1,180",
        "73.0%",
        "35.9%",
        "this week only",
        "▲ accelerating",
    ],
    ["dinkes", "33", "3.1%", "100.0%", "–", "■ standing still"],
]


class Seen(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdout", seen := Seen())
    print_table(HEADERS, ROWS, right=[1, 2, 3])
    return re.sub(r"\x1b\[[\d;]*m", "", seen.getvalue()).splitlines()


@pytest.mark.parametrize("width", [55, 60, 70, 80, 100, 200])
def test_on_a_terminal_everything_is_there_within_its_width(
    monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    lines = on_terminal(monkeypatch, width)
    assert max(map(len, lines)) <= width
    shown = "\n".join(lines)
    for number in ("1,180", "73.0%", "35.9%", "100.0%", "3.1%"):
        assert number in shown.split()
    letters = sorted("".join(shown.replace("─", "").split()))
    assert letters == sorted(
        "".join(
            "".join(cell.split()) for row in [HEADERS, *ROWS] for cell in row
        )
    )


def test_where_even_folded_it_has_no_room_the_table_is_wider_than_the_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = on_terminal(monkeypatch, 20)
    assert "1,180" in "\n".join(lines).split()


def test_elsewhere_nothing_is_folded(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_table(HEADERS, ROWS, right=[1, 2, 3])
    out = capsys.readouterr().out.splitlines()
    assert len(out) == 4
    assert "Behind the single door" in out[0]
    assert all(
        cell in line
        for line, row in zip(out[2:], ROWS, strict=True)
        for cell in row
    )


@given(
    st.lists(
        st.lists(st.text("ab 1", max_size=30), min_size=3, max_size=3),
        max_size=5,
    ),
    st.integers(1, 120),
)
def test_columns_fit_or_are_as_narrow_as_they_may_be(
    rows: list[list[str]], room: int
) -> None:
    columns = [
        measure_column(
            "Heading", [row[place] for row in rows], whole=place == 1
        )
        for place in range(3)
    ]
    widths, gap = fit_columns(columns, room)
    assert widths[1] >= columns[1].longest
    least = [min(column.natural, column.least_width()) for column in columns]
    assert sum(widths) + gap * 2 <= room or widths == least
    natural = [column.natural for column in columns]
    assert widths == natural or sum(natural) + 4 > room
