"""Every kind, every column and every effect of an import has its words."""

import pytest

from tracker.exchange.columns import COLUMNS
from tracker.exchange.labels import column_word, kind_word


def label(kind: str, name: str) -> str:
    return next(
        column_word(column) for column in COLUMNS[kind] if column.name == name
    )


def test_a_column_of_codes_is_called_so_and_one_that_refers_is_not() -> None:
    assert label("services", "service") == "Service code"
    assert label("applications", "application") == "Application code"
    assert label("moves", "service") == "Service"
    assert label("services", "application") == "Application"


@pytest.mark.parametrize("kind", COLUMNS)
def test_no_two_columns_of_a_kind_are_called_the_same(kind: str) -> None:
    words = [column_word(column) for column in COLUMNS[kind]]
    assert len(set(words)) == len(words)
    assert kind_word(kind) != kind
