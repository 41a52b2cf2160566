from datetime import date

from tests.tracker.builder import Builder
from tracker.metrics.burden import running_shares
from tracker.metrics.point_in_time import services_at

DAY = date(2026, 11, 19)


def test_each_service_carries_its_burden_and_that_of_all_heavier_ones() -> None:
    city = Builder()
    city.opd("dinkes")
    for code, volume, visits in (("a", 10, 1), ("b", 30, 2), ("c", 30, None)):
        city.service(code, "dinkes", "2026-08-03", volume=volume, visits=visits)
    city.service("d", "dinkes", "2026-08-03", volume=10, visits=1)
    shares = running_shares(services_at(city.register, DAY))
    key_of = {
        code: service.id
        for code, service in city.register.service_codes.items()
    }
    assert shares == {key_of["b"]: 0.75, key_of["a"]: 0.875, key_of["d"]: 1.0}


def test_where_nothing_is_asked_nobody_carries_a_share() -> None:
    city = Builder()
    city.opd("dinkes")
    city.service("a", "dinkes", "2026-08-03", volume=10, visits=0)
    assert running_shares(services_at(city.register, DAY)) == {}
