"""The made-up city keeps every rule, so that what is timed is what a city can have."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.city import TODAY, register
from tests.tracker.exchange.anything import told
from tests.tracker.exchange.test_round_trip import EMPTY
from tracker.actions.draft import Context
from tracker.actions.perform import plan
from tracker.exchange.exporting import export
from tracker.exchange.importing import plan_import
from tracker.exchange.options import ImportOptions
from tracker.rules import check_register

NOW = Context("rani", datetime(2026, 1, 1, tzinfo=UTC), TODAY)


@pytest.mark.parametrize("seed", range(5))
def test_a_made_up_city_keeps_every_rule(seed: int) -> None:
    assert check_register(register(300, 20, seed), TODAY) == []


def test_the_export_of_a_made_up_city_can_be_imported(tmp_path: Path) -> None:
    city = register(120, 10)
    export(city, tmp_path / "kota.json")
    planned = plan_import(EMPTY, [tmp_path / "kota.json"], ImportOptions(), NOW)
    assert [str(problem) for problem in planned.problems] == []
    commit = plan(EMPTY, planned.action, NOW)
    assert told(EMPTY.changed(commit.changes, commit.next_number)) == told(city)
