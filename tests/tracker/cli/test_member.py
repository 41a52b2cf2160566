"""``member``: roles on the command line, and who acts where an administrator fixed it."""

import shutil

import pytest

from tests.tracker.cli.terminal import Terminal


@pytest.fixture
def staffed(city: Terminal) -> Terminal:
    """A city whose coordinator is Rani, with Budi of the health office."""
    city.ok("member", "set", "Rani", "koordinator")
    city.ok("member", "set", "Budi", "opd", "--opd", "dinkes")
    return city


def test_members_are_listed_with_their_roles(staffed: Terminal) -> None:
    assert staffed.json("member", "list") == [
        {"name": "Budi", "role": "opd", "opd": "dinkes"},
        {"name": "Rani", "role": "coordinator", "opd": None},
    ]
    assert "new member" not in staffed.ok("member", "remove", "Budi")
    assert len(staffed.json("member", "list")) == 1
    said = staffed.misused("member", "set", "Ani", "raja")
    assert "is not a role: write one of coordinator, OPD, reader." in said


def test_what_a_role_does_not_allow_is_refused(staffed: Terminal) -> None:
    staffed.by = "Budi"
    staffed.ok("move", "izin", "online", "--on", "2026-11-10")
    assert "of dinkes" in staffed.refused("move", "kir", "online")
    backup = staffed.folder / "cadangan.json"
    shutil.copy(staffed.db, backup)
    said = staffed("restore", str(backup))
    assert said.code == 1
    assert "Only a coordinator of this register can do that." in said.err


def test_who_acts_cannot_be_changed_where_it_is_fixed(
    staffed: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPD_TRACKER_USER", "Budi")
    said = staffed.misused("report", "dinkes")
    assert "Who acts here is Budi and cannot be changed" in said
    staffed.by = "Budi"
    staffed.ok("config", "set", "by", "Rani")
    staffed.ok("report", "dinkes")
    assert staffed.json("log", "--last", "1")[0]["by"] == "Budi"
