"""A figure that is worked out when it is first looked at."""

import msgspec
import pytest

from tracker.metrics.later import Later, work_out


def test_a_value_is_worked_out_once_and_not_before_it_is_asked_for() -> None:
    made: list[str] = []

    def make() -> int:
        made.append("once")
        return 7

    later = Later(make)
    assert made == []
    assert (later.value, later.value, made) == (7, 7, ["once"])


def test_two_are_equal_if_their_values_are() -> None:
    assert Later(lambda: 1) == Later(lambda: 1)
    assert Later(lambda: 1) != Later(lambda: 2)
    assert Later(lambda: 1) != 1


def test_it_is_written_as_its_value() -> None:
    assert msgspec.json.encode([Later(lambda: 1)], enc_hook=work_out) == b"[1]"
    with pytest.raises(NotImplementedError):
        msgspec.json.encode([object()], enc_hook=work_out)
