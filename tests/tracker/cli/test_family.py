import pytest

from tests.tracker.cli.terminal import Terminal


@pytest.fixture
def letters(terminal: Terminal) -> Terminal:
    """Two districts that offer the same letter, one of them also another service."""
    terminal.today = "2026-02-25"
    terminal.ok("init", "--city", "Bandung", "--portal", "Sadayana")
    for code, name in (
        ("coblong", "Surat Pindah"),
        ("cidadap", "surat  pindah"),
    ):
        terminal.ok("opd", "add", f"Kecamatan {code}", "--code", code)
        terminal.ok("service", "add", code, name, "--code", f"{code}-pindah")
    terminal.ok(
        "service", "add", "coblong", "Izin Usaha", "--code", "coblong-izin"
    )
    return terminal


def test_services_of_equal_names_are_proposed_and_count_apart_until_confirmed(
    letters: Terminal,
) -> None:
    assert letters.json("service", "families") == [
        {
            "state": "proposed",
            "family": "Surat Pindah",
            "services": ["cidadap-pindah", "coblong-pindah"],
        }
    ]
    assert letters.json("metrics")["city"]["families"] == 3

    letters.ok("service", "families", "--confirm", "Surat Pindah")
    assert [row["state"] for row in letters.json("service", "families")] == [
        "family"
    ]
    assert letters.json("metrics")["city"]["families"] == 2

    letters.ok("undo")
    assert letters.json("metrics")["city"]["families"] == 3


def test_every_proposal_is_accepted_at_once(letters: Terminal) -> None:
    letters.ok("service", "families", "--confirm-all")
    assert "No family is proposed." in letters.refused(
        "service", "families", "--confirm-all"
    )


def test_a_name_that_is_not_proposed_is_refused(letters: Terminal) -> None:
    assert "No family is proposed as “Izin”." in letters.refused(
        "service", "families", "--confirm", "Izin"
    )


def test_a_family_is_named_by_hand_and_spelled_one_way(
    letters: Terminal,
) -> None:
    letters.ok("service", "family", "Izin dan surat", "coblong-izin")
    letters.ok("service", "family", "izin DAN  surat", "coblong-pindah")

    (known, proposed) = letters.json("service", "families")
    assert known["family"] == "Izin dan surat"
    assert known["services"] == ["coblong-izin", "coblong-pindah"]
    assert proposed == {
        "state": "proposed",
        "family": "Izin dan surat",
        "services": ["cidadap-pindah"],
    }

    letters.ok("service", "family", "", "coblong-izin", "coblong-pindah")
    assert [row["state"] for row in letters.json("service", "families")] == [
        "proposed"
    ]


def test_a_service_is_entered_and_changed_with_its_family(
    letters: Terminal,
) -> None:
    letters.ok(
        "service", "edit", "coblong-izin", "--family", "Izin usaha mikro"
    )
    letters.ok(
        "service", "add", "cidadap", "Izin", "--family", "Izin usaha mikro"
    )

    assert letters.json("service", "families")[0]["services"] == [
        "cidadap-izin",
        "coblong-izin",
    ]


def test_a_family_travels_with_the_services(letters: Terminal) -> None:
    letters.ok("service", "families", "--confirm-all")
    letters.ok("export", "keluar.csv.d", "--format", "csv")
    found = letters.folder / "keluar.csv.d" / "services.csv"
    assert (
        "Surat Pindah" in found.read_text(encoding="utf-8-sig").splitlines()[1]
    )
