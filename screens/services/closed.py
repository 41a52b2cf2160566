"""The closed services: a table of their own, shown if the filter asks for them."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from tracker.changes import closure_reasons
from tracker.history import is_active, opd_at, stage_at
from tracker.model import OPD, Closure, Service, Stage
from tracker.register import Register
from tracker.searching import opd_words, service_words
from tracker.text import normalize_name

_FLAGS = frozenset({"closed"})


class ClosedRow(Struct, frozen=True):
    """A service as it stood when it was closed; ``words`` is what a filter's words are looked for in."""

    service: Service
    opd: OPD
    stage: Stage
    closure: Closure
    why: str
    words: str
    tags: tuple[str, ...]
    flags: frozenset[str] = _FLAGS

    @property
    def key(self) -> str:
        """The service's key."""
        return self.service.id


def closed_rows(register: Register, today: date) -> list[ClosedRow]:
    """Return the services that are closed on ``today``, by name."""
    rows = _create_rows(register, today)
    return sorted(rows, key=lambda row: (row.service.name.casefold(), row.key))


def _create_rows(register: Register, today: date) -> Iterator[ClosedRow]:
    reasons = closure_reasons(register)
    for key, closures in register.closures_of.items():
        begun = [closure for closure in closures if closure.start <= today]
        service = register.services.get(key)
        if service is None or not begun or is_active(register, service, today):
            continue
        opd = register.opds[opd_at(register, service, today)]
        yield ClosedRow(
            service=service,
            opd=opd,
            stage=stage_at(register, service, today),
            closure=begun[-1],
            why=reasons.get(begun[-1].id, ""),
            words=service_words(register, service) + " ¦ " + opd_words(opd),
            tags=tuple(map(normalize_name, service.tags)),
        )
