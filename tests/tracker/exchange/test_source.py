"""What an export tells of the register that it comes from."""

import pytest

from tracker.exchange.source import read_source


@pytest.mark.parametrize(
    ("recorded_at", "is_read"),
    [
        ("1944-12-31T12:00:00Z", False),
        ("1945-01-01T12:00:00Z", True),
        ("2199-12-31T12:00:00Z", True),
        ("2200-01-01T12:00:00Z", False),
        ("2026-11-20", False),
    ],
)
def test_a_last_action_out_of_reach_is_none(
    recorded_at: str, is_read: bool
) -> None:
    told = {"prefix": "x", "last_action": "x-0000009", "by": "Rani"}
    found = read_source({**told, "recorded_at": recorded_at})
    assert (found is not None) is is_read
    assert read_source(told) is None
