"""What other programs leave in cells is taken out and told; what a person meant stays."""

from pathlib import Path

import pytest

from tests.tracker.exchange.importing import empty, file, imported, planned
from tracker.errors import Rejected
from tracker.exchange.parsing.cleaning import _find_unclean, clean_text
from tracker.exchange.parsing.mapping import mapping_from
from tracker.exchange.parsing.values import Percent, Reader
from tracker.fields import ValueType
from tracker.register import Register

CREATES = mapping_from({"create_opds": True})
HEADER = "OPD;Nama Layanan;Tahap;Volume;Hari;Tanggal daftar;Penanggung jawab"


def remarks(folder: Path, *rows: str) -> list[tuple[str, object]]:
    made = planned(
        empty(), file(folder, "x.csv", HEADER, *rows), mapping=CREATES
    )
    assert not made.problems
    return [(one.msgid, one.values["count"]) for one in made.account.remarks]


def names(register: Register) -> list[str]:
    return [service.name for service in register.services.values()]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ('="Dinas Contoh"', "Dinas Contoh"), ('="a ""b"" c"', 'a "b" c'), ('=""', ""),
        ("Syari&#039;at &amp; Dayah", "Syari'at & Dayah"), ("O&#x27;Connor", "O'Connor"),
        ("satu<br>dua", "satu\ndua"), ("satu <BR /> dua", "satu\ndua"),
        ("satu_x000D_\ndua", "satu\r\ndua"), ("Izin\vUsaha", "Izin\nUsaha"),
        ("Perizin\u00adan", "Perizinan"), ("\u200bLayanan", "Layanan"), ("\ufeffLayanan", "Layanan"),
        ("👨\u200d👩\u200d👧", "👨👩👧"), ("\uf0b7 Layanan", " Layanan"), ("a\u200eb\u2060c", "abc"),
        ("&#8203;Layanan", "Layanan"), ("satu_x000D_dua", "satu\rdua"),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_a_person_sees_it(said: str, text: str) -> None:
    assert clean_text(said)[0] == text
    assert list(_find_unclean(["biasa", said])) == [(1, said)]


@pytest.mark.parametrize(
    "said",
    [
        "R&D", "A & B;", "x < y", "a_x_b", "=SUM(A1)", "é ñ 漢字 🙂", "&tidakada", "AT&T", "3<br",
        "\x1b[31m", "x\u202ey",
    ],
)  # fmt: skip
def test_nothing_else_of_a_cell_is_changed(said: str) -> None:
    assert clean_text(said) == (said, "")


@pytest.mark.parametrize(
    ("unclean", "count", "where"),
    [(1, 2, "3"), (3, 6, "3, 4, 5"), (30, 60, "3, 4, 5…")],
)
def test_invisible_characters_are_told_once_with_their_number_and_first_rows(
    unclean: int, count: int, where: str, tmp_path: Path
) -> None:
    rows = [
        f"Dinas A;\u200bLayanan\u00ad {n};daring;;;;" for n in range(unclean)
    ]
    path = file(tmp_path, "x.csv", HEADER, "Dinas A;L;daring;;;;", *rows)
    [remark] = planned(empty(), path, mapping=CREATES).account.remarks
    assert remark.values == {
        "count": count,
        "names": "U+00AD, U+200B",
        "rows": where,
    }


def test_one_invisible_character_stops_nothing(tmp_path: Path) -> None:
    rows = [
        "Dinas A;Layanan 1;daring;;;;",
        "Dinas\u200b A;Lay\u00adanan 2;daring;;;;",
    ]
    path = file(tmp_path, "x.csv", HEADER.replace("Nama", "\u200bNama"), *rows)
    made = imported(empty(), path, mapping=CREATES)
    assert names(made) == ["Layanan 1", "Layanan 2"]
    assert len(made.opds) == 1


def test_what_turns_a_text_around_is_refused_still(tmp_path: Path) -> None:
    path = file(tmp_path, "x.csv", HEADER, "Dinas A;awas\u202egnp;daring;;;;")
    assert planned(empty(), path, mapping=CREATES).problems


@pytest.mark.parametrize(
    "word",
    ["NULL", "N/A", "n/a", "#N/A", "nihil", "Tidak ada", "-", "–", "None"],
)
def test_words_for_nothing_are_nothing_in_every_column(
    tmp_path: Path, word: str
) -> None:
    row = f"Dinas A;Layanan 1;{word};{word};{word};{word};{'-' if word == '–' else word}"
    made = imported(
        empty(), file(tmp_path, "x.csv", HEADER, row), mapping=CREATES
    )
    [service] = made.services.values()
    assert (service.volume, service.days, service.owner) == (None, None, "")


def test_words_for_nothing_are_told_with_their_number(tmp_path: Path) -> None:
    rows = [
        "Dinas A;L1;daring;NULL;nihil;belum;NULL",
        "Dinas A;L2;daring;-;5;;-",
    ]
    assert [count for _, count in remarks(tmp_path, *rows)] == [4]


def test_a_word_for_nothing_is_counted_in_the_first_column_too(
    tmp_path: Path,
) -> None:
    rows = ("Volume;OPD;Nama Layanan", "nihil;Dinas A;L1")
    path = file(tmp_path, "x.csv", *rows)
    made = planned(empty(), path, mapping=CREATES)
    [remark] = made.account.remarks
    assert remark.values["count"] == 1


def test_a_service_is_not_called_nothing(tmp_path: Path) -> None:
    path = file(tmp_path, "x.csv", HEADER, "Dinas A;NULL;daring;;;;")
    [problem] = planned(empty(), path, mapping=CREATES).problems
    assert problem.values["column"] == "Nama Layanan"


@pytest.mark.parametrize("dash", "‐‑‒–—−")
def test_any_dash_in_a_code_is_a_hyphen(dash: str) -> None:
    assert Reader().read(f"disduk{dash}01", ValueType.CODE) == "disduk-01"


def test_a_code_that_a_spreadsheet_has_shortened_is_doubted() -> None:
    for said in ("1,23E+11", "1.23e+15", "4E+10"):
        with pytest.raises(Rejected, match="shortened"):
            Reader().read(said, ValueType.CODE)
    assert Reader().read("2E-10", ValueType.CODE) == "2e-10"


@pytest.mark.parametrize("cell", ["36,4%", "40 %", Percent(36.4)])
@pytest.mark.parametrize(
    "holds", [ValueType.WHOLE, ValueType.VISITS, ValueType.DAYS]
)
def test_a_percentage_is_no_count(cell: str | float, holds: ValueType) -> None:
    with pytest.raises(Rejected, match="percentage"):
        Reader().read(cell, holds)
    assert Reader().read(cell, ValueType.NUMBER) == pytest.approx(36.4, abs=4)
