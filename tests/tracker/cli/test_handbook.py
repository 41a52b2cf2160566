from tests.tracker.cli.terminal import Terminal


def test_help_lists_the_chapters(terminal: Terminal) -> None:
    out = terminal.ok("help")
    assert "first-day " in out
    assert "hari-pertama" not in out


def test_help_shows_a_chapter_in_the_language_chosen(
    terminal: Terminal,
) -> None:
    assert "Every command" in terminal.ok("help", "commands")
    terminal.language = "id"
    assert "Setiap perintah" in terminal.ok("help", "commands")


def test_an_unknown_chapter_is_a_wrong_usage_that_names_the_others(
    terminal: Terminal,
) -> None:
    assert "first-day" in terminal.misused("help", "qqzz")


def test_the_name_of_a_command_leads_to_its_own_help(
    terminal: Terminal,
) -> None:
    assert "opd-tracker move --help" in terminal.misused("help", "move")
