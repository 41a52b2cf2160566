"""`python -m faults`: let system calls of commands fail, one at a time, and report what is not whole after."""

import random
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from faults.calls import Fault, sample_faults
from faults.scenes import SCENES, Scene
from faults.tracing import can_trace
from faults.trials import Stage, Trial

if TYPE_CHECKING:
    from tests.server.harness import TestServer


def main() -> None:
    """Read the options, try the faults of each command, and end with 1 if anything was found."""
    options = _read_options()
    if not can_trace():
        sys.exit("strace is needed, and may not be used or is not there.")
    # So that the server is stopped and the folders are removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    names = options.commands or [scene.name for scene in SCENES]
    chosen = [scene for scene in SCENES if scene.name in names]
    found = 0
    with _serving(chosen) as server:
        for scene in chosen:
            with TemporaryDirectory(prefix="faults-") as folder:
                stage = Stage(scene, Path(folder), server)
                found += try_scene(stage, options)
    print(f"{found} faults found")
    sys.exit(found > 0)


def try_scene(stage: Stage, options: Namespace) -> int:
    """Try the faults of one command, print what is found, and return how often something was."""
    faults = choose_faults(stage, options)
    tried: Counter[str] = Counter()
    found = 0
    for fault in faults:
        trial = stage.try_fault(fault)
        tried[fault.call.name] += trial.came
        if trial.problems:
            found += 1
            print(describe(stage.scene, trial), flush=True)
        elif options.say:
            words = trial.run.err.strip() or f"({trial.run.code})"
            print(f"{stage.scene.name} {fault}: {words}", flush=True)
    counts = ", ".join(f"{name} {n}" for name, n in sorted(tried.items()))
    print(
        f"{stage.scene.name}: {len(stage.calls)} calls, {tried.total()} faults ({counts}), {found} found",
        flush=True,
    )
    return found


def choose_faults(stage: Stage, options: Namespace) -> list[Fault]:
    """Return the faults that ``--only`` names, else a sample.

    Of it ``--count`` are of the command's own calls, ``--loading`` of those that load the program.
    """
    if options.only:
        every = sample_faults(stage.calls, 0, options.seed)
        return [fault for fault in every if str(fault) in options.only]
    loading = [call for call in stage.calls if call.place == "program"]
    own = [call for call in stage.calls if call.place != "program"]
    faults = sample_faults(own, options.count, options.seed)
    if options.loading:
        faults += sample_faults(loading, options.loading, options.seed)
    random.Random(options.seed).shuffle(faults)
    return faults


def describe(scene: Scene, trial: Trial) -> str:
    """Return what a fault did, and how to see it again."""
    lines = [f"{scene.name} --only {trial.fault}", trial.fault.call.told[:300]]
    lines += [f"exit code {trial.run.code}: {trial.run.err.strip()[-600:]}"]
    lines += [f"! {problem[:400]}" for problem in trial.problems]
    return "\n    ".join(lines)


def _read_options() -> Namespace:
    parser = ArgumentParser(prog="python -m faults", description=__doc__)
    names = [scene.name for scene in SCENES]
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--loading", type=int, default=10, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", metavar="CALL:N:ERROR")
    parser.add_argument("--say", action="store_true")
    parser.add_argument("commands", nargs="*", choices=[*names, []])
    return parser.parse_args()


@contextmanager
def _serving(scenes: list[Scene]) -> "Iterator[TestServer | None]":
    """Give a PostgreSQL of its own, if a command among them needs one."""
    if not any(scene.server for scene in scenes):
        yield None
        return
    from tests.server.harness import start_own_server

    yield from start_own_server()


if __name__ == "__main__":
    main()
