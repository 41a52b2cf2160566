"""The demonstration's first day: the Bandung catalogue with an invented stage for each service."""

from collections.abc import Iterator
from datetime import date
from random import Random

from tracker.demo.people import contact_of, owner_of
from tracker.demo.phrases import COORDINATOR
from tracker.demo.volumes import volume_between
from tracker.demo.writer import Writer
from tracker.exchange.catalogue.shipped import catalogue_rows
from tracker.model import (
    OPD,
    Application,
    City,
    Evaluation,
    Kind,
    Milestone,
    Service,
    Stage,
)

CATALOGUE = "bandung"
_CITY, _PORTAL = "Kota Bandung", "Sadayana"
UNIT = "upt-balai-kota"
"""An invented unit that is merged into another OPD later."""
UNIT_APPLICATION = "loket-balai-kota"
"""Its invented application, which is switched off later."""
_POSTS_SEED = 2_2023
"""Posts are drawn apart, so that they change nothing of the history."""
_UNIT_SERVICES = (
    "Loket informasi layanan kota",
    "Pendaftaran magang di balai kota",
    "Peminjaman ruang publik balai kota",
    "Pengaduan langsung di balai kota",
)


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of the catalogue."""
    return catalogue_rows(CATALOGUE, name, city=_CITY, portal=_PORTAL)


def open_register(
    writer: Writer,
    rng: Random,
    day: date,
    goal: date,
    today: date,
) -> None:
    """Enter the city, its OPDs, applications and services as they stood on ``day``."""
    writer.enter(
        City,
        day,
        "init",
        COORDINATOR,
        name=_CITY,
        portal=_PORTAL,
        goal=goal,
        illustrative=True,
        today=today,
        addressee="Sekretaris Daerah Kota Bandung",
        sender="Kepala Dinas Komunikasi dan Informatika",
    )
    opds = _enter_opds(writer, day)
    applications = _enter_applications(writer, day, opds)
    posts = Random(_POSTS_SEED)
    for row in _service_rows():
        opd = opds[row["opd"]]
        owner = owner_of(posts, opd.kind)
        _enter_service(writer, rng, day, row, opd, applications, owner)
    _enter_facts(writer, day)


def _enter_opds(writer: Writer, day: date) -> dict[str, OPD]:
    unit = {
        "code": UNIT,
        "name": "UPT Layanan Balai Kota (ilustrasi)",
        "kind": "lainnya",
        "aliases": "",
    }
    return {
        row["code"]: writer.enter(
            OPD,
            day,
            "import",
            COORDINATOR,
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            aliases=_split(row["aliases"]),
            contact=contact_of(row["code"], row["kind"]),
        )
        for row in (*rows("opds"), unit)
    }


def _enter_applications(
    writer: Writer,
    day: date,
    opds: dict[str, OPD],
) -> dict[str, Application]:
    invented = {
        "application": UNIT_APPLICATION,
        "name": "Loket Balai Kota (ilustrasi)",
        "opd": UNIT,
        "url": "",
    }
    return {
        row["application"]: writer.enter(
            Application,
            day,
            "import",
            COORDINATOR,
            code=row["application"],
            name=row["name"],
            opd=opds[row["opd"]].id if row["opd"] else None,
            url=row["url"],
        )
        for row in (*rows("applications"), invented)
    }


def _service_rows() -> Iterator[dict[str, str]]:
    yield from rows("services")
    common = rows("common")
    for opd in rows("opds"):
        for row in common:
            if row["kind"] == opd["kind"]:
                yield {
                    **row,
                    "opd": opd["code"],
                    "service": f"{opd['code']}-{row['service']}",
                    "family": row["name"],
                }
    for number, name in enumerate(_UNIT_SERVICES, 1):
        code = f"{UNIT}-{number}"
        yield {
            "opd": UNIT,
            "name": name,
            "service": code,
            "tags": "informasi",
            "application": UNIT_APPLICATION,
        }


def _enter_service(
    writer: Writer,
    rng: Random,
    day: date,
    row: dict[str, str],
    opd: OPD,
    applications: dict[str, Application],
    owner: str,
) -> None:
    application = applications.get(row.get("application") or "")
    stage = _first_stage(rng, opd, application)
    volume = None
    if rng.random() >= 0.22:
        volume = volume_between(opd.code, opd.kind, row["name"], rng.random())
    writer.enter(
        Service,
        day,
        "import",
        COORDINATOR,
        code=row["service"],
        name=row["name"],
        opd=opd.id,
        registered_on=day,
        stage=stage,
        volume=volume,
        visits=None if rng.random() < 0.12 else _visits(rng, stage),
        days=None if rng.random() < 0.15 else float(1 + int(rng.random() * 14)),
        application=application.id if application else None,
        tags=_split(row["tags"]),
        owner=owner,
        family=row.get("family", ""),
    )


def _first_stage(
    rng: Random,
    opd: OPD,
    application: Application | None,
) -> Stage:
    chance = rng.random()
    if application is not None:
        return Stage.ONLINE if chance < 0.8 else Stage.INTEGRATED
    online, integrated = (
        (0.12, 0.0) if opd.kind == Kind.KECAMATAN else (0.36, 0.06)
    )
    if chance < integrated:
        return Stage.INTEGRATED
    return Stage.ONLINE if chance < online + integrated else Stage.CONVENTIONAL


def _visits(rng: Random, stage: Stage) -> float:
    if stage is Stage.CONVENTIONAL:
        return 2.0 if rng.random() < 0.6 else 1.0
    return 1.0 if rng.random() < 0.35 else 0.0


def _enter_facts(writer: Writer, day: date) -> None:
    """Enter the real facts: Bandung's milestones and evaluations, with their sources."""
    for row in rows("milestones"):
        writer.enter(
            Milestone,
            day,
            "import",
            COORDINATOR,
            on=date.fromisoformat(row["date"]),
            text=row["text"],
        )
    for row in rows("evaluations"):
        writer.enter(
            Evaluation,
            day,
            "import",
            COORDINATOR,
            instrument=row["instrument"],
            year=int(row["year"]),
            score=_number(row["score"]),
            improvement=_number(row["improvement"]),
            target=_number(row["target"]),
            rank=int(row["rank"]) if row["rank"] else None,
            source=row["source"],
        )


def _number(text: str) -> float | None:
    return float(text) if text else None


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())
