import pytest

from tests.tracker.cli.terminal import Terminal


def stage(city: Terminal, service: str) -> str:
    return str(city.json("service", "show", service)["stage"])


def test_several_services_move_as_one_action(city: Terminal) -> None:
    out = city.ok(
        "move",
        "izin",
        "kir",
        "online",
        "--on",
        "2026-06-01",
        "--note",
        "bersama",
    )
    assert len(out.splitlines()) == 2
    assert (stage(city, "izin"), stage(city, "kir")) == ("online", "online")
    city.ok("undo")
    assert (stage(city, "izin"), stage(city, "kir")) == (
        "conventional",
        "conventional",
    )


def test_a_move_is_dated_today_unless_told_otherwise(city: Terminal) -> None:
    assert "19 Nov 2026" in city.ok("move", "izin", "online")


@pytest.mark.parametrize("word", ["online", "Daring", "ONLINE", "elektronik"])
def test_stages_are_taken_as_people_call_them(
    city: Terminal, word: str
) -> None:
    city.ok("move", "izin", word)
    assert stage(city, "izin") == "online"


@pytest.mark.parametrize(
    "day",
    ["2026-06-01", "1/6/2026", "01-06-2026", "1 Juni 2026", "June 1, 2026"],
)
def test_days_are_taken_as_people_write_them(city: Terminal, day: str) -> None:
    assert "1 Jun 2026" in city.ok("move", "izin", "online", "--on", day)


def test_a_move_backward_is_told(city: Terminal) -> None:
    assert "backward" not in city.ok(
        "move", "akta", "integrated", "--on", "2026-06-01"
    )
    assert "1 of these goes backward." in city.ok(
        "move", "akta", "online", "--on", "2026-07-01"
    )
    assert "backward" not in city.ok("verify", "akta", "--on", "2026-07-02")


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-01-04", "before its registration"),
        ("2026-11-20", "still to come"),
        ("1900-01-01", "out of reach"),
    ],
)
def test_a_move_is_dated_between_registration_and_today(
    city: Terminal, day: str, why: str
) -> None:
    assert why in city.refused("move", "izin", "online", "--on", day)
    assert stage(city, "izin") == "conventional"


def test_none_of_several_moves_where_one_cannot(city: Terminal) -> None:
    assert "kir" in city.refused(
        "move", "izin", "kir", "online", "--on", "2026-01-20"
    )
    assert stage(city, "izin") == "conventional"


def test_words_that_say_no_stage_or_day_are_a_wrong_usage(
    city: Terminal,
) -> None:
    assert "“lewat” is not a stage" in city.misused("move", "izin", "lewat")
    assert "“besok” is not a date" in city.misused(
        "move", "izin", "online", "--on", "besok"
    )
    assert (
        "“dua” is not a number: write it in digits, such as 1.5."
        in city.misused("move", "izin", "online", "--visits", "dua")
    )


def test_a_claim_is_verified(city: Terminal) -> None:
    city.ok("move", "izin", "online", "--on", "2026-06-01")
    assert not city.json("service", "show", "izin")["verified"]
    city.ok("verify", "izin", "--on", "2026-06-03")
    assert city.json("service", "show", "izin")["verified"]
    assert "nothing to verify" in city.refused(
        "verify", "kir", "--on", "2026-06-03"
    )


def test_an_entry_is_put_right_and_the_log_keeps_both(city: Terminal) -> None:
    city.ok(
        "move", "izin", "online", "--on", "2026-06-01", "--evidence", "lisan"
    )
    number = city.number("izin")
    out = city.ok(
        *(
            "correct",
            number,
            "--on",
            "2026-06-08",
            "--stage",
            "Terpadu",
            "--evidence",
            "",
        ),
        *("--visits", "0", "--why", "salah ketik"),
    )
    assert "date 1 Jun 2026 → 8 Jun 2026" in out
    assert "stage Online → Integrated" in out
    assert "evidence lisan → –" in out
    entry = city.json("log")[0]
    assert entry["why"] == "salah ketik"
    assert entry["changes"][0]["before"]["on"] == "2026-06-01"
    assert entry["changes"][0]["after"]["on"] == "2026-06-08"


def test_any_field_can_be_put_right_by_its_name(city: Terminal) -> None:
    number = city.number("izin", "services")
    city.ok(
        "correct",
        number,
        "--on",
        "2026-01-12",
        "--set",
        "tags=wajib; utama",
        "--set",
        "volume=1.000",
    )
    found = city.json("service", "show", "izin")
    assert (found["registered_on"], found["tags"], found["volume"]) == (
        "2026-01-12",
        ["wajib", "utama"],
        1000,
    )
    assert "cannot be changed" in city.refused(
        "correct", number, "--set", "by=Orang lain"
    )
    assert "cannot be empty" in city.refused(
        "correct", number, "--set", "name="
    )
    assert "FIELD=VALUE" in city.misused("correct", number, "--set", "volume")
    assert "to be corrected" in city.misused("correct", number)


def test_an_entry_is_withdrawn_with_its_reason(city: Terminal) -> None:
    city.ok("move", "izin", "online", "--on", "2026-06-01")
    number = city.number("izin")
    assert "--why" in city.misused("withdraw", number)
    assert "Say why" in city.refused("withdraw", number, "--why", " ")
    city.ok("withdraw", number, "--why", "klaim tidak benar")
    assert stage(city, "izin") == "conventional"
    assert "No entry has the number" in city.refused(
        "withdraw", number, "--why", "lagi"
    )


