import json
from io import StringIO
from pathlib import Path

import pytest

from tests.tracker.cli.terminal import Terminal
from tracker.cli.importing import ask_questions
from tracker.exchange.questions import Candidate, Question
from tracker.language import load_language

INVENTORY = """kode_layanan;perangkat_daerah;nama_layanan;tahap;volume
ktp;Dinas Kesehatan;KTP elektronik;Daring;1.200
kk;dinkes;Kartu keluarga;Konvensional;
"""


def written(city: Terminal, text: str, name: str = "layanan.csv") -> str:
    path = city.folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_an_inventory_becomes_the_opening(city: Terminal) -> None:
    file = written(city, INVENTORY)
    out = city.ok("import", file, "--as-of", "2026-01-05")
    assert "Service: new 2" in out
    found = city.json("service", "show", "ktp")
    assert (found["stage"], found["registered_on"], found["volume"]) == (
        "online",
        "2026-01-05",
        1200,
    )
    assert city.json("log")[0]["action"] == "import"


def test_a_dry_run_changes_nothing(city: Terminal) -> None:
    before = city.db.read_bytes()
    out = city.ok("import", written(city, INVENTORY), "--dry-run")
    assert "Service: new 2" in out
    assert "Nothing was changed." in out
    assert city.db.read_bytes() == before


def test_an_import_is_one_action_that_one_undo_takes_back(
    city: Terminal,
) -> None:
    there = city.json("service", "list")
    city.ok("import", written(city, INVENTORY))
    city.ok("undo")
    assert city.json("service", "list") == there


def test_what_is_there_already_is_not_entered_again(city: Terminal) -> None:
    file = written(city, INVENTORY)
    city.ok("import", file, "--as-of", "2026-01-05")
    entries = len(city.json("log"))
    assert "stands so already" in city.ok(
        "import", file, "--as-of", "2026-01-05"
    )
    assert len(city.json("log")) == entries


def test_bad_rows_are_set_aside_and_the_others_go_in(city: Terminal) -> None:
    rows = (
        "opd,name,stage\ndinkes,Satu,lewat\ndinkes,Dua,online\ndinkes,,manual\n"
    )
    file = written(city, rows)
    said = city("import", file, "--set-aside", "sisa.csv")
    assert said.code == 0
    assert "2" in said.err
    assert "sisa.csv" in said.err
    assert len(city.json("service", "list")) == 4
    again = city("import", "sisa.csv")
    assert again.code == 1
    assert "To have one read" not in again.err
    assert city("import", file, "--set-aside", "sisa.csv").code == 1


def test_nothing_is_set_aside_of_a_file_that_is_refused_for_its_questions(
    city: Terminal,
) -> None:
    file = written(
        city,
        "opd;name;stage;days\ndinkes;Satu;lewat;1\ndinkes;Dua;online;1.250\n",
    )
    said = city("import", file, "--set-aside", "sisa.csv")
    assert (said.code, "Questions are open (1)" in said.err) == (1, True)
    assert not (city.folder / "sisa.csv").exists()


def test_every_bad_row_is_told_and_none_goes_in(city: Terminal) -> None:
    file = written(
        city,
        "opd,name,stage,volume\ndinkes,Satu,lewat,\ndinkes,Dua,online,\ndinkes,Tiga,manual,banyak\n",
    )
    said = city("import", file)
    assert (said.code, said.out) == (1, "")
    lines = said.err.splitlines()
    assert len(lines) == 3
    assert any(
        "layanan.csv, row 2" in line and "“lewat” is not a stage" in line
        for line in lines
    )
    assert any(
        "layanan.csv, row 4" in line and "banyak" in line for line in lines
    )
    assert len(city.json("service", "list")) == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("tidak-ada.csv",),
        ("layanan.csv", "--map", "tidak-ada.toml"),
        ("layanan.csv", "--answers", "tidak-ada.toml"),
        ("layanan.csv", "--kind", "planets"),
    ],
)
def test_files_that_are_not_there(
    city: Terminal, arguments: tuple[str, ...]
) -> None:
    written(city, INVENTORY)
    said = city("import", *arguments)
    assert said.code in {1, 2}
    assert said.err


def test_a_foreign_file_is_read_by_its_mapping(city: Terminal) -> None:
    written(
        city,
        "Unit;Judul;Keadaan\nDinkes Kota;Surat sehat;sudah jalan\n",
        "asing.csv",
    )
    columns = '[columns]\nopd = "Unit"\nname = "Judul"\nstage = "Keadaan"\n'
    mapping = columns + '[values.stage]\n"sudah jalan" = "online"\n'
    city.ok(
        "import",
        "asing.csv",
        "--kind",
        "services",
        "--map",
        written(city, mapping, "peta.toml"),
    )
    assert (
        city.json("service", "show", "dinkes-surat-sehat")["stage"] == "online"
    )


