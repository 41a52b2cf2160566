"""Random registers in which many OPDs share targets, obstacles and services."""

from datetime import date, timedelta

from hypothesis import strategies as st

from tests.tracker.builder import Builder
from tracker.metrics.reading import WeekReading
from tracker.model import Kind, Stage
from tracker.week import Week

TODAY = date(2026, 11, 19)
START = date(2026, 1, 5)
LATELY = date(2026, 9, 21)
"""Within the 13 weeks of the pace of targets."""
SERVICES = ("Surat domisili", "surat  DOMISILI", "Izin keramaian", "Uji KIR")
MATTERS = (
    "syarat belum diputus",
    "Syarat  belum diputus",
    "antarmuka pusat",
    "anggaran",
)
FACTORS = ("leadership", "application", "people")
DUE = (-200, -40, -35, -1, 0, 1, 22, 91, 92, 300)
AGES = (0, 1, 27, 28, 29, 200)


@st.composite
def crowds(draw: st.DrawFn) -> WeekReading:
    """Draw a city of one to nine OPDs, each with the same few services, as of today."""
    city = Builder()
    city.application("pusat")
    city.application("kota", None)
    kinds = st.sampled_from([Kind.KECAMATAN, Kind.KECAMATAN, Kind.DINAS])
    common = draw(st.sampled_from([(), *((due,) for due in DUE)]))
    for number in range(draw(st.sampled_from([1, 3, 4, 5, 5, 6, 9]))):
        opd = f"opd-{number}"
        city.opd(opd, draw(kinds), name=f"Perangkat {number}")
        for place in range(draw(st.sampled_from([0, 1, 1, 2, 3]))):
            _service(draw, city, f"{opd}-{place}", opd, common)
    return WeekReading(city.register, Week.of(TODAY), TODAY)


def _service(
    draw: st.DrawFn, city: Builder, code: str, opd: str, common: tuple[int, ...]
) -> None:
    stages = st.sampled_from([Stage.CONVENTIONAL, Stage.CONVENTIONAL, *Stage])
    registered = draw(st.sampled_from([START, START, LATELY]))
    city.service(
        *(code, opd, registered, draw(stages)),
        name=draw(st.sampled_from(SERVICES)),
        family=draw(st.sampled_from(["", "", "", "surat"])),
        application=draw(st.sampled_from([None, "pusat", "kota"])),
    )
    for _ in range(draw(st.integers(0, 2))):
        ago = draw(st.sampled_from([1, 5, 30, 80, 100, 200]))
        day = TODAY - timedelta(days=ago)
        if day >= registered:
            city.move(code, day, draw(st.sampled_from(Stage)))
    own = draw(st.lists(st.sampled_from(DUE), max_size=1))
    for due in {*common, *own}:
        goal = draw(st.sampled_from([Stage.ONLINE, Stage.INTEGRATED]))
        city.target(code, TODAY + timedelta(days=due), goal)
    for factor in draw(st.lists(st.sampled_from(FACTORS), max_size=2)):
        age = draw(st.sampled_from(AGES))
        matter = draw(st.sampled_from(MATTERS))
        opened = TODAY - timedelta(days=age)
        city.obstacle(code, opened, factor, description=matter)
