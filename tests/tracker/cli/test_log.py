from tests.tracker.cli.terminal import Terminal


def test_the_log_tells_who_did_what_the_latest_first(city: Terminal) -> None:
    city.by = "Budi"
    city.ok("move", "izin", "online", "--on", "2026-06-01")
    entries = city.json("log")
    assert [(entry["by"], entry["action"]) for entry in entries[:2]] == [
        ("Budi", "move"),
        ("Rani", "service add"),
    ]
    assert entries[-1]["action"] == "init"
    assert entries[0]["changes"][0]["about"] == "izin"
    assert entries[0]["changes"][0]["before"] is None
    assert entries[0]["changes"][0]["after"]["stage"] == "online"


def test_each_action_is_told_with_what_it_found_and_what_it_left(
    city: Terminal,
) -> None:
    for name in ("Satu", "Dua", "Tiga"):
        city.ok("service", "edit", "izin", "--name", name)
    changes = [entry["changes"][0] for entry in city.json("log", "--last", "3")]
    assert [(c["before"]["name"], c["after"]["name"]) for c in changes] == [
        ("Dua", "Tiga"),
        ("Satu", "Dua"),
        ("Izin praktik", "Satu"),
    ]
    assert "name Dua → Tiga" in city.ok("log", "--last", "1")


def test_the_log_is_searched(city: Terminal) -> None:
    city.by = "Budi"
    city.ok("report", "dishub")
    city.ok("move", "kir", "online", "--on", "2026-06-01")
    assert {entry["by"] for entry in city.json("log", "--who", "Budi")} == {
        "Budi"
    }
    assert [
        entry["action"] for entry in city.json("log", "--about", "KIR")
    ] == [
        "move",
        "service add",
    ]
    assert [
        entry["action"] for entry in city.json("log", "--about", "dishub")
    ] == [
        "report",
        "service add",
        "opd add",
    ]
    number = city.number("kir")
    assert [
        entry["action"] for entry in city.json("log", "--about", number)
    ] == ["move"]
    assert city.json("log", "--since", "2199-01-01") == []
    assert len(city.json("log", "--since", "2000-01-01", "--last", "0")) == 9


def test_what_is_undone_is_done_again(city: Terminal) -> None:
    city.ok("move", "izin", "kir", "online", "--on", "2026-06-01")
    there = city.json("service", "list")
    out = city.ok("undo")
    assert out.startswith("Taken back: moved to a stage\n")
    assert out.count("− ") == 2
    assert city.json("service", "show", "izin")["stage"] == "conventional"
    assert city.ok("redo").startswith("Done again: moved to a stage\n")
    assert city.json("service", "list") == there
    assert "nothing of Rani's to redo" in city.refused("redo")
    assert [entry["action"] for entry in city.json("log", "--last", "3")] == [
        "redo",
        "undo",
        "move",
    ]
    assert city.ok("undo").startswith("Taken back: moved to a stage\n")
    assert city.ok("redo").startswith("Done again: moved to a stage\n")


def test_one_takes_back_ones_own_actions_alone(city: Terminal) -> None:
    city.by = "Budi"
    assert "nothing of Budi's to undo" in city.refused("undo")
    city.ok("service", "edit", "kir", "--owner", "Budi")
    city.by = "Rani"
    err = city.refused("undo")
    assert "Budi has changed the same entry since (service changed)" in err
    assert city.json("service", "show", "kir")["owner"] == "Budi"


def test_what_is_gone_is_still_told_by_its_code(city: Terminal) -> None:
    city.ok("move", "kir", "online", "--on", "2026-06-01")
    city.ok("undo")
    assert "− " in city.ok("undo")
    assert "Move kir" in city.ok("log")


def test_a_long_list_is_counted(city: Terminal) -> None:
    for place in range(15):
        city.ok(
            "service",
            "add",
            "dinkes",
            f"Layanan {place}",
            "--code",
            f"l-{place}",
            "--on",
            "2026-01-05",
        )
    out = city.ok(
        "move",
        *(f"l-{place}" for place in range(15)),
        "online",
        "--on",
        "2026-06-01",
    )
    assert "… and 3 more" in out
