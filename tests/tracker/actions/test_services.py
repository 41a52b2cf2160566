import pytest

from tests.tracker.actions.world import City, day
from tracker.actions.draft import Action
from tracker.actions.moves import MoveServices
from tracker.actions.opds import RetireOPD
from tracker.actions.services import (
    AddService,
    EditService,
    ReopenServices,
    RetireServices,
    TransferServices,
    active_services,
)
from tracker.history import is_active, opd_at
from tracker.model import Stage


def test_a_service_gets_a_code_of_its_opd_and_its_name() -> None:
    city = City()
    for title in ("Surat  sehat", "Surat, sehat", "Surat-sehat"):
        city.do(
            AddService(
                "dinkes",
                title,
                day("2026-03-02"),
                fields={"tags": ("wajib", " wajib ", "")},
            )
        )
    made = [
        code
        for code in city.register.service_codes
        if code.startswith("dinkes-surat-sehat")
    ]
    assert len(made) == 3
    assert made[0] == "dinkes-surat-sehat"
    assert city.register.service_codes["dinkes-surat-sehat"].tags == ("wajib",)
    city.do(
        AddService("dinkes", "Layanan " + "panjang " * 20, day("2026-03-02"))
    )
    city.do(
        AddService("dinkes", "Layanan " + "panjang " * 21, day("2026-03-02"))
    )
    assert max(map(len, city.register.service_codes)) <= 64


def test_a_service_that_its_opd_offers_already_is_named_with_its_code() -> None:
    city = City()
    again = AddService("dinkes", " izin  PRAKTIK", day("2026-03-02"))
    assert (
        "“Izin praktik” is there already, with the code izin"
        in city.refused(again)
    )
    city.do(AddService("dishub", "Izin praktik", day("2026-03-02")))
    city.do(
        AddService("dinkes", "Izin praktik", day("2026-03-02"), code="izin-2")
    )
    city.do(RetireServices(("izin", "izin-2"), day("2026-06-01")))
    city.do(again)


@pytest.mark.parametrize(
    ("action", "why"),
    [
        (AddService("planet", "X", day("2026-03-02")), "No OPD is called"),
        (
            AddService(
                "dinkes", "X", day("2026-03-02"), fields={"application": "y"}
            ),
            "No application is called",
        ),
        (AddService("dinkes", "X", day("2026-11-20")), "still to come"),
        (AddService("dinkes", "X", day("1945-08-16")), "out of reach"),
        (
            AddService("dinkes", "X", day("2026-03-02"), code="izin"),
            "already taken",
        ),
        (
            AddService("dinkes", "X", day("2026-03-02"), fields={"volume": -1}),
            "cannot be",
        ),
        (
            AddService("dinkes", "X", day("2026-03-02"), visits=float("nan")),
            "cannot be",
        ),
        (
            AddService("dinkes", "X", day("2026-03-02"), days=float("inf")),
            "cannot be",
        ),
        (AddService("dinkes", "", day("2026-03-02")), "A name is needed"),
        (
            AddService(
                "dinkes", "X", day("2026-03-02"), fields={"tags": ("a\x00",)}
            ),
            "hidden character",
        ),
        (EditService("izin", {"stage": "online"}), "cannot be changed here"),
        (EditService("izin", {"visits": 1}), "cannot be changed here"),
        (EditService("izin", {"name": None}), "cannot be empty"),
        (
            EditService("izin", {"volume": "banyak"}),
            "is not what “volume” can be",
        ),
        (EditService("izin", {"code": "kir"}), "already taken"),
        (
            TransferServices(("izin",), "dinkes", day("2026-03-02")),
            "has it already",
        ),
        (
            TransferServices(("izin",), "dishub", day("2026-01-04")),
            "before its registration",
        ),
        (
            TransferServices(("izin",), "dishub", day("2026-11-20")),
            "still to come",
        ),
        (
            RetireServices(("izin",), day("2026-01-05")),
            "not open from a day before",
        ),
        (ReopenServices(("izin",), day("2026-03-02")), "is not retired"),
        (
            RetireServices(("izin", "tiada"), day("2026-03-02")),
            "No service is called “tiada”",
        ),
    ],
)
def test_what_is_refused(action: Action, why: str) -> None:
    assert why in City().refused(action)


