"""An answer once given is found again: the same file a second time changes nothing."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from tests.depth import examples
from tests.tracker.builder import Builder
from tests.tracker.exchange.importing import after, planned
from tracker.exchange.importing import ImportPlan
from tracker.exchange.questions import SKIP
from tracker.register import Register

DAYS = (date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1))
NAMES = (
    "Imunisasi",
    "Izin Praktik",
    "Izin Praktek",
    "Izin-Praktik",
    "Surat Pindah",
    "PPDB Kota",
)
CODES = ("a", "b", "c", "", "")
OPDS = ("dinkes", "disdik", "camat")

Row = tuple[str, str, str, str]
rows = st.lists(
    st.tuples(
        st.sampled_from(CODES),
        st.sampled_from(OPDS),
        st.sampled_from(NAMES),
        st.sampled_from(("manual", "daring", "terpadu")),
    ),
    max_size=6,
)


def city() -> Register:
    builder = Builder()
    for code in OPDS:
        builder.opd(code, name=f"Dinas {code.title()}")
    return builder.register


def answer_all(
    register: Register,
    path: Path,
    draw: Any,
    answers: dict[str, str],
    **options: Any,
) -> ImportPlan:
    """Answer questions by chance until none is left."""
    made = planned(register, path, answers=answers, **options)
    for _ in range(20):
        if not made.questions:
            break
        for question in made.questions:
            offered = [candidate.answer for candidate in question.candidates]
            answers[question.key] = draw(st.sampled_from(offered))
        made = planned(register, path, answers=answers, **options)
    note(f"answers {answers}")
    return made


def write(folder: str, listed: list[Row]) -> Path:
    path = Path(folder) / "layanan.csv"
    lines = ["kode_layanan,opd,nama,tahap", *(",".join(row) for row in listed)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def row_counts(made: ImportPlan) -> int:
    """Return how many rows the report accounts for."""
    accounted = (
        "new",
        "changed",
        "unchanged",
        "repeated",
        "skipped",
        "left out",
        "open",
    )
    return sum(
        count
        for what, count in made.counts.get("services", {}).items()
        if what in accounted
    )


@settings(max_examples=examples(12, 120))
@given(
    st.lists(rows, min_size=1, max_size=3),
    st.booleans(),
    st.booleans(),
    st.data(),
)
def test_the_second_import_of_a_file_changes_nothing(
    inventories: list[list[Row]], dated: bool, retire: bool, data: st.DataObject
) -> None:
    register = city()
    with TemporaryDirectory() as folder:
        for day, listed in zip(DAYS, inventories, strict=False):
            path = write(folder, listed)
            note(f"{day} {listed}")
            options: dict[str, Any] = {"as_of": day} if dated else {}
            if dated:
                options["retire_missing"] = retire
            answers: dict[str, str] = {}
            made = answer_all(register, path, data.draw, answers, **options)
            if made.problems or made.questions:
                return
            assert row_counts(made) == len(listed)
            register = after(register, made)

            again = planned(register, path, answers=answers, **options)
            assert [str(problem) for problem in again.problems] == []
            assert again.changes_nothing
            assert row_counts(again) == len(listed)

            unanswered = planned(register, path, **options)
            asked = {q.key for q in unanswered.questions if q.sort != "scope"}
            # What was left out, and whether a list is the whole city's, is asked each time.
            assert SKIP in answers.values() or not asked


def test_a_row_left_out_stays_out_when_its_code_has_become_free(
    tmp_path: Path,
) -> None:
    path = write(str(tmp_path), [("b", "dinkes", "Izin Praktek", "manual")])
    register = after(city(), planned(city(), path, as_of=DAYS[0]))
    listed = [
        ("b", "dinkes", "Imunisasi", "manual"),
        ("a", "disdik", "Izin Praktek", "manual"),
    ]
    path = write(str(tmp_path), listed)
    answers = {"renamed:services/b": SKIP, "transferred:services/a": "same"}
    made = planned(register, path, as_of=DAYS[1], answers=answers)
    register = after(register, made)
    assert [service.code for service in register.services.values()] == ["a"]
    again = planned(register, path, as_of=DAYS[1], answers=answers)
    assert again.changes_nothing


@pytest.fixture
def vaccinating(tmp_path: Path) -> Register:
    """A city in which one service is registered."""
    path = write(str(tmp_path), [("a", "dinkes", "Imunisasi", "manual")])
    return after(city(), planned(city(), path))


NOT_B = {"recoded:services/b": SKIP}


def test_a_code_that_is_left_out_stays_out_in_every_row_of_it(
    vaccinating: Register, tmp_path: Path
) -> None:
    listed = [
        ("b", "dinkes", "Imunisasi", "manual"),
        ("a", "dinkes", "Imunisasi", "manual"),
        ("b", "dinkes", "Imunisasi", "daring"),
    ]
    left_out = planned(vaccinating, write(str(tmp_path), listed), answers=NOT_B)
    assert left_out.counts["services"] == {"skipped": 2, "unchanged": 1}
    assert left_out.changes_nothing


def test_a_code_left_out_stays_out_when_its_name_is_another_ones(
    vaccinating: Register, tmp_path: Path
) -> None:
    listed = [
        ("b", "dinkes", "Imunisasi", "manual"),
        ("a", "dinkes", "Izin Praktik", "manual"),
    ]
    path = write(str(tmp_path), listed)
    register = after(vaccinating, planned(vaccinating, path, answers=NOT_B))
    assert [service.code for service in register.services.values()] == ["a"]
    assert planned(register, path, answers=NOT_B).changes_nothing
