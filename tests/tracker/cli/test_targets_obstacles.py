"""Targets, obstacles, applications, evaluations, milestones."""

import pytest

from tests.tracker.cli.terminal import Terminal


def test_a_target_is_set_for_services_and_replaced(city: Terminal) -> None:
    city.ok(
        "target", "set", "izin", "akta", "integrated", "--due", "2027-06-30"
    )
    city.ok("target", "set", "izin", "integrated", "--due", "2026-11-18")
    rows = city.json("target", "list")
    assert [
        (row["service"], row["due_on"], row["overdue"]) for row in rows
    ] == [
        ("izin", "2026-11-18", True),
        ("akta", "2027-06-30", False),
    ]
    out = city.ok("target", "list")
    assert "overdue" in out
    assert "open" in out


def test_an_empty_day_of_a_target_is_not_today(city: Terminal) -> None:
    assert "“”" in city.misused(
        *("target", "set", "izin", "integrated", "--due", "")
    )
    assert city.json("target", "list") == []


def test_a_target_is_set_for_all_of_an_opds_services(city: Terminal) -> None:
    city.ok("target", "set", "--opd", "dinkes", "online", "--due", "2026-12-01")
    rows = {row["service"]: row for row in city.json("target", "list")}
    assert set(rows) == {"izin", "akta"}
    assert rows["akta"]["reached"]
    assert [
        row["service"]
        for row in city.json("target", "list", "--open", "--opd", "dinkes")
    ] == ["izin"]
    assert "due soon" in city.ok("target", "list", "--open")


def test_targets_are_cleared(city: Terminal) -> None:
    city.ok("target", "set", "izin", "online", "--due", "2026-12-01")
    city.ok("target", "set", "izin", "integrated", "--due", "2027-12-01")
    city.ok("target", "clear", "izin", "--stage", "online")
    assert [row["stage"] for row in city.json("target", "list")] == [
        "integrated"
    ]
    city.ok("target", "clear", "--opd", "dinkes")
    assert city.json("target", "list") == []
    assert "no target to clear" in city.refused("target", "clear", "izin")


def test_a_target_is_for_services_or_for_an_opd(city: Terminal) -> None:
    assert "--opd" in city.misused(
        "target", "set", "online", "--due", "2026-12-01"
    )
    assert "--opd" in city.misused(
        "target",
        "set",
        "izin",
        "online",
        "--opd",
        "dinkes",
        "--due",
        "2026-12-01",
    )


def test_an_application_takes_its_online_services_behind_the_single_door(
    city: Terminal,
) -> None:
    city.ok(
        "app",
        "add",
        "Salaman",
        "--opd",
        "dinkes",
        "--url",
        "https://salaman.example",
    )
    city.ok("service", "edit", "akta", "--app", "salaman")
    city.ok("service", "edit", "izin", "--app", "salaman")
    out = city.ok(
        "app",
        "integrate",
        "salaman",
        "--on",
        "2026-11-02",
        "--evidence",
        "BA 3",
        "--verified",
    )
    assert "Move akta" in out
    assert "Move izin" not in out
    assert city.json("service", "show", "akta")["stage"] == "integrated"
    assert city.json("app", "list") == [
        {
            "code": "salaman",
            "name": "Salaman",
            "opd": "dinkes",
            "url": "https://salaman.example",
            "services": 2,
            "online": 0,
            "integrated_on": "2026-11-02",
            "retired_on": None,
        }
    ]
    city.ok("undo")
    assert city.json("service", "show", "akta")["stage"] == "online"
    assert city.json("app", "list")[0]["online"] == 1


def test_an_application_is_edited_and_switched_off(city: Terminal) -> None:
    city.ok("app", "add", "Salaman")
    city.ok(
        "app",
        "edit",
        "salaman",
        "--name",
        "Salaman 2",
        "--opd",
        "dishub",
        "--integrated-on",
        "2026-01-05",
    )
    city.ok("app", "edit", "salaman", "--integrated-on", "")
    assert city.json("app", "list")[0]["integrated_on"] is None
    city.ok("app", "retire", "salaman", "--on", "2026-11-02")
    assert city.json("app", "list") == []
    assert "Salaman 2" in city.ok("app", "list", "--all")
    assert "switched off" in city.refused(
        "app", "integrate", "salaman", "--on", "2026-11-03"
    )


