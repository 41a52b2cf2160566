"""``merge`` on the command line: copies of one file, told before and asked where both changed the same."""

import json
import shlex
import shutil
from pathlib import Path

import pytest

from tests.tracker.cli.terminal import Terminal


@pytest.fixture
def copy(city: Terminal) -> Path:
    """A copy of the register in which Budi moved a service and named its owner."""
    path = city.folder / "salinan.json"
    shutil.copy(city.db, path)
    office, city.db, city.by = city.db, path, "Budi"
    city.ok("move", "kir", "online", "--on", "2026-11-10")
    city.ok("service", "edit", "kir", "--owner", "Pak Adi")
    city.db, city.by = office, "Rani"
    return path


@pytest.fixture
def disputed(city: Terminal, copy: Path) -> Path:
    """The copy, while in the office another owner was named."""
    city.ok("service", "edit", "kir", "--owner", "Bu Sri")
    return copy


def test_what_a_copy_holds_is_brought_in_and_taken_back_as_one(
    city: Terminal, copy: Path
) -> None:
    said = city.ok("merge", str(copy))
    assert said.splitlines() == [
        "salinan.json: 2 new actions: Budi (2)",
        "Brought in, as one action: one `undo` takes it back.",
    ]
    assert city.json("service", "list", "--opd", "dishub")[0]["stage"] == (
        "online"
    )
    assert [one["by"] for one in city.json("log", "--last", "3")] == [
        "Rani",
        "Budi",
        "Budi",
    ]
    assert "Taken back: copies merged" in city.ok("undo")
    assert city.json("service", "list", "--opd", "dishub")[0]["stage"] == (
        "conventional"
    )


def test_a_dry_run_tells_each_action_and_changes_nothing(
    city: Terminal, copy: Path
) -> None:
    before = city.db.read_bytes()
    said = city.ok("merge", str(copy), "--dry-run")
    assert "Budi · moved to a stage" in said
    assert "owner – → Pak Adi" in said
    assert said.endswith("Nothing was changed.\n")
    assert city.db.read_bytes() == before


def test_again_it_changes_nothing(city: Terminal, copy: Path) -> None:
    city.ok("merge", str(copy))
    before = city.db.read_bytes()
    said = city.ok("merge", str(copy))
    assert "Nothing differs: it stands so already." in said
    assert city.db.read_bytes() == before


def test_what_both_changed_is_asked_with_both_values(
    city: Terminal, disputed: Path
) -> None:
    said = city("merge", str(disputed))
    assert said.code == 1
    assert "“Bu Sri” here (Rani," in said.err
    assert "“Pak Adi” there (Budi," in said.err
    assert "Questions are open (1)" in said.err


@pytest.fixture
def doubled(city: Terminal, copy: Path) -> Path:
    """The copy, while a service that it entered too was entered in the office under another OPD."""
    office, city.db, city.by = city.db, copy, "Budi"
    city.ok("service", "add", "dinkes", "Izin apotek", "--code", "apotek")
    city.db, city.by = office, "Rani"
    city.ok(
        "service",
        "add",
        "dishub",
        "Izin toko obat",
        "--code",
        "apotek",
    )
    return copy


def test_what_may_be_one_is_shown_from_both_sides_and_asked(
    city: Terminal, doubled: Path
) -> None:
    said = city("merge", str(doubled))
    assert said.code == 1
    question = said.err.splitlines()[0]
    assert question.startswith("double:apotek: ")
    assert (
        "“Izin toko obat” (apotek, dishub) was entered here (Rani," in question
    )
    assert "“Izin apotek” (apotek, dinkes) there (Budi," in question
    assert question.endswith("are they one?")


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        ("one", {"Izin apotek"}),
        ("two", {"Izin apotek", "Izin toko obat"}),
    ],
)
def test_what_may_be_one_becomes_what_is_answered(
    city: Terminal, doubled: Path, answer: str, names: set[str]
) -> None:
    form = city.folder / "jawaban.toml"
    city.ok("merge", str(doubled), "--dry-run", "--answers", str(form))
    text = form.read_text()
    assert '"double:apotek" = ""' in text
    text = text.replace('"double:apotek" = ""', f'"double:apotek" = "{answer}"')
    form.write_text(f'{text}\nchanged = "there"\n')
    said = city.ok("merge", str(doubled), "--answers", str(form))
    assert ("its code was given twice" in said) == (answer == "two")
    entered = {one["name"] for one in city.json("service", "list")}
    assert {
        name for name in entered if "apotek" in name or "toko" in name
    } == names
    again = city.ok("merge", str(doubled), "--answers", str(form))
    assert "Nothing differs" in again


