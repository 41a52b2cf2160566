"""Cities to write pages of: one small and made by hand, and one as large as Bandung."""

from datetime import date, timedelta
from random import Random
from typing import Any

from msgspec import structs

from tests.tracker.builder import Builder
from tracker.register import Register
from tracker.week import Week

TODAY = date(2026, 5, 4)
"""A Monday: the week before it, 2026-W18, is complete."""
W18 = Week(2026, 18)


def small_city(**fields: Any) -> Builder:
    """A city of three OPDs, seventeen weeks deep, in which everything that a page tells has happened."""
    city = Builder(goal="2026-12-31", **fields)
    for code, name in (
        ("dukcapil", "Dinas Kependudukan dan Pencatatan Sipil"),
        ("dinkes", "Dinas Kesehatan"),
        ("cibiru", "Kecamatan Cibiru"),
    ):
        city.opd(
            code, name=name, kind="kecamatan" if code == "cibiru" else "dinas"
        )
    city.service(
        "ktp",
        "dukcapil",
        "2026-01-05",
        name="KTP elektronik",
        volume=120_000,
        visits=2,
        days=14,
        tags=("wajib",),
    )
    city.service(
        "kk",
        "dukcapil",
        "2026-01-05",
        name="Kartu keluarga",
        volume=80_000,
        visits=1,
        days=3,
    )
    city.service(
        "akta",
        "dukcapil",
        "2026-01-05",
        "online",
        name="Akta kelahiran",
        visits=1,
    )
    city.service(
        "praktik",
        "dinkes",
        "2026-01-05",
        name="Izin praktik dokter",
        volume=900,
        visits=2,
    )
    city.service(
        "ambulans", "dinkes", "2026-01-12", "online", name="Panggilan ambulans"
    )
    city.service(
        "domisili", "cibiru", "2026-01-05", name="Surat keterangan domisili"
    )
    city.service("pindah", "cibiru", "2026-01-05", name="Pengantar pindah")
    for week, service, stage in (
        (3, "ktp", "online"),
        (5, "kk", "online"),
        (7, "akta", "integrated"),
        (9, "praktik", "online"),
        (11, "ktp", "integrated"),
        (13, "kk", "integrated"),
        (14, "ambulans", "integrated"),
        (15, "praktik", "integrated"),
    ):
        day = Week(2026, week).monday + timedelta(days=2)
        city.move(
            service,
            day,
            stage,
            verified=day if service == "ktp" else None,
            visits=0,
        )
    city.move(
        "praktik",
        "2026-04-28",
        "online",
        evidence="Dokter diminta datang | surat 12/2026",
        visits=1,
    )
    city.move(
        "domisili",
        "2026-04-29",
        "online",
        verified="2026-04-30",
        evidence="Uji coba di loket",
        visits=0,
    )
    city.service("rujukan", "dinkes", "2026-04-29", name="Surat rujukan")
    city.closure("pindah", "2026-04-30")
    city.transfer("akta", "2026-05-01", "cibiru")
    city.target("kk", "2026-03-31", "integrated")
    city.target("praktik", "2026-04-24", "integrated")
    city.target("domisili", "2026-05-15", "integrated")
    city.obstacle(
        "praktik",
        "2026-04-28",
        "leadership",
        description="Menunggu peraturan wali kota",
    )
    city.obstacle(
        "domisili",
        "2026-03-01",
        "infrastructure",
        description="Jaringan kantor putus",
    )
    city.report("cibiru", "2026-W18")
    city.milestone("2026-02-02", "Loket terpadu dibuka")
    city.milestone(
        "2026-04-06", "Layanan dihitung per jenis izin", method_break=True
    )
    city.evaluation(
        "SPBE", 2024, score=4.59, source="fokusjabar.id, 22 Juli 2025"
    )
    city.evaluation("SPBE", 2025, score=4.62, target=4.62)
    return city


def large_city(
    opds: int = 70, services: int = 640, weeks: int = 60
) -> Register:
    """A city as large as Bandung, the same every time."""
    draw = Random(7)
    city = Builder(
        "Kota Contoh", portal="Satu Pintu", goal="2028-12-31", illustrative=True
    )
    first = Week.of(TODAY).plus(-weeks)
    for number in range(opds):
        city.opd(
            f"opd-{number}",
            name=f"Dinas Urusan Nomor {number} dan Segala Hal yang Berkaitan dengannya",
        )
    for number in range(services):
        opd = f"opd-{number % opds}"
        service = city.service(
            f"s-{number}",
            opd,
            first.monday,
            name=f"Layanan nomor {number}",
            volume=draw.choice([None, 50, 900]),
        )
        _history(city, service, first, weeks, draw)
    return city.register


def _history(
    city: Builder, service: str, first: Week, weeks: int, draw: Random
) -> None:
    stages = ["conventional", "online", "integrated"]
    at = 0
    for week in range(1, weeks):
        if at < 2 and draw.random() < 0.012:
            at += 1
        elif at and draw.random() < 0.0015:
            at -= 1
        else:
            continue
        day = first.plus(week).monday + timedelta(days=draw.randrange(5))
        city.move(
            service,
            day,
            stages[at],
            verified=day if draw.random() < 0.7 else None,
            visits=draw.choice([0, 0, 1]),
        )
    if draw.random() < 0.1:
        city.target(service, first.plus(draw.randrange(40, weeks + 8)).sunday)
    if draw.random() < 0.1:
        city.obstacle(
            service,
            first.plus(20).monday,
            draw.choice(["people", "infrastructure", "leadership"]),
        )


def turned(register: Register) -> Register:
    """The same register, its facts in another order in memory."""
    tables = {
        name: dict(reversed(list(register.table(name).items())))
        for name in (
            "opds",
            "services",
            "moves",
            "targets",
            "obstacles",
            "milestones",
        )
    }
    return structs.replace(register, **tables)
