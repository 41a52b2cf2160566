from datetime import date

from msgspec.structs import replace

from tests.tracker.builder import Builder
from tracker.metrics import Scope, measure
from tracker.metrics.attention import (
    find_due_soon,
    find_overdue,
    find_slowed_opds,
    find_stalled,
    find_unverified,
)
from tracker.metrics.point_in_time import ServiceAt, services_at
from tracker.metrics.values import Pace
from tracker.week import Week

DAY = date(2026, 3, 1)


def codes(services: list[ServiceAt]) -> list[str]:
    return [at.service.code for at in services]


def test_stalled_services_the_longest_first() -> None:
    city = Builder()
    city.service("short", "one", "2026-02-20")
    city.service("b", "one", "2026-01-20")
    city.service("a", "one", "2026-01-20")
    city.service("long", "two", "2026-01-05")
    city.service("done", "two", "2026-01-05", "integrated")
    one = Scope("opd", city.key("opds", "one"))

    assert codes(find_stalled(services_at(city.register, DAY), 30)) == [
        "long",
        "a",
        "b",
    ]
    assert codes(find_stalled(services_at(city.register, DAY, one), 30)) == [
        "a",
        "b",
    ]
    assert [
        at.days_in_stage
        for at in find_stalled(services_at(city.register, DAY, one), 40)
    ] == [40, 40]
    assert find_stalled(services_at(city.register, DAY, one), 41) == []


def test_targets_missed_and_near_with_the_first_of_them_first() -> None:
    city = Builder()
    for code in "abc":
        city.service(code, "one", "2026-01-05")
    late = city.target("a", "2026-02-20", "online")
    city.target("a", "2026-03-02", "integrated")
    later = city.target("b", "2026-02-10")
    city.target("c", "2026-03-01")

    services = services_at(city.register, DAY)

    assert codes(find_overdue(services)) == ["b", "a"]
    assert [
        [target.id for target in at.overdue] for at in find_overdue(services)
    ] == [
        [later],
        [late],
    ]
    assert codes(find_due_soon(services)) == ["c", "a"]


def test_claims_not_verified_the_oldest_first() -> None:
    city = Builder()
    for code in "edcba":
        city.service(code, "one", "2026-01-05")
    city.service("baseline", "one", "2026-01-05", "online")
    city.move("a", "2026-02-20", "online")
    city.move("e", "2026-02-20", "online")
    city.move("b", "2026-02-10", "integrated")
    city.move("c", "2026-02-10", "online", verified="2026-02-11")
    city.move("d", "2026-02-10", "online", verified="2026-03-02")

    assert codes(find_unverified(services_at(city.register, DAY))) == [
        "b",
        "d",
        "a",
        "e",
    ]


def test_of_the_opds_that_slowed_the_greatest_loss_comes_first() -> None:
    city = Builder()
    steps = {"a": (3, 20), "b": (1, 10), "c": (0, 17), "d": (9, 3)}
    for code in steps:
        city.service(f"{code}-1", code, "2026-01-05")
    found = measure(city.register, Week.of(DAY), DAY)
    opds = []
    for opd in found.opds:
        recent, before = steps[opd.code]
        figures = replace(
            opd.figures,
            steps_recent=recent,
            steps_before=before,
            pace=Pace.SLOWING if recent < before else Pace.ACCELERATING,
        )
        opds.append(replace(opd, figures=figures))
    slowed = find_slowed_opds(replace(found, opds=tuple(opds)))
    assert [opd.code for opd in slowed] == ["a", "c", "b"]
