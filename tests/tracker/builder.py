"""Build a register from terse lines: a test says what happened, the builder fills in the rest.

    city = Builder(goal="2027-12-31")
    city.service("ktp", "dukcapil", "2026-01-05")
    city.move("ktp", "2026-01-14", "online", verified="2026-01-15")
    register = city.register

Facts are named by code or by key, days are written ``2026-01-05``. Each fact gets the next key and is
recorded a minute after the one before it, unless ``recorded_at`` says otherwise.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tracker.model import (
    OPD,
    TABLES,
    Application,
    City,
    Closure,
    Decision,
    Evaluation,
    Fact,
    Factor,
    Milestone,
    Move,
    Obstacle,
    Reminder,
    ReminderLevel,
    Report,
    Service,
    Stage,
    StoredSnapshot,
    Target,
    Transfer,
)
from tracker.register import Register

Day = str | date
FIRST_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def day(value: Day) -> date:
    """Read a day written ``2026-01-05``."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def day_or_none(value: Day | None) -> date | None:
    """Read a day that may be missing."""
    return None if value is None else day(value)


class Builder:
    """A register in the making; ``register`` is what stands so far. Every method returns a key."""

    def __init__(
        self,
        name: str = "Bandung",
        *,
        portal: str = "Sadayana",
        goal: Day | None = None,
        **fields: Any,
    ) -> None:
        self._tables: dict[str, dict[str, Any]] = {
            table: {} for table in TABLES
        }
        self._codes: dict[str, dict[str, str]] = {
            "opds": {},
            "services": {},
            "applications": {},
        }
        self._number = 0
        self._add(
            "city",
            City,
            name=name,
            portal=portal,
            goal=day_or_none(goal),
            **fields,
        )

    @property
    def register(self) -> Register:
        """The register with every fact entered so far."""
        tables = {name: dict(facts) for name, facts in self._tables.items()}
        return Register(prefix="x", next_number=self._number + 1, **tables)

    def opd(self, code: str, kind: str = "dinas", **fields: Any) -> str:
        """Enter an OPD."""
        fields.setdefault("name", f"Dinas {code}")
        return self._add("opds", OPD, code=code, kind=kind, **fields)

    def application(
        self, code: str, opd: str | None = None, **fields: Any
    ) -> str:
        """Enter an application; its days are ``integrated_on`` and ``retired_on``."""
        fields.setdefault("name", f"Aplikasi {code}")
        key = None if opd is None else self.key("opds", opd)
        return self._add(
            "applications", Application, code=code, opd=key, **_dated(fields)
        )

    def service(
        self,
        code: str,
        opd: str,
        on: Day,
        stage: str = "conventional",
        **fields: Any,
    ) -> str:
        """Enter a service of an OPD, registered on a day; an OPD not there yet is entered too."""
        if opd not in self._codes["opds"] and opd not in self._tables["opds"]:
            self.opd(opd)
        fields.setdefault("name", f"Layanan {code}")
        if fields.get("application") is not None:
            fields["application"] = self.key(
                "applications", fields["application"]
            )
        return self._add(
            "services",
            Service,
            code=code,
            opd=self.key("opds", opd),
            registered_on=day(on),
            stage=Stage(stage),
            **fields,
        )

    def move(
        self,
        service: str,
        on: Day,
        stage: str,
        verified: Day | None = None,
        **fields: Any,
    ) -> str:
        """Enter a move."""
        known = {
            "service": self.key("services", service),
            "on": day(on),
            "stage": Stage(stage),
        }
        return self._add(
            "moves", Move, **known, verified_on=day_or_none(verified), **fields
        )

    def transfer(self, service: str, on: Day, opd: str, **fields: Any) -> str:
        """Enter a transfer to an OPD, which is entered too where it is not there yet."""
        if opd not in self._codes["opds"] and opd not in self._tables["opds"]:
            self.opd(opd)
        known = {
            "service": self.key("services", service),
            "on": day(on),
            "opd": self.key("opds", opd),
        }
        return self._add("transfers", Transfer, **known, **fields)

    def closure(
        self, service: str, start: Day, until: Day | None = None, **fields: Any
    ) -> str:
        """Enter that a service is retired, and reopened where ``until`` stands."""
        known = {
            "service": self.key("services", service),
            "start": day(start),
            "until": day_or_none(until),
        }
        return self._add("closures", Closure, **known, **fields)

    def target(
        self,
        service: str,
        due_on: Day,
        stage: str = "integrated",
        **fields: Any,
    ) -> str:
        """Enter a target."""
        known = {
            "service": self.key("services", service),
            "due_on": day(due_on),
            "stage": Stage(stage),
        }
        return self._add("targets", Target, **known, **fields)

    def obstacle(
        self,
        service: str,
        opened_on: Day,
        factor: str = "people",
        resolved_on: Day | None = None,
        **fields: Any,
    ) -> str:
        """Enter an obstacle."""
        fields.setdefault("description", "Belum ada petugas")
        known = {
            "service": self.key("services", service),
            "opened_on": day(opened_on),
            "factor": Factor(factor),
        }
        return self._add(
            "obstacles",
            Obstacle,
            **known,
            resolved_on=day_or_none(resolved_on),
            **fields,
        )

    def report(self, opd: str, week: str, **fields: Any) -> str:
        """Enter that an OPD has reported for a week."""
        return self._add(
            "reports", Report, opd=self.key("opds", opd), week=week, **fields
        )

    def milestone(self, on: Day, text: str = "Perubahan", **fields: Any) -> str:
        """Enter a milestone."""
        return self._add(
            "milestones", Milestone, on=day(on), text=text, **fields
        )

    def reminder(
        self, opd: str, on: Day, level: str = "contact", **fields: Any
    ) -> str:
        """Enter that an OPD was reminded."""
        return self._add(
            "reminders",
            Reminder,
            opd=self.key("opds", opd),
            on=day(on),
            level=ReminderLevel(level),
            **fields,
        )

    def evaluation(self, instrument: str, year: int, **fields: Any) -> str:
        """Enter an outside evaluation."""
        return self._add(
            "evaluations",
            Evaluation,
            instrument=instrument,
            year=year,
            **fields,
        )

    def decision(
        self,
        text: str,
        asked_on: Day,
        due_on: Day,
        owner: str = "Sekda",
        **fields: Any,
    ) -> str:
        """Enter a decision asked of the leadership."""
        dates = {"asked_on": day(asked_on), "due_on": day(due_on)}
        return self._add(
            "decisions",
            Decision,
            text=text,
            owner=owner,
            **dates,
            **_dated(fields),
        )

    def snapshot(self, week: str, as_of: Day, **fields: Any) -> str:
        """Enter that the page of a week was published, with no figures kept of it."""
        fields.setdefault("final", True)
        known = {"week": week, "as_of": day(as_of), "figures": {}}
        return self._add("snapshots", StoredSnapshot, **known, **fields)

    def key(self, table: str, name: str) -> str:
        """Return the key of a fact named by its code or its key."""
        return self._codes[table].get(name, name)

    def _add(self, table: str, fact: type[Fact], /, **fields: Any) -> str:
        self._number += 1
        key = f"x-{self._number:07d}"
        fields.setdefault(
            "recorded_at", FIRST_MOMENT + timedelta(minutes=self._number)
        )
        fields.setdefault("by", "uji")
        self._tables[table][key] = fact(id=key, **fields)
        if table in self._codes:
            self._codes[table][fields["code"]] = key
        return key


def _dated(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: day(value) if name.endswith("_on") and value else value
        for name, value in fields.items()
    }
