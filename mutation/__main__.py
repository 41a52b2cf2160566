"""`python -m mutation`: try a sample of faults and report those that no test notices."""

import random
import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from mutation.mutants import Mutant, list_mutants
from mutation.runner import CORE, passes, survives

ROOT = Path(__file__).parents[1]
ROOMS = ("metrics", "store", "actions", "exchange", "snapshot")


def main() -> None:
    """Read the options, try the sample, and print each survivor as it is found."""
    parser = ArgumentParser(prog="python -m mutation", description=__doc__)
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--skip", type=int, default=0, metavar="N")
    parser.add_argument("rooms", nargs="*", default=ROOMS)
    options = parser.parse_args()
    sample = draw_sample(options.rooms, options.count, options.seed)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__")
        shutil.copytree(ROOT, copy, ignore=ignored)
        if not passes(copy, CORE, 2):
            sys.exit("The tests fail without any fault: mend that first.")
        survivors = try_sample(copy, sample[options.skip :])
    print(f"{survivors} of {len(sample) - options.skip} survived")


def try_sample(copy: Path, sample: list[tuple[Path, Mutant]]) -> int:
    """Try each fault in the copy, print those that survive, and return how many do."""
    survivors = 0
    for number, (module, mutant) in enumerate(sample, start=1):
        if survives(copy, copy / module, mutant):
            survivors += 1
            print(f"{number}. {describe(module, mutant)}\n", flush=True)
        if number % 10 == 0:
            print(f"{number} tried, {survivors} survived", flush=True)
    return survivors


def draw_sample(
    rooms: list[str], count: int, seed: int
) -> list[tuple[Path, Mutant]]:
    """Return faults of all rooms alike, the same for the same seed and source."""
    chance = random.Random(seed)
    every = []
    for room in rooms:
        faults = [
            (path.relative_to(ROOT), mutant)
            for path in sorted((ROOT / "tracker" / room).rglob("*.py"))
            for mutant in list_mutants(path.read_text(encoding="utf-8"))
        ]
        every.append(chance.sample(faults, min(len(faults), count)))
    turns = [fault for turn in zip(*every, strict=False) for fault in turn]
    return turns[:count]


def describe(module: Path, mutant: Mutant) -> str:
    """Return where a fault is, and what the line said and says."""
    place = f"{module}:{mutant.line}"
    return f"{place}\n  - {mutant.before}\n  + {mutant.after}"


if __name__ == "__main__":
    main()