def test_obstacles_are_entered_chosen_and_resolved(city: Terminal) -> None:
    city.ok(
        "obstacle",
        "add",
        "izin",
        "SDM",
        "belum ada petugas",
        "--on",
        "2026-11-02",
    )
    city.ok(
        "obstacle",
        "add",
        "kir",
        "infrastructure",
        "jaringan | lambat",
        "--on",
        "2026-10-05",
    )
    rows = city.json("obstacle", "list")
    assert [(row["service"], row["factor"]) for row in rows] == [
        ("kir", "infrastructure"),
        ("izin", "people"),
    ]
    assert [
        row["service"]
        for row in city.json("obstacle", "list", "--factor", "people")
    ] == ["izin"]
    assert [
        row["service"]
        for row in city.json("obstacle", "list", "--opd", "dishub")
    ] == ["kir"]
    assert "jaringan | lambat" in city.ok("obstacle", "list")
    numbers = [row["id"] for row in rows]
    city.ok("obstacle", "resolve", *numbers, "--on", "2026-11-09")
    city.ok("undo")
    assert [row["id"] for row in city.json("obstacle", "list")] == numbers
    city.ok("obstacle", "resolve", rows[0]["id"], "--on", "2026-11-09")
    assert [row["service"] for row in city.json("obstacle", "list")] == ["izin"]
    assert len(city.json("obstacle", "list", "--all")) == 2
    assert "was resolved" in city.refused("obstacle", "resolve", rows[0]["id"])
    assert "is not an obstacle" in city.refused(
        "obstacle", "resolve", city.number("izin", "services")
    )


def test_an_evaluations_improvement_is_computed_unless_published(
    city: Terminal,
) -> None:
    city.ok("evaluation", "add", "SPBE", "2023", "--score", "3,98")
    city.ok(
        "evaluation",
        "add",
        "SPBE",
        "2024",
        "--score",
        "4.59",
        "--target",
        "4.5",
        "--rank",
        "1",
    )
    city.ok(
        "evaluation",
        "add",
        "Smart City",
        "2022",
        "--score",
        "3.71",
        "--improvement",
        "0.37",
    )
    rows = city.json("evaluation", "list")
    found = {
        (row["instrument"], row["year"]): row["improvement"] for row in rows
    }
    assert found["SPBE", 2023] is None
    assert abs(found["SPBE", 2024] - 0.61) < 1e-9
    assert found["Smart City", 2022] == 0.37
    assert "+0.61" in city.ok("evaluation", "list")
    assert "already there" in city.refused(
        "evaluation", "add", "SPBE", "2024", "--score", "4.6"
    )


def test_milestones_stand_in_the_order_of_their_days(city: Terminal) -> None:
    city.ok(
        "milestone",
        "add",
        "Cara menghitung berubah",
        "--on",
        "2026-07-01",
        "--method-break",
    )
    city.ok(
        "milestone",
        "add",
        "Perangkat daerah ditata ulang",
        "--on",
        "2026-03-02",
    )
    rows = city.json("milestone", "list")
    assert [(row["date"], row["method_break"]) for row in rows] == [
        ("2026-03-02", False),
        ("2026-07-01", True),
    ]
    assert "Cara menghitung berubah" in city.ok("milestone", "list")
    assert "Say what" in city.refused(
        "milestone", "add", " ", "--on", "2026-07-01"
    )


@pytest.mark.parametrize("score", ["4.590", "4,590"])
def test_a_score_that_could_be_two_numbers_is_not_guessed(
    city: Terminal, score: str
) -> None:
    said = city("evaluation", "add", "SPBE", "2024", "--score", score)
    assert (said.code, "write 4590 or 4.59." in said.err) == (2, True)
    assert city.json("evaluation", "list") == []
