from pathlib import Path

from tests.tracker.cli.terminal import Terminal


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
