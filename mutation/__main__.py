"""`python -m mutation`: try a sample of faults and report those that no test notices."""

import random
import shutil
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from mutation.mutants import Mutant, list_mutants
from mutation.reach import Reach, read_reach
from mutation.runner import find_killer, note_reach

ROOT = Path(__file__).parents[1]
ROOMS = ("metrics", "store", "actions", "exchange", "snapshot")
AT_ONCE = 2
"""How many faults are tried at the same time, each in a copy of its own."""

Fault = tuple[Path, Mutant]


def main() -> None:
    """Read the options, try the sample, and say of each fault what noticed it."""
    parser = ArgumentParser(prog="python -m mutation", description=__doc__)
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--skip", type=int, default=0, metavar="N")
    parser.add_argument("--reach", type=Path, metavar="FOLDER")
    parser.add_argument("rooms", nargs="*", default=ROOMS)
    options = parser.parse_args()
    sample = draw_sample(options.rooms, options.count, options.seed)
    sample = sample[options.skip :]
    with TemporaryDirectory() as folder:
        # Tests that run as nobody read the program in it.
        Path(folder).chmod(0o755)
        survivors = try_sample(Path(folder), options.reach, sample)
    print("".join(f"\n{describe(*fault)}\n" for fault in survivors))
    killed = len(sample) - len(survivors)
    share = killed / len(sample)
    print(
        f"killed {killed} of {len(sample)} ({share:.1%}), seed {options.seed}",
    )


def try_sample(
    folder: Path,
    kept: Path | None,
    sample: Sequence[Fault],
) -> list[Fault]:
    """Try each fault in a copy of the program in a folder; return those that survive.

    What the tests run is kept in a folder, if one is given, and taken from
    there if it is there already.
    """
    first, *others = (folder / f"copy{number}" for number in range(AT_ONCE))
    ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__")
    shutil.copytree(ROOT, first, ignore=ignored)
    if kept is None or not kept.exists():
        print("The tests are run once without a fault.", flush=True)
        notes = folder / "reach"
        note_reach(first, notes)
        if kept is not None:
            shutil.copytree(notes, kept)
    else:
        notes = kept
    reach = read_reach(notes)
    for other in others:
        shutil.copytree(first, other)

    survivors = []
    results = find_killers([first, *others], sample, reach)
    for number, (fault, killer) in enumerate(
        zip(sample, results, strict=True),
        start=1,
    ):
        if killer is None:
            survivors.append(fault)
        module, mutant = fault
        outcome = f"killed by {killer}" if killer else "SURVIVED"
        print(f"{number}. {module}:{mutant.line} {outcome}", flush=True)
    return survivors


def find_killers(
    copies: Sequence[Path],
    sample: Sequence[Fault],
    reach: Reach,
) -> Iterator[str | None]:
    """Yield for each fault the first test that fails, if one does; try one in each copy at a time."""
    free: SimpleQueue[Path] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def try_fault(fault: Fault) -> str | None:
        copy = free.get()
        try:
            return find_killer(copy, *fault, reach)
        finally:
            free.put(copy)

    with ThreadPoolExecutor(len(copies)) as pool:
        yield from pool.map(try_fault, sample)


def draw_sample(
    rooms: Sequence[str],
    count: int,
    seed: int,
) -> list[Fault]:
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