@pytest.fixture
def two_disputed(city: Terminal, disputed: Path) -> list[Path]:
    """Two copies under one name, each with another owner than the office has."""
    folder = city.folder / "dari-ani"
    folder.mkdir()
    other = folder / disputed.name
    shutil.copy(disputed, other)
    office, city.db, city.by = city.db, other, "Ani"
    city.ok("service", "edit", "kir", "--owner", "Bu Tuti")
    city.db, city.by = office, "Rani"
    return [disputed, other]


def test_each_of_several_copies_is_asked_about_with_its_own_value(
    city: Terminal, two_disputed: list[Path]
) -> None:
    files = [str(path) for path in two_disputed]
    form = city.folder / "jawaban.toml"
    said = city.ok("merge", *files, "--dry-run", "--answers", str(form))
    first, second = (
        line for line in said.splitlines() if "changed:kir:owner" in line
    )
    assert first.strip().startswith("changed:kir:owner @ salinan.json 1: ")
    assert "“Pak Adi” there" in first
    assert second.strip().startswith("changed:kir:owner @ salinan.json 2: ")
    assert "“Bu Tuti” there" in second
    text = form.read_text()
    for number, answer in ((1, "here"), (2, "there")):
        key = f'"changed:kir:owner @ salinan.json {number}" = '
        assert f'{key}""' in text
        text = text.replace(f'{key}""', f'{key}"{answer}"')
    form.write_text(text)
    city.ok("merge", *files, "--answers", str(form))
    (service,) = city.json("service", "list", "--opd", "dishub")
    assert service["owner"] == "Bu Tuti"


def test_one_answer_may_still_be_given_for_all_copies(
    city: Terminal, two_disputed: list[Path]
) -> None:
    form = city.folder / "jawaban.toml"
    form.write_text('changed = "there"\n')
    files = [str(path) for path in two_disputed]
    city.ok("merge", *files, "--answers", str(form))
    (service,) = city.json("service", "list", "--opd", "dishub")
    assert service["owner"] == "Bu Tuti"


def test_a_dry_run_writes_the_form_that_answers(
    city: Terminal, disputed: Path
) -> None:
    form = city.folder / "jawaban.toml"
    city.ok("merge", str(disputed), "--dry-run", "--answers", str(form))
    text = form.read_text()
    assert '"changed:kir:owner" = ""' in text
    form.write_text(text.replace('owner" = ""', 'owner" = "there"'))
    city.ok("merge", str(disputed), "--answers", str(form))
    (service,) = city.json("service", "list", "--opd", "dishub")
    assert service["owner"] == "Pak Adi"


def test_only_what_concerns_an_opd_is_taken(city: Terminal, copy: Path) -> None:
    said = city.ok("merge", str(copy), "--opd", "dinkes")
    assert "2 actions concern others too and were left." in said


def test_the_register_itself_and_other_files_are_refused(
    city: Terminal,
) -> None:
    assert "is the register itself" in city.refused("merge", str(city.db))
    said = city("merge", str(city.folder / "tiada.json"))
    assert said.code == 4


def test_import_of_a_copy_says_what_to_type(city: Terminal, copy: Path) -> None:
    copy = copy.rename(copy.with_name("salinan (Budi).json"))
    said = city.refused("import", str(copy))
    command = said.partition("`opd-tracker ")[2].partition("`")[0]
    assert "Budi (2)" in city.ok(*shlex.split(command))


