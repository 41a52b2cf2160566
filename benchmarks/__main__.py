"""`python -m benchmarks`: measure everything beside its peers, and write docs/performance.md."""

import subprocess
import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from benchmarks.report import Measured, write_page
from benchmarks.table import ROWS, Row
from benchmarks.timing import Samples

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Measure the rows that are asked for; only a whole run writes the page."""
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", default="", metavar="TEXT")
    parser.add_argument("--sizes", type=int, nargs="*", default=())
    parser.add_argument("--one", type=int, nargs=2, metavar=("ROW", "SIZE"))
    options = parser.parse_args()
    if options.one:
        row, size = options.one
        sys.stdout.buffer.write(msgspec.json.encode(measure(ROWS[row], size)))
        return

    measured = [
        measure_apart(number, row, size)
        for number, row in enumerate(ROWS)
        for size in row.sizes
        if options.only in row.name
        and (not options.sizes or size in options.sizes)
    ]
    if not options.only and not options.sizes:
        day = datetime.now(UTC).date().isoformat()
        write_page(measured, "python -m benchmarks", day)


def measure(row: Row, size: int) -> dict[str, Samples]:
    """Measure one row at one size, in this process."""
    with TemporaryDirectory() as folder:
        return row.time(size, Path(folder))


def measure_apart(number: int, row: Row, size: int) -> Measured:
    """Measure one row at one size in a process of its own, and print it."""
    command = [sys.executable, "-m", "benchmarks", "--one"]
    done = subprocess.run(
        [*command, str(number), str(size)],
        stdout=subprocess.PIPE,
        check=True,
        cwd=ROOT,
    )
    samples = msgspec.json.decode(done.stdout, type=dict[str, Samples])
    medians = ", ".join(f"{k} {v.median:,.1f}" for k, v in samples.items())
    print(f"{row.name}, {size:,}: {medians} {row.unit}", flush=True)
    return Measured(row, size, samples)


if __name__ == "__main__":
    main()
