"""A register edited by hand until every text in it is hostile: such as no action would ever leave."""

from datetime import UTC, datetime
from pathlib import Path

from msgspec import to_builtins

from tests.hostile.texts import FORMULAS, MARKUP, ORDERS, TEXTS
from tests.tracker.builder import Builder
from tracker.model import Fact, LogEntry
from tracker.register import Register
from tracker.store.file import FileStore

ALL = tuple(
    text
    for text in TEXTS
    if text.isascii() or text.encode("utf-8", "ignore").decode() == text
)
"""The hostile texts that a file can hold at all."""
SOME = (*ORDERS[:6], *ORDERS[7:12], *MARKUP[:8], *FORMULAS[:6])


def hostile(texts: tuple[str, ...] = SOME) -> Register:
    """Return a register in which each of ``texts`` stands wherever a text can stand."""
    made = Builder(
        FORMULAS[0] + ORDERS[0] + MARKUP[1],
        portal=MARKUP[0] + ORDERS[7],
        goal="2027-12-31",
    )
    for number, text in enumerate(texts):
        opd, app, service = (
            f"opd-{number}",
            f"app-{number}",
            f"layanan-{number}",
        )
        made.opd(opd, name=text, aliases=(f"{text}!",), contact=text, by=text)
        made.application(app, opd, name=text, url=text, by=text)
        made.service(
            service,
            opd,
            "2026-08-03",
            name=text,
            tags=(text,),
            owner=text,
            application=app,
            by=text,
            visits=2,
        )
        made.move(
            service, "2026-09-01", "online", evidence=text, note=text, by=text
        )
        made.obstacle(service, "2026-09-01", description=text, by=text)
        made.target(service, "2026-10-01", by=text)
        made.reminder(opd, "2026-11-12", "head")
        made.report(opd, "2026-W46", note=text, by=text)
        made.milestone("2026-10-01", text, by=text)
        made.decision(
            text, "2026-10-01", "2026-12-01", text, outcome=text, by=text
        )
        made.evaluation(text, 2024, score=1.0, source=text, by=text)
    return _logged(made.register, texts)


def _logged(register: Register, texts: tuple[str, ...]) -> Register:
    """Let the log tell of somebody with a hostile name who renamed a service, once for each text."""
    service = next(iter(register.services.values()))
    log: dict[str, Fact | None] = {}
    for number, text in enumerate(texts, start=register.next_number):
        key = register.key(number)
        before = {**to_builtins(service), "name": f"{text}?"}
        moment = datetime(2026, 11, 1, tzinfo=UTC)
        changes = {"services": {service.id: before}}
        log[key] = LogEntry(
            id=key,
            recorded_at=moment,
            by=text,
            action=text,
            why=text,
            changes=changes,
        )
    return register.changed({"log": log}, register.next_number + len(texts))


def by_hand(path: Path, old: str, new: str) -> None:
    """Put ``new`` in the place of ``old`` throughout a register's file, as an editor does."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def kept(folder: Path, register: Register) -> FileStore:
    """Keep a register in a file of its own."""
    return FileStore.create(folder / "register.json", register)
