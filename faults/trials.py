"""One scene: its undisturbed run, and its runs with a fault."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

from faults.calls import Call, Fault, read_calls
from faults.judge import (
    Bounds,
    State,
    judge_repetition,
    judge_run,
    judge_store,
    judge_unheard,
)
from faults.scenes import Scene, lay_scene
from faults.state import find_leftovers, read_facts, read_files
from faults.tracing import run_with_fault, trace_command, trace_start
from faults.world import CITY, Run, World
from tracker.persistence import Store
from tracker.store.file import FileStore
from tracker.store.opening import open_store
from tracker.store.pages import read_pages

if TYPE_CHECKING:
    from tests.server.harness import TestServer


Trace = Callable[[World, Sequence[str]], tuple[Run, str]]


@dataclass(frozen=True)
class Trial:
    """What came of one fault: how the run ended, what is wrong with that, and whether the fault came.

    Some calls are made in one run and not in another.
    """

    fault: Fault
    run: Run
    problems: list[str]
    came: bool


class Stage:
    """A scene on its stage: laid out once, and played from its beginning for each fault."""

    def __init__(
        self,
        scene: Scene,
        folder: Path,
        server: "TestServer | None" = None,
    ) -> None:
        self.scene = scene
        self._server = server if scene.server else None
        self._laid = folder / "laid"
        # Files are laid out by commands on a file, also for a scene on a server.
        lay_scene(scene, World(folder / "world"))
        (folder / "world").rename(self._laid)
        db = self._server.url() if self._server else CITY
        self._world = World(folder / "world", db)
        self.bounds = self._find_bounds()
        self.calls = self._find_calls()

    @property
    def _today(self) -> date:
        return date.fromisoformat(self.scene.today)

    def try_fault(self, fault: Fault) -> Trial:
        """Play the scene with a fault, and return what is wrong afterwards."""
        self._begin()
        run, trace = run_with_fault(self._world, self._arguments, fault)
        found = self._read_state()
        problems = list(judge_run(run, found, self.bounds, fault))
        problems += self._examine()
        if fault.call.place == "output" and not self.scene.prints:
            problems += judge_unheard(run, found, self.bounds)
        if self.scene.repeatable or self._is_undone(found):
            again = self._run_undisturbed()
            state = self._read_state()
            problems += judge_repetition(again, state, self.bounds)
        came = run.killed or "(INJECTED)" in trace
        return Trial(fault, run, problems, came)

    def _is_undone(self, found: State) -> bool:
        before, after = self.bounds.before, self.bounds.after
        if before.facts == after.facts:
            return found.files == before.files
        return found.facts == before.facts

    def _find_bounds(self) -> Bounds:
        """Play the scene undisturbed; everything must be in order before and after."""
        self._begin()
        before, problems = self._read_state(), self._examine()
        run = self._run_undisturbed()
        after = self._read_state()
        problems += self._examine()
        if run.code or problems or after.leftovers:
            raise RuntimeError(f"{self.scene.name}: {run.err} {problems}")
        return Bounds(before, after)

    def _find_calls(self) -> list[Call]:
        """List the calls of the command, then those by which the program is loaded."""
        command = self._trace_calls(trace_command)
        start = self._trace_calls(trace_start)
        return [
            *(call for call in command if call.place != "program"),
            *(call for call in start if call.place == "program"),
        ]

    def _trace_calls(self, trace: Trace) -> list[Call]:
        self._begin()
        _, told = trace(self._world, self._arguments)
        return list(read_calls(told, self._world.root))

    def _run_undisturbed(self) -> Run:
        return self._world.run(*self.scene.command, today=self.scene.today)

    @property
    def _arguments(self) -> list[str]:
        return self._world.complete(self.scene.command, self.scene.today)

    def _begin(self) -> None:
        self._world.copy_from(self._laid)
        if self._server is None:
            return
        from tests.server.harness import empty_server
        from tracker.store.postgres.administration import create_on_server

        empty_server(self._server)
        if self.scene.server == "filled":
            source = FileStore(self._world.root / CITY)
            register = source.load()
            texts = read_pages(register, source.page)
            address = self._server.address()
            create_on_server(address, register, texts.values())

    def _read_state(self) -> State:
        leftovers = tuple(find_leftovers(self._world.root))
        files = read_files(self._world.root)
        with self._opened() as store:
            return State(read_facts(store), files, leftovers)

    def _examine(self) -> list[str]:
        with self._opened() as store:
            if read_facts(store) is None:
                return []
            return list(judge_store(store, self._today))

    @contextmanager
    def _opened(self) -> Iterator[Store]:
        """Give the register that the scene is about."""
        if self._server is None or self.scene.register != CITY:
            yield FileStore(self._world.root / self.scene.register)
            return
        _await_silence(self._server)
        store = open_store(self._server.address())
        yield store
        store.close()


def _await_silence(server: "TestServer") -> None:
    """Wait until the server has noticed that the program is gone."""
    for _ in range(200):
        ((count,),) = server.run(
            "select count(*) from pg_stat_activity where application_name = 'opd-tracker'",
        )
        if not count:
            return
        sleep(0.02)
