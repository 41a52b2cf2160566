"""The shipped catalogue holds together: codes, references, names and spelling."""

import csv
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "data" / "bandung"
HEADERS = {
    "opds.csv": "code,name,kind,aliases,contact",
    "services.csv": "opd,name,service,tags,visits,days,application",
    "common.csv": "kind,name,service,tags",
    "applications.csv": "name,application,opd,url",
    "milestones.csv": "date,text,method_break",
    "evaluations.csv": "instrument,year,score,improvement,target,rank,source",
}
KINDS = {
    "sekretariat",
    "dinas",
    "badan",
    "inspektorat",
    "kecamatan",
    "kelurahan",
    "rumah-sakit",
    "lainnya",
}
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Row = dict[str, str]


def rows(file: str) -> list[Row]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text, strict=True))


def column(file: str, name: str) -> list[str]:
    return [row[name] for row in rows(file)]


def parts(cell: str) -> list[str]:
    return cell.split(";") if cell else []


def expanded() -> list[tuple[str, str, str]]:
    """Return OPD, code and name of every service, the common ones made for each OPD of their kind."""
    own = [
        (row["opd"], row["service"], row["name"])
        for row in rows("services.csv")
    ]
    common = [
        (opd["code"], f"{opd['code']}-{row['service']}", row["name"])
        for row in rows("common.csv")
        for opd in rows("opds.csv")
        if opd["kind"] == row["kind"]
    ]
    return own + common


def repeated(values: list[str]) -> list[str]:
    return [
        value
        for value, count in Counter(
            value.casefold() for value in values
        ).items()
        if count > 1
    ]


@pytest.mark.parametrize("file", HEADERS)
def test_file_is_plain_csv_with_its_header(file: str) -> None:
    content = (FOLDER / file).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert content.decode("utf-8").splitlines()[0] == HEADERS[file]
    assert all(
        None not in row and None not in row.values() for row in rows(file)
    )


@pytest.mark.parametrize("file", HEADERS)
def test_cells_are_clean(file: str) -> None:
    for row in rows(file):
        for cell in row.values():
            assert cell == " ".join(cell.split()), cell
            assert not any(
                unicodedata.category(sign).startswith("C") for sign in cell
            ), cell
            assert cell == unicodedata.normalize("NFC", cell), cell


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("opds.csv", "code"),
        ("services.csv", "service"),
        ("applications.csv", "application"),
    ],
)
def test_codes_are_codes_and_unique(file: str, name: str) -> None:
    codes = column(file, name)
    assert repeated(codes) == []
    assert [
        code for code in codes if not CODE.fullmatch(code) or len(code) > 64
    ] == []


def test_codes_stay_unique_and_short_once_expanded() -> None:
    codes = [code for _, code, _ in expanded()]
    assert repeated(codes) == []
    assert [
        code for code in codes if not CODE.fullmatch(code) or len(code) > 64
    ] == []


def test_code_of_a_service_begins_with_its_opd() -> None:
    assert [
        row
        for row in rows("services.csv")
        if not row["service"].startswith(row["opd"] + "-")
    ] == []


def test_kinds_are_known() -> None:
    assert set(column("opds.csv", "kind")) <= KINDS
    assert set(column("common.csv", "kind")) <= set(column("opds.csv", "kind"))


def test_every_opd_referred_to_is_listed() -> None:
    opds = set(column("opds.csv", "code"))
    assert set(column("services.csv", "opd")) <= opds
    assert set(column("applications.csv", "opd")) - {""} <= opds


def test_every_application_referred_to_is_listed() -> None:
    applications = set(column("applications.csv", "application"))
    assert set(column("services.csv", "application")) - {""} <= applications


def test_bandung_has_thirty_kecamatan() -> None:
    kecamatan = [row for row in rows("opds.csv") if row["kind"] == "kecamatan"]
    assert len(kecamatan) == 30
    assert all(row["code"].startswith("kecamatan-") for row in kecamatan)
    assert all(row["name"].startswith("Kecamatan ") for row in kecamatan)


def test_every_opd_offers_something() -> None:
    assert {opd for opd, _, _ in expanded()} == set(column("opds.csv", "code"))


def test_there_are_at_least_four_hundred_different_names() -> None:
    names = column("services.csv", "name")
    assert repeated(names) == []
    assert len(names) >= 400
    assert repeated(names + column("common.csv", "name")) == []


def test_no_opd_has_a_name_twice() -> None:
    assert repeated([f"{opd} {name}" for opd, _, name in expanded()]) == []


def test_what_an_opd_is_called_means_one_opd() -> None:
    called: list[str] = []
    for row in rows("opds.csv"):
        names = (row["code"], row["name"], *parts(row["aliases"]))
        called += {re.sub(r"[^a-z0-9]", "", name.casefold()) for name in names}
    assert repeated(called) == []


def test_aliases_and_tags_are_not_empty_or_doubled() -> None:
    lists = [
        *column("opds.csv", "aliases"),
        *column("services.csv", "tags"),
        *column("common.csv", "tags"),
    ]
    for cell in lists:
        assert all(part and part == part.strip() for part in parts(cell)), cell
        assert repeated(parts(cell)) == [], cell


def test_tags_are_a_small_set_each_of_use() -> None:
    tags = Counter(
        tag for cell in column("services.csv", "tags") for tag in parts(cell)
    )
    assert len(tags) <= 40
    assert [
        tag
        for tag, count in tags.items()
        if count < 3 or not CODE.fullmatch(tag)
    ] == []
    assert {
        tag for cell in column("common.csv", "tags") for tag in parts(cell)
    } <= set(tags)


def test_nothing_is_claimed_that_is_not_known() -> None:
    assert (
        set(column("services.csv", "visits"))
        == set(column("services.csv", "days"))
        == {""}
    )
    assert set(column("opds.csv", "contact")) == {""}


def test_addresses_are_addresses() -> None:
    assert [
        url
        for url in column("applications.csv", "url")
        if url and not url.startswith("https://")
    ] == []


def test_milestones_have_a_day_and_a_source() -> None:
    for row in rows("milestones.csv"):
        assert date.fromisoformat(row["date"]).isoformat() == row["date"]
        assert " — " in row["text"]
        assert row["method_break"] in {"ya", "tidak"}


def test_evaluations_have_a_year_and_a_source_and_are_told_once() -> None:
    evaluations = rows("evaluations.csv")
    assert (
        repeated([f"{row['instrument']} {row['year']}" for row in evaluations])
        == []
    )
    for row in evaluations:
        assert re.fullmatch(r"20\d\d", row["year"])
        assert row["source"]
        assert row["score"] or row["target"]
        for name in ("score", "improvement", "target"):
            assert re.fullmatch(r"(\d\.\d\d)?", row[name])


def test_published_improvement_agrees_with_the_year_before() -> None:
    scores = {
        (row["instrument"], int(row["year"])): row["score"]
        for row in rows("evaluations.csv")
    }
    for row in rows("evaluations.csv"):
        before = scores.get((row["instrument"], int(row["year"]) - 1))
        if row["improvement"] and before:
            assert float(row["score"]) - float(before) == pytest.approx(
                float(row["improvement"])
            )
