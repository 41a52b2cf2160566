"""Every row of the table can be measured, and the page says what was missed."""

from pathlib import Path

import pytest

from benchmarks import report, timing
from benchmarks.report import Measured
from benchmarks.table import ROWS, Row
from benchmarks.timing import Samples


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(report, "PAGE", tmp_path / "performance.md")
    return tmp_path / "performance.md"


@pytest.mark.thorough
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_can_be_measured(
    row: Row, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "ENOUGH", 0.0)
    samples = row.time(40, tmp_path)
    assert all(one.median > 0 for one in samples.values())
    report.write_page([Measured(row, 40, samples)], "test", "2026-11-30")
    assert row.name in page.read_text(encoding="utf-8")


def test_the_page_tells_ratio_goal_and_growth(page: Path) -> None:
    row = Row(
        "work",
        lambda size, folder: {},
        beside="peer",
        times={10: 2},
        at_most={100: 50},
    )
    small = {"ours": Samples([9.0]), "peer": Samples([3.0])}
    large = {"ours": Samples([45.0] * 4)}
    measured = [Measured(row, 10, small), Measured(row, 100, large)]
    report.write_page(measured, "test", "2026-11-30")
    lines = page.read_text(encoding="utf-8").splitlines()
    assert (
        "| work | 10 | 9.0 ms | peer 3.0 | 3.00 × | ≤ 2 ×: **missed** | – |"
        in lines
    )
    assert (
        "| work | 100 | 45 ms | – | not installed | ≤ 50: met | 0.70 |" in lines
    )


@pytest.mark.parametrize(
    ("unit", "typer", "took", "verdict"),
    [
        ("ms", 102.0, 250, "met"),
        ("ms", 102.0, 251, "met in proportion"),
        ("ms", 102.0, 501, "**missed**"),
        ("ms", 25.5, 251, "**missed**"),
        ("MB", 102.0, 251, "**missed**"),
    ],
)
def test_a_goal_in_milliseconds_is_also_judged_by_how_fast_the_machine_is(
    page: Path, unit: str, typer: float, took: float, verdict: str
) -> None:
    start = Row("start", lambda size, folder: {}, beside="empty typer")
    started = {"ours": Samples([20.0]), "empty typer": Samples([typer])}
    work = Row("work", lambda size, folder: {}, (10,), unit, at_most={10: 250})
    measured = [
        Measured(start, 10, started),
        Measured(work, 10, {"ours": Samples([took])}),
    ]
    report.write_page(measured, "test", "2026-11-30")
    assert f"| ≤ 250: {verdict} |" in page.read_text(encoding="utf-8")


def test_a_goal_beside_several_is_that_beside_the_fastest(page: Path) -> None:
    row = Row("work", lambda size, folder: {}, beside="a / b", times={10: 1})
    samples = {"ours": [4.0], "a": [8.0], "b": [2.0]}
    timed = {name: Samples(times) for name, times in samples.items()}
    report.write_page([Measured(row, 10, timed)], "test", "2026-11-30")
    assert "| 2.00 × | ≤ 1 ×: **missed** |" in page.read_text(encoding="utf-8")

    del timed["b"]
    report.write_page([Measured(row, 10, timed)], "test", "2026-11-30")
    assert "| not installed | – |" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("took", "verdict"), [(22.0, "met"), (22.5, "**missed**")]
)
def test_what_a_goal_allows_besides_is_added(
    page: Path, took: float, verdict: str
) -> None:
    row = Row(
        "work",
        lambda size, folder: {},
        beside="peer",
        times={10: 2},
        plus="disk",
    )
    samples = {"ours": [took], "peer": [10.0], "disk": [2.0]}
    timed = {name: Samples(times) for name, times in samples.items()}
    report.write_page([Measured(row, 10, timed)], "test", "2026-11-30")
    assert f"| ≤ 2 × + disk: {verdict} |" in page.read_text(encoding="utf-8")
