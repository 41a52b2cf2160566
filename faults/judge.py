"""What must hold after a run, whatever failed in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from faults.calls import Fault
from faults.state import Files
from faults.world import HANGS, Run
from tracker.errors import UserError
from tracker.persistence import Store
from tracker.register import Register
from tracker.snapshot.unexplained import find_unexplained
from tracker.store.doctor import examine_register, examine_server
from tracker.store.file import FileStore

_FAULTY = 70
_OUTPUT_GONE = 141
_NOTHING = "nothing was changed"
_WRITTEN = "It was written"


@dataclass(frozen=True)
class State:
    """What a register and the files of a folder hold, and what writing left behind."""

    facts: str | None
    files: Files
    leftovers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bounds:
    """The states before a command and after it, done without any fault."""

    before: State
    after: State


def judge_run(
    run: Run,
    found: State,
    bounds: Bounds,
    fault: Fault,
) -> Iterator[str]:
    """Yield what is wrong with how a run ended and with what it left."""
    # Without any file that can be opened or written, nothing can be said either.
    is_mute = fault.is_lasting and fault.call.name in ("openat", "write")
    if fault.call.place != "program" and not is_mute:
        yield from _judge_words(run, fault)
    yield from _judge_facts(run, found, bounds)
    yield from _judge_files(found.files, bounds)
    if run.code == 0 and not run.err and not is_mute:
        for name in _find_missing(found.files, bounds):
            yield f"nothing is said of {name}, which was not written"
    if not run.killed and not fault.call.name.startswith("unlink"):
        for name in found.leftovers:
            yield f"left behind: {name}"


def judge_unheard(run: Run, found: State, bounds: Bounds) -> Iterator[str]:
    """Yield what is wrong where a command did its work and nobody could be told of it."""
    if found == bounds.after != bounds.before and run.code > 0:
        yield "it was done, and the exit code says that it was not"


def judge_repetition(run: Run, found: State, bounds: Bounds) -> Iterator[str]:
    """Yield what is wrong after the same command was given again, undisturbed."""
    if run.code:
        yield f"given again, it fails: {run.err.strip()}"
    if found.facts != bounds.after.facts:
        yield "given again, it leaves another register"
    for name in _find_missing(found.files, bounds):
        yield f"given again, it does not write {name}"
    for name in found.files.keys() - bounds.after.files.keys():
        yield f"given again, it leaves {name}"


def judge_store(store: Store, today: date) -> Iterator[str]:
    """Yield what doctor finds in a register that stands."""

    def explain(register: Register) -> list[UserError]:
        return find_unexplained(register, today)

    if isinstance(store, FileStore):
        store.clean_up()
        findings = examine_register(store, today, explain)
    else:
        findings = examine_server(store, "the server", today, explain)
    for finding in findings:
        yield f"doctor: {finding.problem}"


def _judge_words(run: Run, fault: Fault) -> Iterator[str]:
    lines = run.err.strip().splitlines()
    if "Traceback" in run.err or run.code == _FAULTY:
        yield f"no words for it: {lines[-1] if lines else ''}"
    if run.code == HANGS:
        yield "it hangs"
    # Typer puts two lines on the command's use before the one that says what is wrong.
    said = 0 < len(lines) <= (5 if run.code == 2 else 2)
    unheard = fault.call.place == "output" or run.code == _OUTPUT_GONE
    if run.code > 0 and not said and not unheard:
        yield f"{len(lines)} lines say what happened"


def _judge_facts(run: Run, found: State, bounds: Bounds) -> Iterator[str]:
    before, after = bounds.before.facts, bounds.after.facts
    if found.facts not in (before, after):
        yield "the register is neither as before nor as after"
    if run.code == 0 and found.facts != after:
        yield "it was acknowledged and is not there"
    if run.out and run.killed and found.facts != after:
        yield "it was told and is not there"
    if before != after and _NOTHING in run.err and found.facts != before:
        yield f"it was done, and this is said: {run.err.strip()}"
    if _WRITTEN in run.err and found.facts != after:
        yield f"it was not done, and this is said: {run.err.strip()}"


def _judge_files(found: Files, bounds: Bounds) -> Iterator[str]:
    before, after = bounds.before.files, bounds.after.files
    for name, content in found.items():
        if content not in (before.get(name), after.get(name)):
            yield f"{name} is neither as before nor as after ({content[:60]!r})"
    for name in before.keys() & after.keys() - found.keys():
        yield f"{name} is gone"
    for name in before.keys() - found.keys() - after.keys():
        if before[name] not in found.values():
            yield f"what {name} held is gone"


def _find_missing(found: Files, bounds: Bounds) -> Iterator[str]:
    for name, content in bounds.after.files.items():
        if found.get(name) != content:
            yield name
