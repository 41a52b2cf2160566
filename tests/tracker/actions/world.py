"""A small city to act on, and the moment at which each test stands."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

from tests.tracker.builder import Builder
from tracker.actions.draft import Action, Context
from tracker.actions.perform import ActionResult, perform
from tracker.errors import ProblemList, Rejected
from tracker.model import Stage
from tracker.persistence import Store
from tracker.register import Register
from tracker.store.memory import MemoryStore

TODAY = date(2026, 11, 19)
NOW = datetime(2026, 11, 19, 3, 0, tzinfo=UTC)


def day(text: str) -> date:
    return date.fromisoformat(text)


class City:
    """A register on which actions are carried out, a minute after another."""

    keep: ClassVar[Callable[[Register], Store]] = MemoryStore
    """Keeps a register in a store: in memory, where no fixture chose another."""

    def __init__(self, register: Register | None = None) -> None:
        self.store = type(self).keep(register or small_city())
        self.today = TODAY
        self._minutes = 0

    @property
    def register(self) -> Register:
        return self.store.load()

    def context(self, by: str = "rani") -> Context:
        self._minutes += 1
        return Context(by, NOW + timedelta(minutes=self._minutes), self.today)

    def do(
        self, action: Action, by: str = "rani", seen: Register | None = None
    ) -> ActionResult:
        return perform(self.store, action, self.context(by), seen)

    def refused(
        self, action: Action, by: str = "rani", seen: Register | None = None
    ) -> str:
        """Carry out an action that must be refused and change nothing; return what is said."""
        before = self.register
        try:
            self.do(action, by, seen)
        except ProblemList as error:
            said = "\n".join(map(str, error.problems))
        except Rejected as error:
            said = str(error)
        else:
            raise AssertionError("it was not refused")
        assert self.register is before
        return said

    def stage(self, code: str, on: date = TODAY) -> Stage:
        from tracker.history import stage_at

        return stage_at(self.register, self.register.service_codes[code], on)


def small_city() -> Register:
    """Two OPDs and a third without services; three services, one of them online; an application."""
    city = Builder(goal="2027-12-31")
    city.opd("dinkes", name="Dinas Kesehatan", aliases=("Dinkes Kota",))
    city.opd("dishub", name="Dinas Perhubungan")
    city.opd("arsip", name="Dinas Arsip")
    city.application("salaman", "dinkes", name="Salaman")
    city.service("izin", "dinkes", "2026-01-05", name="Izin praktik")
    city.service(
        "akta", "dinkes", "2026-01-05", "online", application="salaman"
    )
    city.service("kir", "dishub", "2026-02-02", visits=2.0)
    return city.register
