"""A city's first weeks on the command line: the stocktaking, its close, a wrong answer put right."""

from openpyxl import load_workbook

from tests.tracker.cli.terminal import Terminal

OPDS = "kode,nama\ndinkes,Dinas Kesehatan\ndishub,Dinas Perhubungan\n"
LIST = (
    "kode layanan,perangkat daerah,nama layanan\n"
    "izin,dinkes,Izin praktik\nakta,dinkes,Akta\nkir,dishub,Uji KIR\n"
)
ANSWER = (
    "kode layanan,perangkat daerah,nama layanan,tahap,kunjungan\n"
    "izin,dinkes,Izin praktik,daring,1\nakta,dinkes,Akta,konvensional,2\n"
)


def begun(terminal: Terminal) -> None:
    """Begin a register with a list of services that tells no stage."""
    terminal.today = "2026-11-02"
    terminal.ok("init", "--city", "Cimahi", "--portal", "Pintu")
    for name, text in {"opds": OPDS, "daftar": LIST, "jawaban": ANSWER}.items():
        (terminal.folder / f"{name}.csv").write_text(text, encoding="utf-8")
    answers = terminal.folder / "jawab.toml"
    answers.write_text('[answers]\nstage = "unknown"\n', encoding="utf-8")
    terminal.ok("import", "opds.csv", "daftar.csv", "--answers", "jawab.toml")
    terminal.today = "2026-11-09"


def test_the_inventory_that_follows_is_no_progress(terminal: Terminal) -> None:
    begun(terminal)
    assert terminal.json("opening", "status")["assumed"] == 3
    terminal.ok("import", "jawaban.csv", "--as-of", "2026-11-09")
    found = terminal.json("opening", "status")
    assert (found["assumed"], found["services"]) == (1, 3)
    assert "Not told yet: 1 of 3 services, in 1 OPD." in terminal.ok(
        "opening", "status"
    )
    city = terminal.json("metrics")["city"]
    assert (city["steps"], city["online"]) == (None, 1)


def test_the_same_answer_twice_changes_nothing(terminal: Terminal) -> None:
    begun(terminal)
    terminal.ok("import", "jawaban.csv", "--as-of", "2026-11-09")
    log = terminal.json("log")
    terminal.ok("import", "jawaban.csv", "--as-of", "2026-11-09")
    assert terminal.json("log") == log


def test_a_list_without_a_day_puts_baselines_right_too(
    terminal: Terminal,
) -> None:
    begun(terminal)
    terminal.ok("import", "jawaban.csv")
    assert terminal.json("opening", "status")["assumed"] == 1
    shown = terminal.json("service", "show", "izin")
    assert (shown["stage"], shown["visits"]) == ("online", 1.0)


def test_who_lists_a_service_no_more_never_had_it(terminal: Terminal) -> None:
    begun(terminal)
    rows = ANSWER.replace("akta,dinkes,Akta,konvensional,2\n", "")
    text = rows + "kir,dishub,Uji KIR,daring,1\n"
    (terminal.folder / "jawaban.csv").write_text(text, encoding="utf-8")
    terminal.ok(
        "import", "jawaban.csv", "--as-of", "2026-11-09", "--retire-missing"
    )
    services = {
        row["service"] for row in terminal.json("service", "list", "--all")
    }
    assert services == {"izin", "kir"}


def test_closing_is_proposed_and_starts_the_history(terminal: Terminal) -> None:
    begun(terminal)
    terminal.ok("import", "jawaban.csv", "--as-of", "2026-11-09")
    said = terminal("move", "kir", "conventional")
    assert said.code == 0
    assert "All have answered" in terminal.ok("opening", "status")
    terminal.ok("opening", "close", "--on", "2026-11-09")
    assert "was closed on" in terminal.ok("opening", "status")
    terminal.today = "2026-11-19"
    terminal.ok("move", "kir", "online", "--on", "2026-11-17")
    assert terminal.json("metrics")["city"]["steps"] == 1
    assert terminal.ok("doctor") == "Nothing is wrong.\n"


