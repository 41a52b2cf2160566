"""The table of what was measured, as Markdown, beside the goals."""

import math
import platform
import statistics
from pathlib import Path

from msgspec import Struct

from benchmarks.table import Row
from benchmarks.timing import Samples

PAGE = Path(__file__).parents[1] / "docs/performance.md"
HEAD = (
    "# How fast it is, and how that is measured\n\n"
    "`python -m benchmarks` measures every row below and writes this page; the programs"
    " beside are installed with `pip install -e '.[benchmarks]'`. Each row is measured in a"
    " process of its own on a made-up city (`benchmarks/city.py`). A figure is the median of"
    " several runs, after ± half the distance between the quartiles in hundredths of it;"
    " ratios say more than milliseconds, since machines differ and this one may have been"
    " busy. *CPU* is the processor's time, the rest is the clock. *Growth* is the exponent:"
    " 1 means that ten times the services take ten times as long.\n\n"
)
GOALS_TYPER = 51
"""Milliseconds of an empty typer on the machine on which the goals in milliseconds were set."""
TAIL = (
    "\nMost of what the other libraries take for the counts is the making of a list from the"
    " facts, which this program must read too; with the list made NumPy is several times"
    " faster. It is not used: loading it costs more than it saves at a city's size, and a"
    " screen that is open counts only what a change touched.\n"
)


class Measured(Struct, frozen=True):
    """One row at one size: the medians by name, ours first."""

    row: Row
    size: int
    samples: dict[str, Samples]


def write_page(measured: list[Measured], command: str, day: str) -> None:
    """Write the table into ``docs/performance.md``."""
    lines = [
        "| work | size | ours | beside | ratio | goal | growth |",
        "| --- | ---: | ---: | --- | ---: | --- | ---: |",
    ]
    typer = _find_typer(measured)
    slower = typer / GOALS_TYPER
    lines += [_line(one, slower, _growth(one, measured)) for one in measured]
    where = (
        f"Measured on {day} with `{command}`: {describe_machine()}. An empty typer starts here in"
        f" {typer:.0f} ms, and in {GOALS_TYPER} where the goals in milliseconds were set: a row"
        " that is over such a goal by no more than that is met in proportion.\n\n"
    )
    text = HEAD + where + "\n".join(lines) + "\n" + TAIL
    PAGE.write_text(text, encoding="utf-8")


def _find_typer(measured: list[Measured]) -> float:
    """Return the median of all an empty typer took, in milliseconds: how fast this machine was."""
    took = [
        one.samples["empty typer"].median
        for one in measured
        if "empty typer" in one.samples
    ]
    return statistics.median(took or [GOALS_TYPER])


def describe_machine() -> str:
    """Return what the machine is, without its name."""
    model = platform.processor() or platform.machine()
    cpus = Path("/proc/cpuinfo")
    if cpus.exists():
        names = [
            line.partition(":")[2].strip()
            for line in cpus.read_text().splitlines()
            if line.startswith("model name")
        ]
        model = f"{len(names)} × {names[0]}" if names else model
    return f"{model}, {platform.system()}, Python {platform.python_version()}"


def _line(one: Measured, slower: float, growth: str) -> str:
    ours, *others = one.samples.items()
    beside = "; ".join(f"{name} {_amount(samples)}" for name, samples in others)
    cells = (
        one.row.name,
        f"{one.size:,}",
        f"{_amount(ours[1])} {one.row.unit}",
        beside or "–",
        _ratio(one),
        _goal(one, slower),
        growth,
    )
    return f"| {' | '.join(cells)} |"


def _amount(samples: Samples) -> str:
    median = samples.median
    shown = f"{median:,.0f}" if median >= 20 else f"{median:.1f}"
    return f"{shown} ± {samples.spread:.0f} %" if samples.spread else shown


def _times_beside(one: Measured, less: str = "") -> float | None:
    """Return how many times ours takes its fastest peer, ``less`` another one taken off."""
    peers = one.row.beside.split(" / ")
    # Without all of them, the goal could be met beside the slower one alone.
    if any(peer not in one.samples for peer in peers):
        return None
    fastest = min(one.samples[peer].median for peer in peers)
    took = one.samples["ours"].median
    if less:
        took -= one.samples[less].median
    return took / fastest


def _ratio(one: Measured) -> str:
    times = _times_beside(one)
    if times is not None:
        return f"{times:.2f} ×"
    return "not installed" if one.row.beside else "–"


def _goal(one: Measured, slower: float) -> str:
    """Return a row's goal, and whether it is met on a machine that is so many times ``slower``."""
    row, times = one.row, _times_beside(one, one.row.plus)
    if one.size in row.times and times is not None:
        goal = row.times[one.size]
        shown = f"≤ {goal:g} ×" + (f" + {row.plus}" if row.plus else "")
        return f"{shown}: {'met' if times <= goal else '**missed**'}"
    if one.size not in row.at_most:
        return "–"
    most, took = row.at_most[one.size], one.samples["ours"].median
    if took <= most:
        return f"≤ {most:g}: met"
    if row.unit != "MB" and took <= most * slower:
        return f"≤ {most:g}: met in proportion"
    return f"≤ {most:g}: **missed**"


def _growth(one: Measured, measured: list[Measured]) -> str:
    """Return the exponent by which the work grew since the size before."""
    smaller = [
        other
        for other in measured
        if other.row.name == one.row.name and other.size < one.size
    ]
    if not smaller:
        return "–"
    before = smaller[-1]
    times = one.samples["ours"].median / before.samples["ours"].median
    return f"{math.log(times) / math.log(one.size / before.size):.2f}"
