"""A made-up city to time things on: the same for the same seed."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tracker.model import (
    OPD,
    City,
    Closure,
    Fact,
    Factor,
    Move,
    Obstacle,
    Report,
    Service,
    Stage,
    Target,
    Transfer,
)
from tracker.register import Register
from tracker.week import Week

WEEKS, OPDS = 104, 70
START = date(2024, 1, 1)
TODAY = START + timedelta(weeks=WEEKS)
STAGES = tuple(Stage)
RECORDED = datetime(2024, 1, 1, tzinfo=UTC)


class Growing:
    """A register that grows fact by fact."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.tables: dict[str, dict[str, Any]] = {}
        self.next_number = 1

    def add(self, table: str, kind: type[Fact], **fields: Any) -> str:
        """Add a fact, recorded a minute after the one before; return its key."""
        key = f"x-{self.next_number:07d}"
        moment = RECORDED + timedelta(minutes=self.next_number)
        self.tables.setdefault(table, {})[key] = kind(
            id=key, recorded_at=moment, by="b", **fields
        )
        self.next_number += 1
        return key

    def day(self, first: int = 0) -> date:
        """Draw a day of the two years, none of the ``first`` ones."""
        return START + timedelta(days=self.draw.randrange(first, WEEKS * 7))


def register(services: int, opds: int = OPDS, seed: int = 1) -> Register:
    """Make a city up: three moves a service, a tenth of them transferred, a twentieth closed in the end."""
    city = Growing(seed)
    city.add(
        "city", City, name="Bandung", portal="Sadayana", goal=date(2027, 12, 31)
    )
    owners = [
        city.add("opds", OPD, code=f"opd-{n}", name=f"OPD {n}")
        for n in range(opds)
    ]
    for number in range(services):
        _add_service(city, number, owners)
    for owner in owners:
        for week in range(0, WEEKS, 2):
            city.add(
                "reports",
                Report,
                opd=owner,
                week=str(Week.of(START).plus(week)),
            )
    return Register(prefix="x", next_number=city.next_number, **city.tables)


def _add_service(city: Growing, number: int, owners: list[str]) -> None:
    key = city.add(
        "services",
        Service,
        code=f"s-{number}",
        name=f"Layanan {number}",
        opd=owners[number % len(owners)],
        registered_on=START + timedelta(days=city.draw.randrange(0, 30)),
        volume=city.draw.randrange(10_000),
        visits=2.0,
        days=5.0,
    )
    points = 0
    days = sorted(city.day(30) for _ in range(3))
    for on in days:
        points = max(0, min(2, points + city.draw.choice((1, 1, 0, -1))))
        city.add(
            "moves",
            Move,
            service=key,
            on=on,
            stage=STAGES[points],
            visits=1.0,
            days=3.0,
        )
    if city.draw.random() < 0.1:
        # Before the last move: a service that has ended is transferred no more.
        city.add(
            "transfers",
            Transfer,
            service=key,
            on=START
            + timedelta(
                days=city.draw.randrange(30, (days[-1] - START).days + 1)
            ),
            opd=city.draw.choice(owners),
        )
    if city.draw.random() < 0.05:
        city.add(
            "closures", Closure, service=key, start=days[-1] + timedelta(days=1)
        )
    if city.draw.random() < 0.2:
        city.add(
            "targets",
            Target,
            service=key,
            stage=Stage.INTEGRATED,
            due_on=city.day(),
        )
        opened = city.day(30)
        city.add(
            "obstacles",
            Obstacle,
            service=key,
            factor=Factor.PEOPLE,
            description="x",
            opened_on=opened,
        )
