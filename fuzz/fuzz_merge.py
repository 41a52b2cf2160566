"""Random copies of a register, merged in both directions and in every order. See README.md."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import atheris
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.errors import UnsatisfiedAssumption

sys.path.insert(0, str(Path(__file__).parents[1]))
with atheris.instrument_imports(include=["tracker"]):
    from tests.tracker.merge import test_promises as promises
    from tracker.merge.conflicts import Kinship

PROMISES: tuple[Any, ...] = (
    promises.test_both_directions_give_the_same_facts,
    promises.test_merging_again_changes_nothing,
    promises.test_every_rule_holds_afterwards,
    promises.test_a_merge_is_taken_back_as_one_and_done_again,
    promises.test_an_author_can_still_take_back_what_they_did_in_a_copy,
)

ORDER: Any = (
    promises.test_nor_does_it_where_contradictions_are_answered_by_one_rule
)


@given(
    promises.DEEDS,
    promises.DEEDS,
    promises.QUARRELS,
    promises.KINSHIPS,
    st.booleans(),
)
def keep_promises(
    one: promises.Deeds,
    other: promises.Deeds,
    third: promises.Deeds,
    kinship: Kinship,
    keeps: bool,
) -> None:
    """Raise if a merge of what was done in two copies breaks a promise."""
    for promise in PROMISES:
        with suppress(UnsatisfiedAssumption):
            promise.hypothesis.inner_test(one, other, kinship)
    with suppress(UnsatisfiedAssumption):
        ORDER.hypothesis.inner_test(one, other, third, kinship, keeps)


def main() -> None:
    """Try what libFuzzer thinks of, until a merge breaks one of its promises."""
    tried: Any = keep_promises
    atheris.Setup(sys.argv, tried.hypothesis.fuzz_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