def export_of(city: Terminal, register: Path) -> Path:
    """Return the JSON export of a register."""
    office, city.db = city.db, register
    city.ok("export", f"{register.stem}-ekspor.json")
    city.db = office
    return city.folder / f"{register.stem}-ekspor.json"


def test_import_of_a_copys_export_points_to_merge(
    city: Terminal, copy: Path
) -> None:
    export = export_of(city, copy)
    before = city.db.read_bytes()
    said = city("import", str(export))
    assert said.code == 1
    assert "exported from another copy of this register" in said.err
    assert "in which Budi worked" in said.err
    assert "`opd-tracker merge FILE`" in said.err
    assert city.db.read_bytes() == before


@pytest.mark.parametrize(
    ("answer", "owner"), [("skip", ""), ("enter", "Pak Adi")]
)
def test_a_copys_export_is_left_out_or_entered_all_the_same(
    city: Terminal, copy: Path, answer: str, owner: str
) -> None:
    form = city.folder / "jawaban.toml"
    form.write_text(f'copy = "{answer}"\n')
    city.ok("import", str(export_of(city, copy)), "--answers", str(form))
    (service,) = city.json("service", "list", "--opd", "dishub")
    assert service["owner"] == owner


@pytest.mark.parametrize("taken_back", [False, True])
def test_a_copys_export_is_asked_about_unless_the_copy_is_merged(
    city: Terminal, copy: Path, taken_back: bool
) -> None:
    export = export_of(city, copy)
    city.ok("merge", str(copy))
    if taken_back:
        city.ok("undo")
    city.ok("service", "edit", "kir", "--name", "Uji kir")
    said = city("import", str(export))
    assert ("another copy" in said.err) == taken_back


@pytest.mark.parametrize(
    "moment",
    ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2026-11-01T10:00:00"],
)
def test_an_export_that_tells_an_impossible_moment_is_as_one_that_tells_none(
    city: Terminal, copy: Path, moment: str
) -> None:
    export = export_of(city, copy)
    told = json.loads(export.read_bytes())
    told["register"]["recorded_at"] = moment
    export.write_text(json.dumps(told))
    city.ok("import", str(export), "--dry-run")


def test_an_older_export_of_the_register_itself_is_imported(
    city: Terminal,
) -> None:
    export = export_of(city, city.db)
    city.ok("service", "edit", "kir", "--owner", "Bu Sri")
    city.ok("import", str(export))


def test_a_member_of_an_opd_is_told_who_merges_what_others_did(
    city: Terminal, copy: Path
) -> None:
    city.ok("member", "set", "Rani", "coordinator")
    city.ok("member", "set", "Ani", "opd", "--opd", "dishub")
    city.by = "Ani"
    said = city.refused("merge", str(copy), "--dry-run")
    assert "actions of Budi" in said
    assert "a coordinator merges it" in said
    city.by = "Rani"
    city.ok("merge", str(copy))


def test_an_answer_that_is_none_is_named_with_those_that_are(
    city: Terminal, disputed: Path
) -> None:
    answers = city.folder / "answers.toml"
    answers.write_text('[answers]\n"changed:kir:owner" = "zwei"\n')
    said = city.refused("merge", str(disputed), "--answers", str(answers))
    assert (
        "“zwei” does not answer “changed:kir:owner”: write one of here, there."
        in said
    )


@pytest.mark.parametrize(
    ("language", "here", "there"), [("en", "1.25", "1"), ("id", "1,25", "1")]
)
def test_numbers_in_question_are_shown_as_they_are_kept(
    city: Terminal, copy: Path, language: str, here: str, there: str
) -> None:
    number = city.json("service", "show", "kir")["facts"][0]["id"]
    city.ok("correct", number, "--days", "1.25")
    office, city.db = city.db, copy
    city.ok("correct", number, "--days", "1")
    city.db, city.language = office, language
    said = city("merge", str(copy))
    assert f"“{here}”" in said.err
    assert f"“{there}”" in said.err
