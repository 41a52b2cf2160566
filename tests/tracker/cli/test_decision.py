"""Decisions on the command line: asked for, edited, carried out, dropped, listed."""

from tests.tracker.cli.terminal import Terminal


def asked(terminal: Terminal) -> str:
    terminal.ok("init", "--city", "Bandung", "--portal", "Sadayana")
    terminal.ok(
        *("decision", "add", "Satu SK untuk surat kecamatan"),
        *("--owner", "Sekda", "--due", "2026-11-25", "--on", "2026-11-12"),
    )
    [decision] = terminal.json("decision", "list")
    return str(decision["id"])


def test_a_decision_is_asked_for_and_carried_out(terminal: Terminal) -> None:
    number = asked(terminal)
    assert "Satu SK untuk surat kecamatan" in terminal.ok("decision", "list")
    terminal.ok("decision", "edit", number, "--due", "2026-11-18")
    assert "late" in terminal.ok("decision", "list")
    terminal.ok("decision", "done", number, "--outcome", "SK 188/2026")
    assert terminal.json("decision", "list") == []
    [closed] = terminal.json("decision", "list", "--all")
    assert (closed["state"], closed["late"]) == ("done", False)
    assert closed["outcome"] == "SK 188/2026"
    assert closed["decided_on"] == "2026-11-19"


def test_a_decision_is_dropped_and_that_is_taken_back(
    terminal: Terminal,
) -> None:
    number = asked(terminal)
    terminal.ok("decision", "drop", number, "--why", "sudah diatur")
    assert "decision dropped" in terminal.ok("log")
    terminal.ok("undo")
    assert [row["state"] for row in terminal.json("decision", "list")] == [
        "open"
    ]


def test_an_empty_value_empties_a_date(terminal: Terminal) -> None:
    number = asked(terminal)
    terminal.ok("decision", "done", number)
    terminal.ok("decision", "edit", number, "--done", "")
    [decision] = terminal.json("decision", "list")
    assert decision["state"] == "decided"


def test_an_empty_day_to_decide_by_is_not_today(terminal: Terminal) -> None:
    asked(terminal)
    said = terminal.misused(
        *("decision", "add", "Satu SK", "--owner", "Sekda", "--due", "")
    )
    assert "“”" in said
    assert len(terminal.json("decision", "list")) == 1


def test_what_cannot_be_is_said(terminal: Terminal) -> None:
    number = asked(terminal)
    assert "is before" in terminal.refused(
        "decision", "edit", number, "--due", "1/1/2026"
    )
    assert "is not a decision" in terminal.refused("decision", "done", "1")
    assert "Say what is to be changed" in terminal.misused(
        "decision", "edit", number
    )


def test_decisions_travel_with_an_export(terminal: Terminal) -> None:
    asked(terminal)
    terminal.ok("export", "semua.xlsx")
    terminal.db = terminal.folder / "lain.json"
    terminal.ok("init", "--city", "Bandung", "--portal", "Sadayana")
    terminal.ok("import", "semua.xlsx")
    [decision] = terminal.json("decision", "list")
    assert decision["asked_on"] == "2026-11-12"


def test_a_file_of_decisions_is_known_by_its_columns(
    terminal: Terminal,
) -> None:
    terminal.ok("init", "--city", "Bandung", "--portal", "Sadayana")
    rows = "Keputusan,Penanggung jawab,Tenggat\nSatu SK,Sekda,14/12/2026\n"
    (terminal.folder / "rapat.csv").write_text(rows, encoding="utf-8")
    terminal.ok("import", "rapat.csv", "--as-of", "2026-11-16")
    [decision] = terminal.json("decision", "list")
    assert (decision["owner"], decision["due_on"]) == ("Sekda", "2026-12-14")
    assert decision["asked_on"] == "2026-11-16"


def a_matter(terminal: Terminal) -> None:
    terminal.ok("init", "--city", "Bandung", "--portal", "Sadayana")
    terminal.ok("opening", "close")
    terminal.ok("opd", "add", "Dinas Kesehatan", "--code", "dinkes")
    terminal.ok(
        "service", "add", "dinkes", "Izin", "--code", "izin", "--on", "5/1/2026"
    )
    for matter in ("syarat rekomendasi", "anggaran"):
        terminal.ok(
            "obstacle",
            "add",
            "izin",
            "leadership",
            matter,
            "--on",
            "2026-09-01",
        )


def test_proposals_are_listed_taken_and_not_made_again(
    terminal: Terminal,
) -> None:
    a_matter(terminal)
    assert "“anggaran”" in terminal.ok("decision", "propose")
    first, second = terminal.json("decision", "propose")
    terminal.ok("decision", "propose", "--take", "2")
    [asked_for] = terminal.json("decision", "list")
    assert asked_for["text"] == second["text"]
    assert asked_for["proposal"] == second["proposal"]
    assert terminal.json("decision", "propose") == [first]
    terminal.ok("undo")
    assert len(terminal.json("decision", "propose")) == 2


def test_a_proposal_can_be_worded_anew(terminal: Terminal) -> None:
    a_matter(terminal)
    key = terminal.json("decision", "propose")[0]["proposal"]
    words = ("--owner", "Wali Kota", "--due", "2026-12-01", "--proposal", key)
    terminal.ok("decision", "add", "Perwal baru", *words)
    assert key not in {
        p["proposal"] for p in terminal.json("decision", "propose")
    }
    assert "already a decision" in terminal.refused(
        "decision", "add", "lagi", *words
    )


def test_what_is_not_proposed_cannot_be_taken(terminal: Terminal) -> None:
    a_matter(terminal)
    assert "no proposal “7”" in terminal.refused(
        "decision", "propose", "--take", "7"
    )
    terminal.ok("decision", "propose", "--take", "1", "--take", "2")
    assert (
        terminal.ok("decision", "propose") == "There is nothing to propose.\n"
    )
