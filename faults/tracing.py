"""Running the program under strace: to list its calls, and to let one of them fail."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from faults.calls import FAULTS, KILL, Fault
from faults.world import TIME_LIMIT, Run, World

ROOT = Path(__file__).parents[1]
_STRACE = ("strace", "-y", "-s", "0", "-e", "signal=none")


def can_trace() -> bool:
    """Return whether strace is there and may be used."""
    if sys.platform != "linux" or shutil.which("strace") is None:
        return False
    tried = subprocess.run(
        ["strace", "-o", os.devnull, "true"],
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0


def trace_start(world: World, arguments: Sequence[str]) -> tuple[Run, str]:
    """Start the program undisturbed, and return its trace, the loading of its modules included."""
    return _start_traced(world, arguments, _choose_calls(FAULTS))


def trace_command(world: World, arguments: Sequence[str]) -> tuple[Run, str]:
    """Carry out a command undisturbed, and return the trace of it alone."""
    return _carry_out_traced(world, arguments, _choose_calls(FAULTS))


def run_with_fault(
    world: World,
    arguments: Sequence[str],
    fault: Fault,
) -> tuple[Run, str]:
    """Carry out a command with one call failing, or the program killed just before it.

    The loading of modules is disturbed where the fault was found in that.
    """
    what = "signal" if fault.error == KILL else "error"
    when = f"{fault.call.number}{'+' if fault.is_lasting else ''}"
    error = fault.error.rstrip("+")
    inject = f"{fault.call.name}:{what}={error}:when={when}"
    options = [*_choose_calls([fault.call.name]), "-e", f"inject={inject}"]
    if fault.call.place == "program":
        return _start_traced(world, arguments, options)
    return _carry_out_traced(world, arguments, options)


def _choose_calls(names: Iterable[str]) -> list[str]:
    return ["-e", "trace=" + ",".join(f"?{name}" for name in names)]


def _start_traced(
    world: World,
    arguments: Sequence[str],
    options: Sequence[str],
) -> tuple[Run, str]:
    trace = world.root.with_name("trace")
    program = [sys.executable, str(ROOT / "tracker.py"), *arguments]
    done = subprocess.run(
        [*_STRACE, "-f", "-o", str(trace), *options, "--", *program],
        cwd=world.root,
        env={**os.environ, **world.environment},
        capture_output=True,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        timeout=TIME_LIMIT,
        check=False,
    )
    run = Run(done.returncode, done.stdout, done.stderr)
    return run, trace.read_text(errors="replace")


def _carry_out_traced(
    world: World,
    arguments: Sequence[str],
    options: Sequence[str],
) -> tuple[Run, str]:
    trace = world.root.with_name("trace")
    with world.waiting(arguments) as waiting:
        strace = subprocess.Popen(
            [*_STRACE, "-o", str(trace), *options, "-p", str(waiting.process)],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert strace.stderr is not None
        told = strace.stderr.readline()
        if "attached" not in told:
            raise RuntimeError(told)
        run = waiting.finish()
        strace.communicate()
    return run, trace.read_text(errors="replace")
