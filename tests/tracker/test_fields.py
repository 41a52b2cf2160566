"""Every field of every fact is described once, and the description fits the model."""

from datetime import date, datetime
from typing import Any, get_type_hints

import pytest

from tracker.fields import (
    FACT_KINDS,
    REFERENCES,
    ChangedBy,
    ValueType,
    default_of,
    fields_changed_by,
    is_required,
)
from tracker.model import TABLES, Factor, ReminderLevel, Role, Stage

MADE_BY_THE_PROGRAM = {
    "city": {"illustrative", "today"},
    "snapshots": set(TABLES["snapshots"].__struct_fields__) - {"week"},
    "log": set(TABLES["log"].__struct_fields__) - {"why"},
}
PYTHON_TYPES: dict[ValueType, Any] = {
    ValueType.TEXT: str,
    ValueType.LINES: str,
    ValueType.LIST: tuple[str, ...],
    ValueType.CODE: str,
    ValueType.OPD: str,
    ValueType.SERVICE: str,
    ValueType.APPLICATION: str,
    ValueType.DATE: date,
    ValueType.WEEK: str,
    ValueType.STAGE: Stage,
    ValueType.FACTOR: Factor,
    ValueType.KIND: str,
    ValueType.REMINDER_LEVEL: ReminderLevel,
    ValueType.ROLE: Role,
    ValueType.NUMBER: float,
    ValueType.VISITS: float,
    ValueType.DAYS: float,
    ValueType.WHOLE: int,
    ValueType.YEAR: int,
    ValueType.YES: bool,
}


def test_every_table_has_a_description() -> None:
    assert FACT_KINDS.keys() == TABLES.keys()


@pytest.mark.parametrize("table", TABLES)
def test_every_field_is_described_and_no_other(table: str) -> None:
    typed = set(TABLES[table].__struct_fields__) - {"id", "recorded_at", "by"}
    described = set(FACT_KINDS[table].by_name)
    assert described == typed - MADE_BY_THE_PROGRAM.get(table, set())


@pytest.mark.parametrize("table", TABLES)
def test_a_described_type_is_the_models(table: str) -> None:
    # Without the bounds that are checked of a number as it is read.
    types = get_type_hints(TABLES[table])
    for field in FACT_KINDS[table].by_name.values():
        described = PYTHON_TYPES[field.type]
        assert types[field.name] in (described, described | None), field.name


@pytest.mark.parametrize("table", TABLES)
def test_no_two_fields_of_a_kind_are_called_the_same(table: str) -> None:
    fields = FACT_KINDS[table].by_name.values()
    assert len({field.label for field in fields}) == len(fields)
    headers = [field.column or field.name for field in FACT_KINDS[table].fields]
    assert len(set(headers)) == len(headers)


def test_a_key_refers_to_a_table() -> None:
    assert REFERENCES["services"] == {
        "opd": "opds",
        "application": "applications",
    }
    assert REFERENCES["transfers"] == {"service": "services", "opd": "opds"}
    assert {
        target for fields in REFERENCES.values() for target in fields.values()
    } <= {*TABLES}


@pytest.mark.parametrize("table", TABLES)
def test_what_dates_a_kind_is_one_of_its_dates(table: str) -> None:
    kind = FACT_KINDS[table]
    assert not kind.day or kind.by_name[kind.day].type is ValueType.DATE


def test_nobody_moves_an_entry_to_another_service() -> None:
    for kind in FACT_KINDS.values():
        service = kind.by_name.get("service")
        assert service is None or service.changed_by is ChangedBy.NOBODY


def test_a_stage_cannot_be_emptied_though_it_may_be_left_out() -> None:
    stage = FACT_KINDS["services"].by_name["stage"]
    assert default_of("services", "stage") is Stage.CONVENTIONAL
    assert is_required("services", stage)


def test_an_edit_changes_what_is_not_dated() -> None:
    edited = {
        field.name for field in fields_changed_by("services", ChangedBy.EDIT)
    }
    assert {"name", "volume", "tags"} <= edited
    assert not edited & {"stage", "registered_on", "visits", "days"}


@pytest.mark.parametrize("table", TABLES)
def test_every_number_and_moment_of_a_fact_is_bounded(table: str) -> None:
    """Calculations rely on it, and only the type says it to whatever reads a file."""
    bounded = get_type_hints(TABLES[table], include_extras=True)
    for name, plain in get_type_hints(TABLES[table]).items():
        for number in (int, float, datetime):
            if plain in (number, number | None):
                assert "Meta(" in repr(bounded[name]), name