def test_an_open_question_refuses_unless_it_is_answered(city: Terminal) -> None:
    file = written(
        city,
        "code,opd,name,stage\nizin-lain,dinkes,Izin praktik,manual\n".replace(
            "code", "service"
        ),
    )
    said = city("import", file, "--as-of", "2026-11-16")
    assert said.code == 1
    assert "Questions are open (1)" in said.err
    out = city.ok(
        "import",
        file,
        "--as-of",
        "2026-11-16",
        "--dry-run",
        "--answers",
        "jawaban.toml",
    )
    assert "jawaban.toml" in out
    form = (city.folder / "jawaban.toml").read_text(encoding="utf-8")
    key = next(line for line in form.splitlines() if line.endswith(' = ""'))
    written(city, form.replace(key, key[:-2] + '"new"'), "jawaban.toml")
    city.ok(
        "import", file, "--as-of", "2026-11-16", "--answers", "jawaban.toml"
    )
    assert city.json("service", "show", "izin-lain")["name"] == "Izin praktik"


def test_the_form_of_a_dry_run_mends_rows_that_are_wrong(
    city: Terminal,
) -> None:
    file = written(city, INVENTORY.replace("1.200", "banyak"))
    said = city("import", file, "--dry-run", "--answers", "jawaban.toml")
    assert said.code == 1
    assert "jawaban.toml" in said.err
    form = (city.folder / "jawaban.toml").read_text(encoding="utf-8")
    cell = '"cell:layanan.csv:2:volume" = "'
    written(city, form.replace(cell, cell + "1200"), "jawaban.toml")
    day = ("--as-of", "2026-01-05")
    city.ok("import", file, *day, "--answers", "jawaban.toml")
    assert city.json("service", "show", "ktp")["volume"] == 1200


@pytest.mark.parametrize("dest", ["ekspor", "ekspor.json", "ekspor.xlsx"])
def test_what_is_exported_is_the_same_when_imported(
    city: Terminal, dest: str
) -> None:
    city.ok(
        "move",
        "izin",
        "online",
        "--on",
        "2026-06-01",
        "--evidence",
        "Surat; 12",
        "--verified",
    )
    city.ok("obstacle", "add", "kir", "people", "petugas", "--on", "2026-06-01")
    city.ok("service", "transfer", "akta", "dishub", "--on", "2026-07-01")
    city.ok("service", "retire", "akta", "--on", "2026-08-03")
    city.ok("export", dest)
    figures = city.json("metrics")
    other = Terminal(city.folder, city._capsys)
    other.db = city.folder / "lain.json"
    other.ok(
        "init",
        "--city",
        "Bandung",
        "--portal",
        "Sadayana",
        "--goal",
        "2027-12-31",
    )
    other.ok("import", dest)
    assert other.json("metrics") == figures
    assert other.json("service", "list", "--all") == city.json(
        "service", "list", "--all"
    )
    assert "stands so already" in other.ok("import", dest)


def test_the_format_is_told_by_the_ending_or_by_the_option(
    city: Terminal,
) -> None:
    assert city.ok("export", "semua.json") == "semua.json\n"
    assert (
        json.loads((city.folder / "semua.json").read_text(encoding="utf-8"))[
            "format"
        ]
        == "opd-tracker"
    )
    assert Path("folder/services.csv") in map(
        Path, city.ok("export", "folder").split()
    )
    assert "is not a format" in city.misused("export", "x", "--format", "pdf")


def test_an_opd_fills_in_its_sheet(city: Terminal) -> None:
    from openpyxl import load_workbook

    out = city.ok("sheets", "lembar", "--opd", "Dinkes Kota")
    (sheet,) = out.split()
    assert Path(sheet) == Path("lembar/dinkes-2026-W47.xlsx")
    assert len(city.ok("sheets", "semua").split()) == 2
    assert "No OPD is called" in city.refused(
        "sheets", "lembar", "--opd", "planet"
    )
    book = load_workbook(sheet)
    cells = {
        str(cell.value): cell
        for line in book.worksheets[0].iter_rows()
        for cell in line
        if cell.value
    }
    for title, value in {
        "New stage": "Online",
        "Date": "18/11/2026",
        "Evidence": "Surat 12",
    }.items():
        book.worksheets[0].cell(
            cells["izin"].row, cells[title].column
        ).value = value
    book.save(sheet)
    assert "Move" in city.ok("import", sheet)
    found = city.json("service", "show", "izin")
    assert (found["stage"], found["since"]) == ("online", "2026-11-18")
    assert found["facts"][-1]["evidence"] == "Surat 12"


