import pytest

from tests.tracker.cli.terminal import Terminal


def test_a_service_is_entered_with_all_that_is_known_of_it(
    city: Terminal,
) -> None:
    city.ok("app", "add", "Salaman")
    city.ok(
        *(
            "service",
            "add",
            "Dinkes Kota",
            "Rujukan",
            "--stage",
            "Daring",
            "--on",
            "22 Oktober 2026",
        ),
        *(
            "--volume",
            "1.200",
            "--visits",
            "1,5",
            "--days",
            "3",
            "--app",
            "salaman",
        ),
        *("--tag", "wajib", "--tag", "prioritas", "--owner", "Sari"),
    )
    found = city.json("service", "show", "dinkes-rujukan")
    facts = found.pop("facts")
    assert found == {
        "service": "dinkes-rujukan",
        "name": "Rujukan",
        "opd": "dinkes",
        "kind": "dinas",
        "stage": "online",
        "since": "2026-10-22",
        "active": True,
        "verified": True,
        "volume": 1200,
        "visits": 1.5,
        "days": 3.0,
        "application": "salaman",
        "tags": ["wajib", "prioritas"],
        "owner": "Sari",
        "family": "",
        "missing": [],
        "registered_on": "2026-10-22",
        "listed_as": "",
    }
    assert [fact["table"] for fact in facts] == ["services"]
    assert facts[0]["by"] == "Rani"


def test_the_portals_own_name_is_a_stage(city: Terminal) -> None:
    city.ok("service", "add", "dinkes", "Portal", "--stage", "sadayana")
    assert (
        city.json("service", "show", "dinkes-portal")["stage"] == "integrated"
    )


def codes(city: Terminal, *filters: str) -> list[str]:
    return [row["service"] for row in city.json("service", "list", *filters)]


def test_the_list_is_filtered(city: Terminal) -> None:
    city.ok("service", "edit", "kir", "--tag", "wajib", "--owner", "Budi")
    assert codes(city) == ["akta", "izin", "kir"]
    assert codes(city, "--opd", "dinkes") == ["akta", "izin"]
    assert codes(city, "--stage", "online") == ["akta"]
    assert codes(city, "--tag", "wajib") == ["kir"]
    assert codes(city, "--find", "BUDI") == ["kir"]
    assert codes(city, "--find", "wajib") == ["kir"]
    assert codes(city, "--kind", "dinas", "--opd", "dishub") == ["kir"]
    assert codes(city, "--on", "2026-01-31") == ["akta", "izin"]
    city.ok("service", "retire", "kir", "--on", "2026-03-02")
    assert codes(city) == ["akta", "izin"]
    assert codes(city, "--all") == ["akta", "izin", "kir"]


def test_the_list_tells_hybrid_unverified_and_closed(city: Terminal) -> None:
    city.ok("move", "kir", "online", "--on", "2026-03-02")
    assert "Online (hybrid, unverified)" in city.ok("service", "list")
    city.ok("service", "retire", "akta", "--on", "2026-03-02")
    assert "Online (closed)" in city.ok("service", "list", "--all")


def test_editing_changes_what_is_not_dated(city: Terminal) -> None:
    city.ok(
        "service",
        "edit",
        "izin",
        "--name",
        "Izin praktik dokter",
        "--volume",
        "500",
        "--code",
        "sip",
    )
    assert city.json("service", "show", "sip")["volume"] == 500
    city.ok("service", "edit", "sip", "--volume", "")
    assert city.json("service", "show", "sip")["volume"] is None


def test_what_is_there_already_is_said_to_be(city: Terminal) -> None:
    assert "stands so already" in city.ok(
        "service", "edit", "izin", "--name", "Izin praktik"
    )
    assert len(city.json("log")) == 7


def test_services_pass_to_another_opd(city: Terminal) -> None:
    city.ok(
        "service", "transfer", "izin", "akta", "dishub", "--on", "2026-06-01"
    )
    assert city.json("service", "show", "izin")["opd"] == "dishub"
    assert "has it already" in city.refused(
        "service", "transfer", "izin", "dishub", "--on", "2026-07-01"
    )


def test_a_service_ends_and_begins_again(city: Terminal) -> None:
    city.ok(
        "service", "retire", "izin", "--on", "2026-06-01", "--why", "digabung"
    )
    assert "Why: digabung" in city.ok("service", "show", "izin")
    assert not city.json("service", "show", "izin")["active"]
    assert "retired already" in city.refused(
        "service", "retire", "izin", "--on", "2026-07-01"
    )
    city.ok("service", "reopen", "izin", "--on", "2026-08-03")
    assert city.json("service", "show", "izin")["active"]
    assert city.json("log")[1]["why"] == "digabung"


def test_one_service_is_shown_with_the_numbers_of_its_entries(
    city: Terminal,
) -> None:
    city.ok(
        "move",
        "izin",
        "online",
        "--on",
        "2026-06-01",
        "--evidence",
        "Surat 12",
        "--visits",
        "0",
    )
    out = city.ok("service", "show", "izin")
    assert out.startswith(
        "Izin praktik (izin)\nDinas Kesehatan · Online (unverified) · visits 0, days –\n"
    )
    number = city.number("izin")
    assert (
        f"\n{number}  Move izin: date 1 Jun 2026 · stage Online · evidence Surat 12 · office visits 0 [Rani, "
        in out
    )


def test_entries_are_signed_with_the_day_on_the_citys_clock(
    city: Terminal,
) -> None:
    file = city.folder / "moves.csv"
    file.write_text(
        "service,date,stage,recorded_at\nizin,2026-06-01,online,2026-06-01T20:00:00Z\n"
    )
    city.ok("import", str(file))
    assert "stage Online [Rani, 2026-06-02]" in city.ok(
        "service", "show", "izin"
    )


@pytest.mark.parametrize("value", ["many", "1.5", "-3"])
def test_a_volume_is_a_whole_number(city: Terminal, value: str) -> None:
    said = city("service", "add", "dinkes", "Baru", "--volume", value)
    assert said.code in {1, 2}
    assert value in said.err


def test_names_that_two_services_share_are_not_guessed(city: Terminal) -> None:
    city.ok("service", "add", "dishub", "Izin praktik", "--code", "izin-2")
    assert "give the code of one" in city.refused(
        "move", "Izin praktik", "online", "--on", "2026-06-01"
    )


def test_a_service_of_a_merged_opd_reopens_with_its_successor_or_the_one_that_is_named(
    city: Terminal,
) -> None:
    city.ok("service", "retire", "izin", "akta", "--on", "2026-05-04")
    city.ok("opd", "merge", "dinkes", "dishub", "--on", "2026-06-01")
    city.ok("opd", "add", "Dinas Arsip", "--code", "arsip")
    assert "OPD dishub" in city.ok(
        "service", "reopen", "izin", "--on", "2026-07-06"
    )
    assert "OPD arsip" in city.ok(
        "service", "reopen", "akta", "--on", "2026-07-06", "--opd", "arsip"
    )


def test_services_of_which_data_are_missing_are_listed_worst_first(
    city: Terminal,
) -> None:
    city.ok("service", "add", "dinkes", "Rujukan", "--volume", "5")
    listed = city.json("service", "list", "--incomplete")
    counts = [len(row["missing"]) for row in listed]
    assert counts == sorted(counts, reverse=True)
    rujukan = next(row for row in listed if row["name"] == "Rujukan")
    assert rujukan["missing"] == ["visits", "days", "owner"]
    said = city.ok("service", "list", "--incomplete")
    assert "office visits, days to process, owner" in said
