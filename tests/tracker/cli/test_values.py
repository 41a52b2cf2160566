"""Values as they are typed: what is read at once means what the whole reader of files makes of it."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.cli.values import read_day, read_stage
from tracker.errors import UserError
from tracker.exchange.parsing.values import Reader
from tracker.model import Stage

ZONE = "Asia/Jakarta"


def read_or_refuse(read: Callable[[str], Any], text: str) -> Any:
    """Return what ``read`` makes of a text, or the message by which it refuses it."""
    try:
        return read(text)
    except UserError as error:
        return error.msgid, error.values


def draw_day_texts() -> st.SearchStrategy[str]:
    """Draw texts that are days, or nearly."""
    forms = st.sampled_from(
        (
            "{:04d}-{:02d}-{:02d}",
            "{:04d}{:02d}{:02d}",
            "{}-{}-{}",
            "{:04d}-W{:02d}-{}",
            "{:04d}W{:02d}{}",
            "{:04d}/{:02d}/{:02d}",
            "{:04d}-{:02d}-{:02d}T20:00Z",
            " {:04d}-{:02d}-{:02d}",
        )
    )
    numbers = st.tuples(
        st.integers(0, 99_999), st.integers(0, 14), st.integers(0, 33)
    )
    written = st.builds(lambda form, n: form.format(*n), forms, numbers)
    near = st.text("0123456789-W T:Z", max_size=12)
    return st.one_of(written, near)


@given(draw_day_texts())
@example("5483030417")
@example("2026-11-19")
@example("2026-W47-4")
@pytest.mark.deeper
def test_a_day_is_read_as_files_are(text: str) -> None:
    told = read_or_refuse(Reader(timezone=ZONE).day, text)
    assert read_or_refuse(lambda typed: read_day(typed, ZONE), text) == told


@pytest.mark.parametrize(
    "text", [*Stage, "Daring", " ONLINE ", "sadayana", "entah", ""]
)
@pytest.mark.parametrize("portal", ["", "Sadayana", "Online"])
def test_a_stage_is_read_as_files_are(text: str, portal: str) -> None:
    told = read_or_refuse(Reader(portal).stage, text)
    assert read_or_refuse(lambda typed: read_stage(typed, portal), text) == told