def test_the_register_itself_is_never_written_over(city: Terminal) -> None:
    before = city.db.read_bytes()
    assert "is the register itself" in city.refused(
        "export", str(city.db), "--format", "json"
    )
    assert city.db.read_bytes() == before


def another_city(city: Terminal, name: str, **changes: str) -> str:
    """Export the city under another name and return the file's name."""
    path = f"{name}.json"
    city.ok("export", path)
    exported = json.loads((city.folder / path).read_text())
    exported["city"]["name"] = name
    exported |= changes
    (city.folder / path).write_text(json.dumps(exported))
    return path


def test_cities_are_put_side_by_side(city: Terminal) -> None:
    cimahi = another_city(city, "Cimahi")
    city.ok("export", "ekspor")
    city.ok("demo", "--keep", "demo.json")
    rows = city.json("compare", cimahi, "ekspor", "demo.json")
    assert [row["file"] for row in rows] == [
        "register.json",
        "Cimahi.json",
        "ekspor",
        "demo.json",
    ]
    mine = {
        name: value
        for name, value in rows[0].items()
        if name not in {"city", "file"}
    }
    assert {**mine, "city": "Cimahi", "file": "Cimahi.json"} == rows[1]
    assert rows[2]["services"] == rows[0]["services"]
    assert rows[3]["illustrative"] is True
    assert rows[0]["week"] == "2026-W46"
    assert "illustrative" in city.ok("compare", "demo.json")
    assert city.ok("compare", cimahi, "--csv").startswith("city,file,week,")
    assert "cannot be read" in city.refused("compare", "tidak-ada.json")
    assert "--json, --csv" in city.misused("compare", cimahi, "--json", "--csv")


def test_an_export_is_read_as_of_the_day_on_which_it_was_made(
    city: Terminal,
) -> None:
    old = another_city(city, "Cimahi", exported_on="2026-10-07")
    rows = city.json("compare", old)
    assert [row["week"] for row in rows] == ["2026-W46", "2026-W40"]
    exported = json.loads((city.folder / old).read_text())
    assert exported["exported_on"] == "2026-10-07"


def test_a_city_is_not_compared_with_itself(city: Terminal) -> None:
    city.ok("export", "ekspor.json")
    said = city.refused("compare", "ekspor.json")
    assert "name each city once" in said


def bad_words(rows: int, different: int = 1) -> str:
    lines = [
        f"dinkes,Layanan {row},lewat{row % different if different > 1 else ''}"
        for row in range(rows)
    ]
    return "\n".join(["opd,name,stage", *lines, ""])


def test_what_is_wrong_with_many_rows_is_told_once(city: Terminal) -> None:
    before = city.db.read_bytes()
    said = city("import", written(city, bad_words(3000)))
    assert said.code == 1
    problem, how = said.err.splitlines()
    assert (
        "layanan.csv, rows 2, 3, 4, … (3,000 rows), stage: “lewat” is not a stage"
        in problem
    )
    assert "--dry-run 2> FILE" in how
    assert city.db.read_bytes() == before


def test_of_many_different_problems_the_first_are_told_and_how_many_more(
    city: Terminal,
) -> None:
    file = written(city, bad_words(100, 50))
    said = city("import", file)
    assert len(said.err.splitlines()) == 22
    assert "… and 30 more" in said.err
    every = city("import", file, "--dry-run")
    assert every.code == 1
    lines = every.err.splitlines()
    assert len(lines) == 50
    assert any(
        "layanan.csv, rows 3, 53, stage: “lewat1” is not a stage" in line
        for line in lines
    )


def test_a_dry_run_names_every_bad_row(city: Terminal) -> None:
    rows = bad_words(30).replace("Layanan 7,lewat", "Layanan 7,Daring")
    said = city("import", written(city, rows), "--dry-run")
    assert said.err.startswith("layanan.csv, rows 2–8, 10–31, stage: ")


def test_an_import_with_something_wrong_that_has_good_rows_too_says_first_that_none_was_taken(
    city: Terminal,
) -> None:
    file = written(city, bad_words(1) + "dinkes,Dua,online\n")
    assert city("import", file).err.startswith(
        "Nothing was imported. Correct first:\nlayanan.csv, row 2, "
    )
    assert "Nothing was imported" not in city("import", file, "--dry-run").err


