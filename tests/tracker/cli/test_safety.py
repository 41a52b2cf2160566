import io
import json
import os
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.tracker.cli.terminal import Terminal


def test_a_backup_is_kept_and_brought_back(city: Terminal) -> None:
    kept = city.ok("backup").strip()
    assert Path(kept).exists()
    there = city.json("service", "list")
    city.ok("service", "retire", "izin", "--on", "2026-06-01")
    before = city.db.read_bytes()
    assert "Closure: 1 now, 0 then; 1 go, 0 come back, 0 differ" in city.ok(
        "restore", kept, "--dry-run"
    )
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


def test_a_copy_is_on_the_disk_when_it_is_told_and_never_more_open_than_the_register(
    city: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[str, int]] = []
    sync = os.fsync

    def noted(handle: int) -> None:
        place = Path(os.readlink(f"/proc/self/fd/{handle}"))
        synced.append(
            (place.name.partition("-")[0], os.fstat(handle).st_mode & 0o077)
        )
        sync(handle)

    old = os.umask(0o022)
    monkeypatch.setattr(os, "fsync", noted)
    city.ok("backup", "usb.json")
    os.umask(old)
    assert [name.startswith(".usb.json.") for name, _ in synced] == [
        True,
        False,
    ]
    assert synced[0][1] == 0
    assert (city.folder / "usb.json").stat().st_mode & 0o777 == 0o600


def test_another_citys_backup_is_refused(city: Terminal) -> None:
    mine, city.db = city.db, city.folder / "lain.json"
    city.ok("init", "--city", "Cimahi", "--portal", "Pintu")
    city.db = mine
    before = city.db.read_bytes()
    said = city("restore", "lain.json")
    assert said.code == 1
    assert "another register" in said.err
    assert city.db.read_bytes() == before
    assert city("restore", "tidak-ada.json").code == 4


def test_a_backup_that_is_not_there_is_answered_with_those_that_are(
    city: Terminal,
) -> None:
    kept = Path(city.ok("backup").strip())
    said = city("restore", "tidak-ada.json")
    assert said.code == 4
    assert kept.name in said.err
    assert str(kept.parent) in said.err
    assert "init" not in said.err
    city.db = city.folder / "lain.json"
    assert (
        "No backup of this register has been kept in"
        in city("restore", "tidak-ada.json").err
    )


def test_a_register_is_not_restored_from_itself(city: Terminal) -> None:
    before = city.db.read_bytes()
    (city.folder / "link.json").symlink_to(city.db)
    for name in ("register.json", "link.json"):
        assert "the register itself" in city.refused("restore", name)
    assert city.db.read_bytes() == before


@pytest.mark.parametrize(
    ("said", "done"), [("n", False), ("", False), ("y", True), ("YA", True)]
)
def test_on_a_terminal_a_restore_is_asked_about(
    city: Terminal, monkeypatch: pytest.MonkeyPatch, said: str, done: bool
) -> None:
    kept = city.ok("backup").strip()
    city.ok("service", "retire", "izin", "--on", "2026-06-01")
    monkeypatch.setattr("tracker.cli.safety.can_ask", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{said}\n"))
    answer = city("restore", kept)
    assert answer.code == 0
    assert "1 go" in answer.out
    assert "Bring this state back?" in answer.err
    assert ("Nothing was changed" in answer.out) is not done
    assert (city.json("log")[0]["action"] == "restore") is done


def test_a_backup_is_told_as_json_too(city: Terminal) -> None:
    assert Path(city.json("backup")["path"]).exists()
    assert "--list" in city.misused("backup", "usb.json", "--list")


def test_the_first_change_of_a_day_and_an_import_keep_the_old_state(
    city: Terminal,
) -> None:
    (city.folder / "opds.csv").write_text(
        "code,name\nbapenda,Badan Pendapatan\n"
    )
    city.ok("import", "opds.csv")
    assert {backup["why"] for backup in city.json("backup", "--list")} >= {
        "import"
    }


def test_a_register_that_is_whole_has_nothing_wrong(city: Terminal) -> None:
    assert city.ok("doctor") == "Nothing is wrong.\n"
    assert city.ok("doctor", "--repair") == "Nothing is wrong.\n"


def test_a_damaged_register_is_told_of_and_put_together_again(
    city: Terminal,
) -> None:
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
    assert "repair" in {
        backup["why"] for backup in city.json("backup", "--list")
    }


def test_a_register_that_is_not_there_is_no_damage(terminal: Terminal) -> None:
    for command in ("doctor", "backup"):
        said = terminal(command)
        assert (said.code, said.out) == (4, "")


def test_another_computers_copy_of_the_register_is_warned_of(
    city: Terminal,
) -> None:
    assert city("opd", "list").err == ""
    copy = city.folder / "register (conflicted copy 2026-11-18).json"
    copy.write_bytes(city.db.read_bytes())
    said = city("opd", "list")
    assert said.code == 0
    assert copy.name in said.err
    command = said.err.partition("`opd-tracker ")[2].partition("`")[0]
    assert "Nothing differs" in city.ok(*shlex.split(command))


def spoil(city: Terminal, table: str, **fields: Any) -> str:
    """Change the first document of a table behind the program's back, and return its number."""
    data = json.loads(city.db.read_bytes())
    number: str = next(iter(data[table]))
    data[table][number].update(fields)
    city.db.write_text(json.dumps(data))
    return number


def test_doctor_says_which_entry_is_wrong(city: Terminal) -> None:
    city.ok("move", "izin", "online", "--on", "2026-06-01")
    number = spoil(city, "moves", note="hidden \u202e order")
    said = city("doctor")
    assert said.code == 1
    assert f"Move {number}: " in said.out
    assert said.err == "1 problem\n"
    number = spoil(city, "moves", note="", on="2027-06-01")
    assert f"Move {number}: " in city("doctor").out
    city.language = "id"
    assert f" {number}: " in city("doctor").out


def test_doctor_holds_kept_figures_against_the_history(city: Terminal) -> None:
    city.ok("move", "izin", "online", "--on", "2026-11-10")
    city.ok("snapshot", "take", "--week", "2026-W46")
    city.ok("move", "kir", "online", "--on", "2026-11-11")
    assert city.ok("doctor") == "Nothing is wrong.\n"
    number = spoil(city, "snapshots", figures={"city": [9, 9, 9, 0, 0, 0, 0]})
    said = city("doctor")
    assert said.code == 1
    assert said.out.startswith(f"Snapshot {number}: ")
    assert "2026-W46" in said.out


def test_a_backup_that_could_not_be_kept_is_told_at_every_change(
    city: Terminal,
) -> None:
    city.ok("config", "set", "backup_folder", str(city.folder / "penuh"))
    (city.folder / "penuh").write_text("a file where the folder should be")
    for number in range(2):
        said = city("opd", "add", f"Dinas {number}")
        assert said.code == 0
        assert "backup could not be kept" in said.err
    assert city("opd", "list").err == ""
    (city.folder / "usulan.csv").write_text(
        "code,name\nbapenda,Badan Pendapatan\n"
    )
    said = city("import", "usulan.csv")
    assert said.code == 1
    assert str(city.folder / "penuh") in said.err
