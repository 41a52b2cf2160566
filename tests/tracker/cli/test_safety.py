import json
from pathlib import Path

from tests.tracker.cli.terminal import Terminal


def test_a_backup_is_kept_and_brought_back(city: Terminal) -> None:
    kept = city.ok("backup").strip()
    assert Path(kept).exists()
    there = city.json("service", "list")
    city.ok("service", "retire", "izin", "--on", "2026-06-01")
    before = city.db.read_bytes()
    assert "Closure: 1 now, 0 then; 1 go, 0 come back, 0 differ" in city.ok("restore", kept, "--dry-run")
    assert city.db.read_bytes() == before
    city.ok("restore", kept)
    assert city.json("service", "list") == there
    assert city.json("log")[0]["action"] == "restore"
    listed = city.json("backup", "--list")
    assert {backup["why"] for backup in listed} >= {"hand", "restore"}
    assert "by hand" in city.ok("backup", "--list")


def test_a_copy_is_written_where_asked_and_nothing_over(city: Terminal) -> None:
    city.ok("backup", "salinan.json")
    assert (city.folder / "salinan.json").read_bytes() == city.db.read_bytes()
    assert "already there" in city.refused("backup", "salinan.json")
    (city.folder / "usb").mkdir()
    copy = Path(city.ok("backup", "usb").strip())
    assert copy.parent.name == "usb"
    assert copy.read_bytes() == city.db.read_bytes()


def test_another_citys_backup_is_refused(city: Terminal) -> None:
    city.ok("demo", "--keep", "demo.json")
    before = city.db.read_bytes()
    said = city("restore", "demo.json")
    assert said.code == 1
    assert "another register" in said.err
    assert city.db.read_bytes() == before
    assert city("restore", "tidak-ada.json").code == 4


def test_the_first_change_of_a_day_and_an_import_keep_the_old_state(city: Terminal) -> None:
    (city.folder / "opds.csv").write_text("code,name\nbapenda,Badan Pendapatan\n")
    city.ok("import", "opds.csv")
    assert {backup["why"] for backup in city.json("backup", "--list")} >= {"import"}


def test_a_register_that_is_whole_has_nothing_wrong(city: Terminal) -> None:
    assert city.ok("doctor") == "Nothing is wrong.\n"
    assert city.ok("doctor", "--repair") == "Nothing is wrong.\n"


def test_a_damaged_register_is_told_of_and_put_together_again(city: Terminal) -> None:
    city.ok("move", "izin", "online", "--on", "2026-06-01")
    data = json.loads(city.db.read_bytes())
    data["moves"][next(iter(data["moves"]))]["stage"] = "lewat"
    city.db.write_text(json.dumps(data))
    assert city("metrics").code == 4
    said = city("doctor")
    assert said.code == 1
    assert "--repair" in said.out
    assert city("doctor", "--repair").code in {0, 1}
    assert city.json("service", "show", "izin")["stage"] == "conventional"
    assert "repair" in {backup["why"] for backup in city.json("backup", "--list")}


def test_a_register_that_is_not_there_is_no_damage(terminal: Terminal) -> None:
    for command in ("doctor", "backup"):
        said = terminal(command)
        assert (said.code, said.out) == (4, "")


def test_another_computers_copy_of_the_register_is_warned_of(city: Terminal) -> None:
    assert city("opd", "list").err == ""
    copy = city.folder / "register (conflicted copy 2026-11-18).json"
    copy.write_bytes(city.db.read_bytes())
    said = city("opd", "list")
    assert said.code == 0
    assert copy.name in said.err