def test_what_is_no_answer_is_asked_again_with_what_would_be_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = (
        Candidate("report", "yes: {n}", {"n": 1}),
        Candidate("skip", "no", {}),
    )
    question = Question(
        "unfilled:dinkes/2026-W47", "Did {opd} report?", {"opd": "Dinkes"}, said
    )
    monkeypatch.setattr("sys.stdin", StringIO("ya\n3\n2\n"))
    assert ask_questions([question], load_language("en")) == {
        "unfilled:dinkes/2026-W47": "skip"
    }
    lines = capsys.readouterr().err.splitlines()
    assert lines[:3] == ["[1/1] Did Dinkes report?", "  1  yes: 1", "  2  no"]
    assert sum("Write a number from 1 to 2" in line for line in lines) == 2


FOREIGN = "OPD;Nama Layanan;Tahap Saat Ini;Biaya;Keterangan X\ndinkes;Surat sehat;online;gratis;–\n"


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_the_columns_that_are_not_read_are_told_first(
    city: Terminal, more: tuple[str, ...]
) -> None:
    lines = city.ok("import", written(city, FOREIGN), *more).splitlines()
    assert (
        lines[0]
        == "layanan.csv: Columns not read: Biaya (1 value), Keterangan X (1 value)"
    )
    assert '[columns] volume = "Biaya"' in lines[1]
    assert lines[2] == "Service: new 1"


def test_how_an_unread_column_would_be_read_is_told_of_a_column_that_its_rows_can_have(
    city: Terminal,
) -> None:
    file = written(
        city,
        "No,Kode,Nama OPD,Telepon\n1,dinpus,Dinas Perpustakaan,022\n",
        "opd.csv",
    )
    lines = city.ok("import", file, "--dry-run").splitlines()
    assert (
        lines[0] == "opd.csv: Columns not read: No (1 value), Telepon (1 value)"
    )
    assert '[columns] contact = "Telepon"' in lines[1]


def test_a_column_that_may_be_ours_refuses_until_it_is_said_what_it_holds(
    city: Terminal,
) -> None:
    file = written(
        city, FOREIGN.replace("Biaya", "Pemohon").replace("gratis", "1.250")
    )
    said = city("import", file)
    assert said.code == 1
    assert 'unread = ["Pemohon"]' in said.err
    # Its question alone tells how it would be read: an example of any column guesses worse.
    assert said.err.count('[columns] volume = "Pemohon"') == 1
    mapping = written(city, '[columns]\nvolume = "Pemohon"\n', "peta.toml")
    city.ok("import", file, "--map", mapping)
    assert city.json("service", "show", "dinkes-surat-sehat")["volume"] == 1250


def test_unread_columns_of_a_file_that_is_refused_are_told_with_what_is_wrong(
    city: Terminal,
) -> None:
    said = city("import", written(city, FOREIGN.replace("online", "lewat")))
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(
        "layanan.csv: Columns not read: Biaya (1 value), "
    )


def test_a_file_s_own_open_question_refuses_it_where_nobody_can_be_asked(
    city: Terminal,
) -> None:
    file = written(
        city, "opd;nama_layanan;tahap;hari\ndinkes;Surat sehat;online;1.250\n"
    )
    said = city("import", file)
    assert said.code == 1
    assert "Questions are open (1)" in said.err
    assert len(city.json("service", "list")) == 3
    city.ok(
        "import",
        file,
        "--answers",
        written(city, '[answers]\nnumbers = "en"\n', "jawaban.toml"),
    )
    assert city.json("service", "show", "dinkes-surat-sehat")["days"] == 1.25


def test_the_current_state_is_written_as_open_data(city: Terminal) -> None:
    dest = city.folder / "kini.csv"
    out = city.ok("export", str(dest), "--current")
    assert out.splitlines()[0].endswith("kini.csv")
    assert dest.read_text(encoding="utf-8").count("\n") == 4
    city.language = "id"
    said = city("export", str(dest), "--current")
    assert said.code == 0
    assert "titik koma" in said.err
    assert dest.read_text(encoding="utf-8-sig").startswith("kota;")
    city.language = "en"
    assert "--format" in city.misused(
        "export", str(city.folder / "kini"), "--current"
    )


def test_a_sheet_that_was_filled_in_is_not_overwritten(city: Terminal) -> None:
    folder = city.folder / "lembar"
    first = city.ok("sheets", str(folder), "--opd", "dinkes").strip()
    Path(first).write_bytes(b"filled in")
    said = city("sheets", str(folder), "--opd", "dinkes")
    assert said.code == 0
    assert said.out.strip() == first
    assert "had been edited" in said.err
    assert (
        folder / "dinkes-2026-W47 (edited 1).xlsx"
    ).read_bytes() == b"filled in"