def test_what_others_rest_on_is_not_withdrawn(city: Terminal) -> None:
    city.ok("move", "izin", "online", "--on", "2026-06-01")
    service = city.number("izin", "services")
    assert "rest on this one" in city.refused(
        "withdraw", service, "--why", "salah"
    )


def test_hidden_characters_do_not_enter(city: Terminal) -> None:
    assert "hidden character U+202E" in city.refused(
        "move", "izin", "online", "--note", "a\u202eb"
    )
    assert "hidden character U+001B" in city.refused(
        "move", "izin", "online", "--evidence", "\x1b[31m"
    )


def test_an_opd_reports_that_nothing_moved(city: Terminal) -> None:
    city.ok(
        "report", "dinkes", "Dinas Perhubungan", "--note", "tidak ada perubahan"
    )
    assert city.json("metrics")["reporting_share"] == 1.0
    city.ok("report", "dinkes", "--week", "2026-W46")
    assert "has not begun" in city.refused(
        "report", "dinkes", "--week", "2026-W48"
    )
    assert "is not a week" in city.misused(
        "report", "dinkes", "--week", "depan"
    )


def test_the_day_of_what_has_none_is_not_put_right_in_silence(
    city: Terminal,
) -> None:
    city.ok("report", "dinkes", "--week", "2026-W46")
    number = city.json("log")[0]["changes"][0]["id"]
    assert "cannot be changed" in city.refused(
        "correct", number, "--on", "2026-11-12"
    )


def test_values_are_put_right_in_the_form_in_which_they_are_entered(
    city: Terminal,
) -> None:
    city.ok("report", "dinkes", "--week", "2026-W46")
    report = city.json("log")[0]["changes"][0]["id"]
    assert "2026-W05" in city.ok("correct", report, "--set", "week=2026w5")
    city.ok("evaluation", "add", "SPBE", "2024", "--score", "4.59")
    evaluation = city.json("evaluation", "list")[0]["id"]
    city.ok("correct", evaluation, "--set", "target=4,5", "--set", "rank=1.250")
    [row] = city.json("evaluation", "list")
    assert (row["target"], row["rank"]) == (4.5, 1250)


def test_what_may_surprise_is_told_beside_the_result(city: Terminal) -> None:
    city.ok("app", "add", "Salaman", "--integrated-on", "2026-06-01")
    city.ok("service", "edit", "izin", "--app", "salaman")
    said = city("move", "izin", "online", "--on", "2026-07-06", "--verified")
    assert (said.code, len(said.out.splitlines())) == (0, 1)
    assert (
        said.err
        == "salaman is behind the single door since 1 Jun 2026: izin may be integrated already.\n"
    )
    said = city("correct", city.number("izin"), "--stage", "integrated")
    assert "verified on 19 Nov 2026 → –" in said.out
    assert "what was verified on 19 Nov 2026 was another claim" in said.err


def test_an_import_too_tells_what_may_surprise(city: Terminal) -> None:
    city.ok("app", "add", "Salaman", "--integrated-on", "2026-06-01")
    city.ok("service", "edit", "izin", "--app", "salaman")
    (city.folder / "moves.csv").write_text(
        "service,date,stage\nizin,2026-07-06,online\n"
    )
    assert "izin may be integrated already" in city("import", "moves.csv").err


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Asia/Jakarta", "2026-06-01T16:59:00Z", "2026-06-01"),
        ("Asia/Jakarta", "2026-06-01T17:00:00Z", "2026-06-02"),
        ("Asia/Jayapura", "2026-06-01T23:30:00+07:00", "2026-06-02"),
        ("Asia/Jakarta", "2026-06-01T23:30:00", "2026-06-01"),
    ],
)
def test_a_moment_is_on_the_citys_day_typed_as_imported(
    city: Terminal, zone: str, moment: str, day: str
) -> None:
    city.ok("config", "set", "timezone", zone)
    city.ok("move", "izin", "online", "--on", moment)
    (city.folder / "moves.csv").write_text(
        f"service,date,stage\nkir,{moment},online\n"
    )
    city.ok("import", "moves.csv")
    city.ok(
        "correct",
        city.number("akta", "services"),
        "--set",
        f"registered_on={moment}",
    )
    facts = [
        fact
        for code in ("izin", "kir")
        for fact in city.json("service", "show", code)["facts"]
    ]
    assert [fact["on"] for fact in facts if fact["table"] == "moves"] == [
        day,
        day,
    ]
    assert city.json("service", "show", "akta")["registered_on"] == day


def test_today_and_a_new_registers_days_may_be_moments(
    terminal: Terminal,
) -> None:
    terminal.today = "2026-11-19T17:30:00Z"
    terminal.ok(
        *(
            "init",
            "--city",
            "Ambon",
            "--portal",
            "Manise",
            "--timezone",
            "Asia/Jayapura",
        ),
        *("--goal", "2027-12-31T15:00:00Z"),
    )
    assert terminal.ok("config", "get", "goal") == "2028-01-01\n"
    terminal.ok("milestone", "add", "x")
    assert terminal.json("milestone", "list")[0]["date"] == "2026-11-20"
