import pytest

from tests.tracker.cli.terminal import Terminal


def test_a_register_is_begun_once(terminal: Terminal) -> None:
    out = terminal.ok(
        *("init", "--city", " Kota  Makassar ", "--portal", "Lontara+"),
        *("--timezone", "Asia/Makassar", "--goal", "31/12/2027"),
    )
    assert out == f"The register of Kota Makassar begins in {terminal.db}.\n"
    found = terminal.json("config", "get")
    assert (
        found["city"],
        found["portal"],
        found["timezone"],
        found["goal"],
    ) == (
        "Kota Makassar",
        "Lontara+",
        "Asia/Makassar",
        "2027-12-31",
    )
    before = terminal.db.read_bytes()
    assert "already there" in terminal.refused(
        "init", "--city", "Lain", "--portal", "Lain"
    )
    assert terminal.db.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--city", "Bandung"), 2),
        (("--city", " ", "--portal", "x"), 2),
        (("--city", "Bandung", "--portal", "x", "--timezone", "WXT"), 1),
        (("--city", "Bandung", "--portal", "x", "--goal", "nanti"), 2),
        (("--city", "Band\u202eung", "--portal", "x"), 1),
    ],
)
def test_what_cannot_be_begins_nothing(
    terminal: Terminal, arguments: tuple[str, ...], code: int
) -> None:
    said = terminal("init", *arguments)
    assert said.code == code
    assert not terminal.db.exists()


def test_a_time_zone_is_named_as_people_call_it(terminal: Terminal) -> None:
    terminal.ok(
        *("init", "--city", "Sorong", "--portal", "Pintu"),
        *("--timezone", "wit"),
    )
    assert terminal.ok("config", "get", "timezone").strip() == "Asia/Jayapura"
    terminal.ok("config", "set", "timezone", "Waktu Indonesia Tengah")
    assert terminal.ok("config", "get", "timezone").strip() == "Asia/Makassar"
    assert "WIB, WITA" in terminal.refused("config", "set", "timezone", "WXT")


def test_a_register_begins_with_a_catalogue(terminal: Terminal) -> None:
    out = terminal.ok(
        "init",
        "--city",
        "Cimahi",
        "--portal",
        "Pintu",
        "--catalogue",
        "bandung",
    )
    assert "OPDs: " in out
    city = terminal.json("metrics")["city"]
    assert city["services"] == city["conventional"] > 400
    assert terminal.ok("doctor") == "Nothing is wrong.\n"
    terminal.ok("export", "cimahi.json")
    terminal.db = terminal.folder / "lain.json"
    terminal.ok(
        "init",
        "--city",
        "Sumedang",
        "--portal",
        "Pintu",
        "--catalogue",
        "cimahi.json",
    )
    assert terminal.json("metrics")["city"]["services"] == city["services"]


def test_json_of_another_system_is_read_as_its_rows_and_not_as_a_register(
    terminal: Terminal,
) -> None:
    catalogue = terminal.folder / "layanan.json"
    start = ("init", "--city", "Cimahi", "--portal", "Satu", "--catalogue")
    rows = '[{"nama": "Akta lahir", "opd": "Dinas A"}]'
    for text, code in (('{"a": 1}', 1), (rows, 0)):
        catalogue.write_text(text, encoding="utf-8")
        said = terminal(*start, str(catalogue))
        assert said.code == code
        assert "doctor" not in said.err
    assert terminal.json("service", "list")[0]["name"] == "Akta lahir"


def test_a_catalogue_is_entered_as_of_a_day_from_which_moves_can_be_dated(
    terminal: Terminal,
) -> None:
    begin = (
        "init",
        "--city",
        "Cimahi",
        "--portal",
        "Pintu",
        "--catalogue",
        "bandung",
    )
    terminal.ok(*begin, "--as-of", "2026-10-22")
    terminal.ok("opening", "close", "--on", "2026-10-22")
    terminal.ok(
        "move", "disdukcapil-akta-kelahiran", "online", "--on", "2026-11-17"
    )
    assert terminal.ok("doctor") == "Nothing is wrong.\n"
    terminal.db = terminal.folder / "hari-ini.json"
    terminal.ok(*begin)
    terminal.ok("opening", "close")
    move = (
        "move",
        "disdukcapil-akta-kelahiran",
        "online",
        "--on",
        "2026-11-17",
    )
    _, _, hint = terminal.refused(*move).partition("`")
    terminal.ok(*hint.partition("`")[0].split())
    terminal.ok(*move)


@pytest.mark.parametrize(
    ("more", "code", "why"),
    [
        (
            ("--catalogue", "bandung", "--as-of", "2026-11-20"),
            1,
            "still to come",
        ),
        (
            ("--catalogue", "bandung", "--as-of", "1899-01-01"),
            1,
            "out of reach",
        ),
        (("--as-of", "2026-11-01"), 2, "give --catalogue too"),
    ],
)
def test_a_day_that_no_catalogue_can_have_begins_nothing(
    terminal: Terminal, more: tuple[str, ...], code: int, why: str
) -> None:
    said = terminal("init", "--city", "Cimahi", "--portal", "Pintu", *more)
    assert said.code == code
    assert why in said.err
    assert len(said.err) < 1000
    assert not terminal.db.exists()


def test_a_catalogue_that_is_not_there_begins_nothing(
    terminal: Terminal,
) -> None:
    err = terminal.refused(
        "init",
        "--city",
        "Cimahi",
        "--portal",
        "Pintu",
        "--catalogue",
        "atlantis",
    )
    assert "no catalogue “atlantis”" in err
    assert not terminal.db.exists()


def test_new_registers_have_the_permissions_that_are_set(
    terminal: Terminal,
) -> None:
    terminal.ok("init", "--city", "Bandung", "--portal", "Sadayana")
    assert terminal.db.stat().st_mode & 0o777 == 0o600
    terminal.db = terminal.folder / "bersama.json"
    terminal.ok("config", "set", "permissions", "660")
    terminal.ok("init", "--city", "Bandung", "--portal", "Sadayana")
    assert terminal.db.stat().st_mode & 0o777 == 0o660


def test_the_demonstration_says_that_it_is_one(terminal: Terminal) -> None:
    out = terminal.ok("demo")
    assert "illustrative" in out
    assert not terminal.db.exists()


def test_the_demonstration_is_kept_and_read_on_its_own_day(
    terminal: Terminal,
) -> None:
    out = terminal.ok("demo", "--keep", "demo.json")
    assert "demo.json" in out
    assert "already there" in terminal.refused("demo", "--keep", "demo.json")
    terminal.db = terminal.folder / "demo.json"
    assert terminal.json("metrics")["city"]["services"] > 1000
