"""How long the store takes on a full register, beside stock TinyDB: `python -m benchmarks.store`."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from tinydb import TinyDB, where

from tracker.actions.draft import Context, Draft
from tracker.actions.perform import perform
from tracker.model import OPD, Move, Service, Stage
from tracker.store.file import FileStore
from tracker.store.new_register import create_register

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
CONTEXT = Context("Rina", NOW, TODAY)
EVIDENCE = "https://bandung.go.id/bukti/{:07d}.pdf"


@dataclass(frozen=True)
class Fill:
    """Enter OPDs, services and moves at once, as an import does."""

    name: ClassVar[str] = "import"
    opds: int
    services: int
    moves: int

    def apply(self, draft: Draft) -> None:
        """Spread the services over the OPDs and the moves over the services."""
        opds = [
            draft.new(OPD, code=f"opd-{n}", name=f"Dinas Nomor {n}")
            for n in range(self.opds)
        ]
        services = [
            draft.new(
                Service,
                code=f"layanan-{n}",
                name=f"Penerbitan Surat Keterangan Nomor {n}",
                opd=opds[n % self.opds].id,
                registered_on=date(2024, 11, 4),
                volume=1000 + n,
                visits=2.0,
                days=3.0,
            )
            for n in range(self.services)
        ]
        stages = [
            Stage.ONLINE,
            Stage.INTEGRATED,
            Stage.ONLINE,
            Stage.CONVENTIONAL,
        ]
        for n in range(self.moves):
            draft.new(
                Move,
                service=services[n % self.services].id,
                on=date(2024, 11, 4)
                + timedelta(weeks=1 + 30 * (n // self.services), days=n % 7),
                stage=stages[n // self.services % 4],
                evidence=EVIDENCE.format(n),
            )


@dataclass(frozen=True)
class OneMove:
    """Record one move."""

    name: ClassVar[str] = "move"
    number: int

    def apply(self, draft: Draft) -> None:
        """Move one service online today."""
        service = draft.before.service_codes[f"layanan-{self.number}"]
        draft.new(
            Move,
            service=service.id,
            on=TODAY,
            stage=Stage.ONLINE,
            evidence=EVIDENCE.format(self.number),
        )


def measure(work: Callable[[int], object], times: int) -> str:
    """Return median and 95th percentile of ``times`` runs in milliseconds."""
    took = []
    for number in range(times):
        start = time.perf_counter()
        work(number)
        took.append((time.perf_counter() - start) * 1000)
    return f"{statistics.median(took):7.2f} ms median {sorted(took)[int(times * 0.95)]:7.2f} ms 95 %"


def run(services: int, folder: Path) -> None:
    """Measure one size."""
    path = folder / f"{services}.json"
    store = FileStore.create(
        path,
        create_register(by="Rina", now=NOW, name="Bandung", portal="Sadayana"),
    )
    perform(store, Fill(70, services, 3 * services), CONTEXT)
    print(
        f"{services} services, {3 * services} moves, {path.stat().st_size / 1e6:.2f} MB"
    )
    print(
        "  open and check       ", measure(lambda _: FileStore(path).load(), 30)
    )
    data = path.read_bytes()
    print(
        "  write, fsync, rename ",
        measure(lambda _: _bare(folder / "bare", data), 30),
    )
    print(
        "  one recorded move    ",
        measure(lambda n: perform(store, OneMove(n), CONTEXT), 100),
    )
    other = FileStore(path)
    print(
        "  seen by another      ",
        measure(
            lambda n: (perform(store, OneMove(n), CONTEXT), other.load()), 30
        ),
    )
    print(
        "  stock TinyDB: open   ",
        measure(lambda _: TinyDB(path).table("moves").all(), 10),
    )
    stock = TinyDB(path)
    print("  stock TinyDB: one    ", measure(lambda n: _stock(stock, n), 10))


def _bare(path: Path, data: bytes) -> None:
    with open(path.with_suffix(".tmp"), "wb") as file:
        file.write(data)
        os.fsync(file.fileno())
    path.with_suffix(".tmp").replace(path)


def _stock(db: TinyDB, number: int) -> None:
    service = db.table("services").get(where("code") == f"layanan-{number}")
    assert service is not None
    assert not isinstance(service, list)
    db.table("moves").insert(
        {"service": service["id"], "on": str(TODAY), "stage": "online"}
    )
    db.table("log").insert({"action": "move", "by": "Rina"})


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for size in (1_000, 10_000):
            run(size, Path(folder))