def test_a_move_in_the_opening_says_what_it_is(terminal: Terminal) -> None:
    begun(terminal)
    said = terminal("move", "kir", "online", "--on", "2026-11-05")
    assert "this is where services begin, not a step" in said.err


def test_a_wrong_first_answer_is_corrected_and_the_week_is_revised(
    terminal: Terminal,
) -> None:
    begun(terminal)
    terminal.ok("opening", "close", "--on", "2026-11-02")
    terminal.ok("snapshot", "take", "--week", "2026-W45")
    terminal.ok("opening", "reopen", "dishub")
    terminal.ok("move", "kir", "online")
    terminal.ok("opening", "close")
    assert terminal.json("metrics")["city"]["steps"] == 0
    [week] = terminal.json("snapshot", "list")
    assert week["revised"]


def test_an_export_with_a_history_is_taken_over_as_it_is(
    terminal: Terminal,
) -> None:
    begun(terminal)
    terminal.ok("opening", "close", "--on", "2026-11-02")
    terminal.ok("move", "kir", "online", "--on", "2026-11-05")
    terminal.ok("export", "semua.xlsx")
    figures = terminal.json("metrics")["city"]
    terminal.db = terminal.folder / "lain.json"
    terminal.ok("init", "--city", "Cimahi", "--portal", "Pintu")
    terminal.ok("import", "semua.xlsx")
    assert terminal.json("metrics")["city"] == figures
    assert not terminal.json("opening", "status")["open"]
    assert terminal.json("opening", "status")["assumed"] == 2


def test_the_figures_tell_the_opening_in_place_of_a_pace(
    terminal: Terminal,
) -> None:
    begun(terminal)
    said = terminal.ok("metrics")
    assert "Not told yet: 3 of 3 services, in 2 OPDs." in said
    for word in ("Pace", "Velocity", "Forecast", "Progress"):
        assert word not in said
    terminal.ok("opening", "close")
    assert "Pace" in terminal.ok("metrics")


def test_a_page_of_the_opening_is_not_revised_by_its_answers(
    terminal: Terminal,
) -> None:
    begun(terminal)
    terminal.ok("snapshot", "take", "--week", "2026-W45")
    terminal.ok("import", "jawaban.csv", "--as-of", "2026-11-09")
    terminal.ok("opening", "close", "--on", "2026-11-09")
    [week] = terminal.json("snapshot", "list")
    assert not week["revised"]


def test_a_sheet_of_the_opening_asks_for_stages_and_needs_no_date(
    terminal: Terminal,
) -> None:
    begun(terminal)
    terminal.ok("sheets", "lembar", "--opd", "dinkes")
    [path] = (terminal.folder / "lembar").glob("*.xlsx")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    assert str(sheet["A2"].value).startswith("Opening, week 2026-W46")
    rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value}
    head = [cell.value for cell in rows["Service code"]]
    stage, now = head.index("New stage"), head.index("Stage now")
    assert rows["izin"][now].value is None
    rows["izin"][stage].value, rows["akta"][stage].value = (
        "Online",
        "Conventional",
    )
    book.save(path)
    terminal.ok("import", "lembar")
    services = terminal.json("opening", "status")
    assert [(row["opd"], row["assumed"]) for row in services["opds"]] == [
        ("dinkes", 0),
        ("dishub", 1),
    ]
    assert terminal.json("metrics")["city"]["steps"] is None


def test_what_the_city_never_had_is_taken_out(terminal: Terminal) -> None:
    terminal.ok(
        *("init", "--city", "Cimahi", "--portal", "Pintu"),
        *("--catalogue", "bandung"),
    )
    terminal.ok("opening", "remove", "--kind", "kecamatan")
    terminal.ok("opening", "remove", "dishub-tmb", "--app", "salaman")
    kinds = {opd["kind"] for opd in terminal.json("opd", "list", "--all")}
    assert "kecamatan" not in kinds
    assert "No service" in terminal.refused("service", "show", "dishub-tmb")
    terminal.ok("opening", "close")
    assert "retire" in terminal.refused("opening", "remove", "--app", "ikd")