def test_one_edits_what_is_not_dated() -> None:
    city = City()
    city.do(
        EditService(
            "izin",
            {
                "name": "Izin",
                "volume": 1200,
                "application": "Salaman",
                "tags": ["a"],
            },
        )
    )
    service = city.register.service_codes["izin"]
    assert (service.name, service.volume, service.tags) == (
        "Izin",
        1200,
        ("a",),
    )
    assert service.application == city.register.application_codes["salaman"].id
    city.do(
        EditService("izin", {"volume": None, "application": "", "tags": None})
    )
    service = city.register.service_codes["izin"]
    assert (service.volume, service.application, service.tags) == (
        None,
        None,
        (),
    )


def test_services_pass_to_another_opd_those_that_are_not_there_yet() -> None:
    city = City()
    city.do(
        TransferServices(("izin", "kir", "izin"), "dishub", day("2026-06-01"))
    )
    assert len(city.register.transfers) == 1
    izin = city.register.service_codes["izin"]
    dishub, dinkes = (
        city.register.opd_codes["dishub"].id,
        city.register.opd_codes["dinkes"].id,
    )
    assert opd_at(city.register, izin, day("2026-06-01")) == dishub
    assert opd_at(city.register, izin, day("2026-05-31")) == dinkes


def test_nothing_goes_to_an_opd_that_is_no_more() -> None:
    city = City()
    city.do(RetireOPD("arsip", day("2026-06-01")))
    assert "was retired" in city.refused(
        TransferServices(("izin",), "arsip", day("2026-06-01"))
    )
    assert "was retired" in city.refused(
        AddService("arsip", "X", day("2026-06-01"))
    )


def test_a_service_is_closed_and_opened_and_closed() -> None:
    city = City()
    city.do(RetireServices(("izin",), day("2026-03-02"), "digabung"))
    assert city.register.log[max(city.register.log)].why == "digabung"
    assert "retired already" in city.refused(
        RetireServices(("izin",), day("2026-04-01"))
    )
    assert "is closed on" in city.refused(
        MoveServices(("izin",), Stage.ONLINE, day("2026-04-01"))
    )
    at_once = city.refused(ReopenServices(("izin",), day("2026-03-02")))
    assert (
        "izin cannot be reopened on 2026-03-02, the day on which it was closed"
        in at_once
    )
    assert "before it begins" in city.refused(
        ReopenServices(("izin",), day("2026-03-01"))
    )
    city.do(ReopenServices(("izin",), day("2026-05-04")))
    city.do(RetireServices(("izin",), day("2026-06-01")))
    izin = city.register.service_codes["izin"]
    days = (
        "2026-03-01",
        "2026-03-02",
        "2026-05-03",
        "2026-05-04",
        "2026-05-31",
        "2026-06-01",
    )
    assert [is_active(city.register, izin, day(d)) for d in days] == [
        True,
        False,
        False,
        True,
        True,
        False,
    ]
    assert [
        s.code for s in active_services(city.register, day("2026-06-01"))
    ] == [
        "akta",
        "kir",
    ]


def test_a_closure_that_would_leave_moves_in_it_is_refused() -> None:
    city = City()
    city.do(MoveServices(("izin",), Stage.ONLINE, day("2026-06-01")))
    moved = max(city.register.moves).lstrip("x-0")
    for on in ("2026-05-04", "2026-06-01"):
        assert city.refused(RetireServices(("izin",), day(on))).startswith(
            f"izin has entry {moved}, of 2026-06-01: retire it from a later day"
        )
    city.do(RetireServices(("izin",), day("2026-06-02")))
    city.do(ReopenServices(("izin",), day("2026-07-01")))
    city.do(MoveServices(("izin",), Stage.INTEGRATED, day("2026-07-01")))
    assert "is closed on 2026-06-30" in city.refused(
        TransferServices(("izin",), "dishub", day("2026-06-30"))
    )
