"""Whatever is done, in whatever order: a store says and holds what a register in memory does."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.contract.registers import check_indexes, is_kept_alike, use_indexes
from tests.contract.stores import FILE, KINDS, MEMORY, Open, StoreKind
from tests.depth import examples
from tests.tracker.actions.test_any_order import ANY, DAYS, PEOPLE
from tests.tracker.actions.world import NOW, TODAY, small_city
from tracker.actions.draft import Action, Context
from tracker.actions.perform import perform
from tracker.actions.undo import Redo, Undo
from tracker.errors import ProblemList, Rejected
from tracker.language import load_language
from tracker.register import Register
from tracker.snapshot.taking import TakeSnapshots
from tracker.store.memory import MemoryStore
from tracker.week import Week

PROGRAMS = st.integers(0, 1)
"""Which of two programs that have the register open acts."""

INDONESIAN = load_language("id")


class SideBySide(RuleBasedStateMachine):
    """Two programs on one register do what is done to a register in memory as well."""

    def create(self, register: Register, folder: Path) -> Open:
        """Keep a register in a store of the kind that is walked."""
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.open = self.create(small_city(), Path(self.folder.name))
        self.memory = MemoryStore(small_city())
        self.programs = [self.open(), self.open()]
        self.seen: tuple[Register, Register] | None = None
        self.minutes = 0

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(action=ANY, by=PEOPLE, program=PROGRAMS)
    def act(self, action: Action, by: str, program: int) -> None:
        self.do_on_both(action, by, program)

    @rule(program=PROGRAMS)
    def look(self, program: int) -> None:
        """Look at the register, to decide later on what is seen now."""
        self.seen = self.memory.load(), self.programs[program].load()

    @rule(action=ANY, by=PEOPLE, program=PROGRAMS)
    def decide_on_what_was_seen(
        self, action: Action, by: str, program: int
    ) -> None:
        self.do_on_both(action, by, program, self.seen)

    @rule(by=PEOPLE, program=PROGRAMS, action=st.sampled_from([Undo(), Redo()]))
    def take_back_or_do_again(
        self, by: str, program: int, action: Action
    ) -> None:
        self.do_on_both(action, by, program)

    @rule(day=DAYS, by=PEOPLE, program=PROGRAMS)
    def publish(self, day: date, by: str, program: int) -> None:
        action = TakeSnapshots((Week.of(day),), INDONESIAN)
        self.do_on_both(action, by, program)

    @rule(program=PROGRAMS)
    def start_again(self, program: int) -> None:
        self.programs[program] = self.open()

    @rule(program=PROGRAMS)
    def use_indexes(self, program: int) -> None:
        use_indexes(self.programs[program].load())

    def do_on_both(
        self,
        action: Action,
        by: str,
        program: int,
        seen: tuple[Register, Register] | None = None,
    ) -> None:
        """Do the same in memory and in a program; both agree on what comes of it."""
        self.minutes += 1
        moment = NOW + timedelta(minutes=self.minutes)
        context = Context(by, moment, TODAY)
        in_memory, in_store = seen or (None, None)
        store = self.programs[program]
        expected = outcome_of(
            lambda: perform(self.memory, action, context, in_memory).entry
        )
        assert expected == outcome_of(
            lambda: perform(store, action, context, in_store).entry
        )

    @invariant()
    def everybody_reads_the_same(self) -> None:
        expected = self.memory.load()
        for store in (*self.programs, self.open()):
            register = store.load()
            assert is_kept_alike(register, expected)
            check_indexes(register)
            assert list(register.log) == list(expected.log)

    @invariant()
    def every_page_is_kept(self) -> None:
        for snapshot in self.memory.load().snapshots.values():
            for digest in snapshot.pages.values():
                expected = self.memory.page(digest)
                assert expected is not None
                assert all(s.page(digest) == expected for s in self.programs)


def outcome_of(work: Callable[[], object]) -> object:
    """Return what comes of an action: its log entry, or why it is refused."""
    try:
        return work()
    except ProblemList as error:
        return [str(problem) for problem in error.problems]
    except Rejected as error:
        return str(error)


def example_count(kind: StoreKind) -> int:
    """Return how many walks are tried: each publishes weeks and reads all anew."""
    return examples(2, 15) if kind is FILE else examples(1, 6)


@pytest.mark.deeper
@pytest.mark.parametrize(
    "kind",
    [kind for kind in KINDS if kind is not MEMORY],
    ids=lambda kind: kind.name,
)
def test_a_store_does_as_a_register_in_memory(
    kind: StoreKind, request: pytest.FixtureRequest
) -> None:
    create = kind.find_create(request)

    class Walk(SideBySide):
        def create(self, register: Register, folder: Path) -> Open:
            return create(register, folder)

    limits = settings(
        max_examples=example_count(kind),
        stateful_step_count=25,
    )
    run_state_machine_as_test(Walk, settings=limits)
