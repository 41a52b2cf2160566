"""The rows of the table: what is timed, at which sizes, and what it should be."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from benchmarks import rows_cities as cities
from benchmarks import rows_commands as commands
from benchmarks import rows_figures as figures
from benchmarks import rows_files as files
from benchmarks import rows_screens as screens
from benchmarks import rows_server as server
from benchmarks.timing import Samples

SMALL, LARGE, BIG, HUGE = 1_000, 10_000, 50_000, 100_000
SIZES = (SMALL, LARGE, HUGE)
NATION = 514
"""Cities and regencies of Indonesia."""


class Row(Struct, frozen=True):
    """One kind of work; by size, how many ``times`` the ``beside`` it may take, or ``at_most`` how much."""

    name: str
    time: Callable[[int, Path], dict[str, Samples]]
    sizes: tuple[int, ...] = SIZES
    unit: str = "ms"
    beside: str = ""
    """The peer of the goal; of several, separated by " / ", the fastest one."""
    times: dict[int, float] = {}
    plus: str = ""
    """What the goal allows besides those times: another of the peers."""
    at_most: dict[int, float] = {}


ON_A_SERVER = (
    Row(
        "an action on a server",
        server.time_action,
        (SMALL, LARGE),
        at_most={LARGE: 10},
    ),
    Row(
        "an action on a server over 100 ms of network",
        server.time_distant_action,
        (SMALL, LARGE),
        at_most={SMALL: 130, LARGE: 130},
    ),
    Row(
        "an action of 20 busy writers on a server",
        server.time_busy_writers,
        (SMALL,),
        at_most={SMALL: 10},
    ),
)

ROWS = (
    Row(
        "`--version`",
        commands.time_version,
        (SMALL,),
        beside="empty typer",
        times={SMALL: 0.5},
    ),
    Row(
        "`move`, a command",
        commands.time_move,
        (SMALL, LARGE),
        beside="empty typer",
        times={SMALL: 2},
        plus="bare replace",
        at_most={LARGE: 200},
    ),
    Row(
        "`metrics`, a command",
        commands.time_metrics,
        (SMALL, LARGE),
        beside="empty typer",
    ),
    Row(
        "one durable move, in process",
        files.time_durable_move,
        beside="bare replace",
        times=dict.fromkeys(SIZES, 2),
    ),
    Row(
        "a register opened and checked",
        files.time_opening,
        unit="ms CPU",
        beside="msgspec untyped",
        times=dict.fromkeys(SIZES, 2),
    ),
    Row(
        "weekly counts of 104 weeks and 70 OPDs",
        figures.time_counts,
        unit="ms CPU",
        beside="pandas / polars",
        times={LARGE: 1, HUGE: 2},
    ),
    Row(
        "all figures of a week, from a fresh register",
        figures.time_fresh_measure,
        unit="ms CPU",
        at_most={LARGE: 250},
    ),
    Row(
        "the same without forecasts, as screens first need them",
        figures.time_first_measure,
        unit="ms CPU",
    ),
    Row(
        "all figures of a week, again",
        figures.time_measure,
        unit="ms CPU",
    ),
    Row(
        "all figures after one move",
        figures.time_update,
        unit="ms CPU",
    ),
    Row(
        "first page of a snapshot",
        figures.time_first_page,
        (SMALL, LARGE),
        unit="ms CPU",
        at_most={LARGE: 600},
    ),
    Row(
        "whole page of a snapshot",
        figures.time_whole_page,
        (SMALL, LARGE),
        unit="ms CPU",
    ),
    Row(
        "first frame of the screens",
        screens.time_first_frame,
        (SMALL, LARGE),
        beside="bare table of 1,000 rows",
        times={SMALL: 1, LARGE: 1},
    ),
    Row(
        "figures seen on the screens",
        screens.time_figures_seen,
        (SMALL, LARGE),
        beside="bare table of 1,000 rows",
        times={SMALL: 1.3, LARGE: 2},
    ),
    Row(
        "a card moved, until it is painted",
        screens.time_card,
        (SMALL, LARGE, BIG),
        at_most={LARGE: 50, BIG: 150},
    ),
    Row(
        "a move of somebody else, on an open board",
        screens.time_foreign,
        (SMALL, LARGE),
        unit="ms CPU",
        at_most={SMALL: 20},
    ),
    Row(
        "the dialog of a move, opened again",
        screens.time_dialog,
        (SMALL, LARGE),
        unit="ms CPU",
        at_most={LARGE: 100},
    ),
    Row(
        "screen 7, visited for the first time",
        screens.time_first_visit,
        (LARGE, BIG),
        unit="ms CPU",
        at_most={BIG: 500},
    ),
    Row(
        "memory of the screens",
        screens.weigh_screens,
        (SMALL, LARGE, BIG),
        unit="MB",
        beside="bare table of as many rows",
        at_most={LARGE: 100, BIG: 300},
    ),
    Row(
        "CSV read",
        files.time_csv,
        (LARGE, HUGE),
        unit="ms CPU",
        beside="csv.reader",
        times={HUGE: 1.5},
    ),
    Row(
        "XLSX read",
        files.time_xlsx_read,
        (LARGE, HUGE),
        unit="ms CPU",
        beside="calamine",
        times={LARGE: 2, HUGE: 2},
    ),
    Row(
        "XLSX written, the whole register",
        files.time_xlsx_written,
        (SMALL, LARGE),
        unit="ms CPU",
        beside="xlsxwriter",
        times={LARGE: 1.2},
    ),
    Row(
        "cities of a collected table, 104 weeks each",
        cities.time_collected,
        (NATION,),
        unit="ms CPU",
        at_most={NATION: 1_000},
    ),
    *(ON_A_SERVER if server.has_server() else ()),
)
