from datetime import date
from pathlib import Path

from tests.tracker.cli.terminal import Terminal
from tracker.lookup import number_of
from tracker.store.file import FileStore


def test_reminders_are_printed_or_written_one_file_an_opd(
    city: Terminal, tmp_path: Path
) -> None:
    printed = city.ok("remind", "--stdout")
    assert printed == city.ok("remind")
    assert "Sheet to fill in: dinkes-" in printed
    folder = tmp_path / "pengingat"
    city.ok("remind", "--opd", "dinkes", "--out", str(folder))
    (path,) = folder.glob("dinkes-*.txt")
    assert "Sheet to fill in" in path.read_text(encoding="utf-8")


def test_a_folder_and_standard_output_exclude_each_other(
    city: Terminal,
) -> None:
    assert "--out" in city.misused("remind", "--out", "x", "--stdout")


def test_an_unknown_opd_is_refused(city: Terminal) -> None:
    assert "zzz" in city.refused("remind", "--opd", "zzz")


def test_what_was_sent_is_kept_once_a_day_with_its_level(
    city: Terminal,
) -> None:
    city.ok("remind", "--opd", "dinkes")
    city.ok("remind", "--opd", "dinkes")
    register = FileStore(city.db).load()
    (sent,) = register.reminders.values()
    assert register.opds[sent.opd].code == "dinkes"
    assert sent.on == date(2026, 11, 19)
    city.ok("withdraw", number_of(sent), "--why", "belum dikirim")
    assert not FileStore(city.db).load().reminders


def test_a_reminder_that_is_only_printed_is_not_recorded(
    city: Terminal,
) -> None:
    city.ok("remind", "--stdout")
    assert not FileStore(city.db).load().reminders


def test_reminders_travel_in_exports(city: Terminal, tmp_path: Path) -> None:
    city.ok("remind")
    sent = FileStore(city.db).load().reminders
    city.ok("export", str(tmp_path / "csv"), "--format", "csv")
    lines = (tmp_path / "csv/reminders.csv").read_text("utf-8").splitlines()
    assert lines[0].startswith("opd,date,level")
    assert len(lines) == 1 + len(sent)
