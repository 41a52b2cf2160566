from hypothesis import given
from hypothesis import strategies as st

from tracker.actions.codes import unique_code
from tracker.text import is_code


def test_a_code_tells_the_owner_and_the_name() -> None:
    assert unique_code("Izin  Praktik", ()) == "izin-praktik"
    assert unique_code("Izin Praktik", (), "dinkes") == "dinkes-izin-praktik"


def test_a_taken_code_is_told_apart_by_digits_that_are_the_same_every_time() -> (
    None
):
    first = unique_code("Izin praktik", {"izin-praktik"})
    assert first == unique_code("IZIN PRAKTIK", {"izin-praktik", "lain"})
    assert first.startswith("izin-praktik-")
    assert first != unique_code("Izin, praktik", {"izin-praktik"})
    assert first != unique_code("Izin praktik", {"izin-praktik", first})


def test_digits_of_three_lengths_are_tried() -> None:
    taken = {"izin"}
    for digits in (6, 12, 24):
        code = unique_code("Izin", taken)
        assert len(code) == len("izin-") + digits
        taken.add(code)
    assert len(unique_code("Izin", taken)) == 64


@given(st.text(max_size=90), st.sampled_from(["", "dinkes", "d" * 64]))
def test_whatever_the_name_it_is_a_code_and_not_its_owners(
    name: str, owner: str
) -> None:
    code = unique_code(name, (), owner)
    assert is_code(code)
    assert code != owner
    assert is_code(unique_code(name, {code}, owner))
