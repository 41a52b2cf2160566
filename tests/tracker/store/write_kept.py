"""Write the kept file of the version that is not released yet: ``python -m tests.tracker.store.write_kept``.

It is version 1's file with everything that has been added since. Add what you add to the model.
"""

import shutil
import tempfile
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from tests.tracker.store.world import NOW
from tracker.model import (
    Decision,
    LogEntry,
    Member,
    Reminder,
    ReminderLevel,
    Role,
)
from tracker.register import Changes, Register
from tracker.store.file import FileStore
from tracker.store.migrations import SCHEMA

KEPT = Path(__file__).parent / "kept"


def add_what_came_since(register: Register) -> Register:
    """Return the register with a value in every field that version 1 did not have."""
    city = replace(
        register.only_city,
        addressee="Sekretaris Daerah",
        sender="Diskominfo",
        subject="Layanan digital",
        in_opening=True,
        started_on=date(2026, 11, 16),
        kinds=("UPT Daerah",),
    )
    decision = Decision(
        id=register.key(register.next_number),
        recorded_at=NOW,
        by="Rina",
        text="Satu SK untuk semua kecamatan",
        owner="Sekda",
        due_on=date(2026, 11, 25),
        asked_on=date(2026, 11, 20),
        decided_on=date(2026, 11, 21),
        done_on=date(2026, 11, 24),
        dropped_on=None,
        outcome="Ditandatangani",
        proposal="same-service:surat-pengantar",
    )
    dropped = replace(
        decision,
        id=register.key(register.next_number + 1),
        done_on=None,
        dropped_on=date(2026, 11, 24),
    )
    reminders = {
        key: Reminder(
            id=key,
            recorded_at=NOW,
            by="Rina",
            opd=next(iter(register.opds)),
            on=date(2026, 11, 20),
            level=level,
        )
        for number, level in enumerate(
            ReminderLevel, start=register.next_number + 2
        )
        if (key := register.key(number))
    }
    snapshots = {
        key: replace(snapshot, pages={"page": "0" * 32}, log_head="0" * 32)
        for key, snapshot in register.snapshots.items()
    }
    opds = {
        key: replace(opd, reopened=True, kind="UPT Daerah")
        for key, opd in register.opds.items()
    }
    services = {
        key: replace(
            service, assumed=True, family="Surat pengantar", listed_as="a-7"
        )
        for key, service in register.services.items()
    }
    applications = {
        key: replace(application, listed_as="a-7")
        for key, application in register.applications.items()
    }
    number = register.next_number + 2 + len(reminders)
    member = Member(
        id=register.key(number),
        recorded_at=NOW,
        by="Rina",
        name="Budi",
        role=Role.OPD,
        opd=next(iter(register.opds)),
    )
    coordinator = Member(
        id=register.key(number + 1),
        recorded_at=NOW,
        by="Rina",
        name="Rina",
        role=Role.COORDINATOR,
    )
    last = number + 2
    brought = LogEntry(
        id=register.key(last),
        recorded_at=NOW,
        by="Budi",
        action="decision add",
        changes={"decisions": {decision.id: None, dropped.id: None}},
        origin=register.key(7),
        made={register.key(5): decision.id, register.key(6): dropped.id},
    )
    merge = LogEntry(
        id=register.key(last + 1),
        recorded_at=NOW,
        by="Rina",
        action="merge",
        why="salinan.json",
        merged=(brought.id,),
        chain="0" * 32,
    )
    changes: Changes = {
        "opds": dict(opds),
        "services": dict(services),
        "applications": dict(applications),
        "city": {city.id: city},
        "decisions": {decision.id: decision, dropped.id: dropped},
        "reminders": dict(reminders),
        "members": {member.id: member, coordinator.id: coordinator},
        "snapshots": dict(snapshots),
        "log": {brought.id: brought, merge.id: merge},
    }
    return register.changed(changes, last + 2)


def main() -> None:
    """Write the file."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder) / "old.json", Path(folder) / "new.json"
        shutil.copy(KEPT / "v1.json", old)
        FileStore.create(new, add_what_came_since(FileStore(old).load()))
        shutil.copyfile(new, KEPT / f"v{SCHEMA}.json")


if __name__ == "__main__":
    main()
