"""An export, imported into an empty register, gives the same register; imported twice, it changes nothing."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings

from tests.depth import examples
from tests.tracker.builder import Builder
from tests.tracker.exchange.anything import of_every_kind, registers, told
from tracker.actions.draft import Context
from tracker.actions.perform import plan
from tracker.exchange.columns import KINDS
from tracker.exchange.exporting import export
from tracker.exchange.importing import ImportPlan, plan_import
from tracker.exchange.options import ImportOptions
from tracker.model import StoredSnapshot
from tracker.register import Register

NOW = Context(
    "kordinator", datetime(2026, 11, 22, tzinfo=UTC), date(2026, 11, 22)
)
EMPTY = Builder("Kota", portal="Pintu").register
OF_EVERY_KIND = of_every_kind()


def imported(register: Register, plan_made: ImportPlan) -> Register:
    assert [str(problem) for problem in plan_made.problems] == []
    assert plan_made.questions == ()
    commit = plan(register, plan_made.action, NOW)
    return register.changed(commit.changes, commit.next_number)


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
@settings(
    max_examples=examples(3, 16),
    suppress_health_check=list(HealthCheck),
)
@given(register=registers())
@example(register=OF_EVERY_KIND)
def test_everything_survives(
    form: str, register: Register, tmp_path_factory: pytest.TempPathFactory
) -> None:
    there: Path = tmp_path_factory.mktemp("export") / f"kota.{form}"
    export(register, there, form)
    back = imported(EMPTY, plan_import(EMPTY, [there], ImportOptions(), NOW))
    assert told(back) == told(register)
    again = plan_import(back, [there], ImportOptions(), NOW)
    assert again.changes_nothing
    assert plan_import(register, [there], ImportOptions(), NOW).changes_nothing


def test_what_survives_is_of_every_kind_that_files_carry() -> None:
    assert all(OF_EVERY_KIND.table(kind) for kind in KINDS)


def test_settings_and_snapshots_travel_in_json(tmp_path: Path) -> None:
    city = Builder(
        "Bandung", goal="2027-12-31", timezone="Asia/Makassar", stalled_after=50
    )
    opd = city.opd("dinkes")
    snapshot = StoredSnapshot(
        id="x-9", recorded_at=NOW.now, by="ani", week="2026-W02", as_of=date(2026, 1, 11), final=True,
        figures={"city": [1, None], opd: [3, 4], "lama": [5, 6]},
    )  # fmt: skip
    register = city.register.changed({"snapshots": {snapshot.id: snapshot}})
    export(register, tmp_path / "kota.json")
    empty = Builder("Lain").register
    back = imported(
        empty,
        plan_import(empty, [tmp_path / "kota.json"], ImportOptions(), NOW),
    )
    assert told(back, settings=True) == told(register, settings=True)
    [kept] = back.snapshots.values()
    assert kept.figures == {
        "city": [1, None],
        back.opd_codes["dinkes"].id: [3, 4],
        "lama": [5, 6],
    }


@pytest.mark.parametrize("is_there", [False, True])
def test_an_opd_brings_a_kind_that_the_register_does_not_have(
    is_there: bool, tmp_path: Path
) -> None:
    ours, theirs = Builder(), Builder(kinds=("UPT Daerah",))
    theirs.opd("puskesmas", kind="UPT Daerah")
    if is_there:
        ours.opd("puskesmas")
    export(theirs.register, tmp_path / "opds.json")
    made = plan_import(
        ours.register, [tmp_path / "opds.json"], ImportOptions(), NOW
    )
    register = imported(ours.register, made)
    assert register.only_city.kinds == ("UPT Daerah",)
    assert register.opd_codes["puskesmas"].kind == "UPT Daerah"


def test_a_register_in_use_keeps_its_own_settings(tmp_path: Path) -> None:
    export(Builder("Bandung").register, tmp_path / "kota.json")
    own = Builder("Cimahi", portal="Simpel")
    own.opd("dinkes")
    assert plan_import(
        own.register, [tmp_path / "kota.json"], ImportOptions(), NOW
    ).changes_nothing


def test_an_agency_may_be_called_by_a_number(tmp_path: Path) -> None:
    city = Builder()
    city.opd("puskesmas-1", name="1")
    city.opd("puskesmas-2", name="2")
    export(city.register, tmp_path / "kota", "csv")
    made = plan_import(EMPTY, [tmp_path / "kota"], ImportOptions(), NOW)
    assert told(imported(EMPTY, made)) == told(city.register)


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_an_opd_whose_opening_is_reopened_keeps_its_history(
    form: str, tmp_path: Path
) -> None:
    city = Builder("Kota", portal="Pintu")
    city.opd("dinkes", reopened=True)
    city.service("izin", "dinkes", "2026-01-05")
    city.move("izin", "2026-02-02", "online")
    export(city.register, tmp_path / f"kota.{form}", form)
    plan_made = plan_import(
        EMPTY, [tmp_path / f"kota.{form}"], ImportOptions(), NOW
    )
    back = imported(EMPTY, plan_made)
    assert back.opd_codes["dinkes"].reopened
    assert told(back) == told(city.register)
