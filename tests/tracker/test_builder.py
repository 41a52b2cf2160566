from datetime import date

from tests.tracker.builder import Builder
from tracker.history import is_active, opd_at, stage_at
from tracker.rules import check_register


def test_a_register_is_built_line_by_line() -> None:
    city = Builder(goal="2027-12-31", stalled_after=60)
    city.application("sakti")
    ktp = city.service(
        "ktp",
        "dukcapil",
        "2026-01-05",
        application="sakti",
        visits=2,
        tags=("wajib",),
    )
    city.move("ktp", "2026-01-14", "online", verified="2026-01-15", visits=0)
    dpmptsp = city.opd("dpmptsp", "badan")
    city.transfer(ktp, "2026-02-02", "dpmptsp")
    city.closure("ktp", "2026-03-02", "2026-03-09")
    city.target("ktp", "2026-06-30")
    city.obstacle("ktp", "2026-02-03", "leadership")
    city.report("dpmptsp", "2026-W10")
    register = city.register

    assert register.only_city.goal == date(2027, 12, 31)
    service = register.services[ktp]
    assert stage_at(register, service, date(2026, 1, 14)) == "online"
    assert opd_at(register, service, date(2026, 2, 2)) == dpmptsp
    assert not is_active(register, service, date(2026, 3, 2))
    assert check_register(register, date(2026, 4, 1)) == []


def test_keys_are_numbered_in_the_order_of_the_lines() -> None:
    city = Builder()

    assert city.opd("a") == "x-0000002"
    assert city.service("s", "a", "2026-01-05") == "x-0000003"
    assert city.register.next_number == 4
