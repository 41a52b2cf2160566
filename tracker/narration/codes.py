"""The codes by which people know OPDs, services and applications."""

from collections.abc import Iterable

from tracker.changes import Change
from tracker.model import OPD, Application, Fact, Member, Service
from tracker.register import Register


class Codes:
    """The codes of a register's facts, also of those that ``changes`` took out."""

    def __init__(
        self,
        register: Register,
        changes: Iterable[Change] = (),
    ) -> None:
        self._register = register
        self._removed = {
            fact.id: fact.code
            for change in changes
            for fact in (change.before, change.after)
            if isinstance(fact, OPD | Service | Application)
        }

    def code_of(self, key: str) -> str:
        """Return the code of an OPD, a service or an application; an unknown key as it is."""
        register = self._register
        for table in (register.services, register.opds, register.applications):
            if key in table:
                return table[key].code
        return self._removed.get(key, key)

    def refer_by_code(self, table: str, key: str) -> str:
        """Name by its code what a key of ``table`` refers to (see ``values.Refer``)."""
        return self.code_of(key)

    def subject_of(self, fact: Fact | None) -> str:
        """Return the code of the service that a fact is about, else its own code, else nothing.

        A member has no code, and is known by name.
        """
        if isinstance(fact, Member):
            return fact.name
        service = getattr(fact, "service", "")
        return self.code_of(service) if service else getattr(fact, "code", "")
