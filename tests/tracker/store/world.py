"""Small registers and the few actions that these tests need."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from tracker.actions.draft import Context, Draft
from tracker.model import OPD, Move, Service, Stage, StoredSnapshot
from tracker.persistence import Commit
from tracker.register import Changes, Register
from tracker.store.file import FileStore
from tracker.store.new_register import create_register
from tracker.text import content_digest

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
TOMORROW = NOW + timedelta(days=1)

TEXT = "# Layanan digital\n\nMinggu ke-47: 36,2 % — “satu pintu”\n" * 200
DIGEST = content_digest(TEXT)


def context(by: str = "Rina") -> Context:
    return Context(by, NOW, TODAY)


@dataclass(frozen=True)
class Settle:
    """Enter an OPD and some services of it."""

    name: ClassVar[str] = "settle"
    services: int = 3
    opd: str = "disdukcapil"

    def apply(self, draft: Draft) -> None:
        opd = draft.new(OPD, code=self.opd, name=f"Dinas {self.opd}")
        for number in range(self.services):
            draft.new(
                Service,
                code=f"{self.opd}-{number}",
                name=f"Layanan {number}",
                opd=opd.id,
                registered_on=date(2025, 1, 6),
            )


@dataclass(frozen=True)
class Advance:
    """Move a service to a stage."""

    name: ClassVar[str] = "move"
    service: str
    on: date = TODAY
    stage: Stage = Stage.ONLINE
    note: str = ""

    def apply(self, draft: Draft) -> None:
        service = draft.before.service_codes[self.service]
        draft.new(
            Move,
            service=service.id,
            on=self.on,
            stage=self.stage,
            note=self.note,
        )


@dataclass(frozen=True)
class Rename:
    """Give a service another name."""

    name: ClassVar[str] = "rename"
    service: str
    to: str

    def apply(self, draft: Draft) -> None:
        draft.edit(draft.before.service_codes[self.service], name=self.to)


@dataclass(frozen=True)
class Drop:
    """Take the last move out."""

    name: ClassVar[str] = "drop"

    def apply(self, draft: Draft) -> None:
        draft.remove(list(draft.before.moves.values())[-1])


def publish(register: Register) -> Commit:
    """Publish a week with its text."""
    fact = StoredSnapshot(
        id=register.key(register.next_number),
        recorded_at=NOW,
        by="Rina",
        week="2026-W46",
        as_of=TODAY,
        final=True,
        figures={},
        pages={"page": DIGEST},
    )
    changes: Changes = {"snapshots": {fact.id: fact}}
    return Commit(changes, None, register.next_number + 1, {DIGEST: TEXT})


def new_store(
    path: Path, clock: Callable[[], datetime] = lambda: NOW, wait: float = 10.0
) -> FileStore:
    city = create_register(
        by="Rina", now=NOW, prefix="abcde", name="Bandung", portal="Sadayana"
    )
    return FileStore.create(path, city, clock=clock, wait=wait)
