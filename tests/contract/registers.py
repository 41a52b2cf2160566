"""When two registers are the same, down to the order of their facts, and whether the indexes are right."""

from tracker.indexes import INDEXES, UNTOUCHED_BY_OTHERS
from tracker.model import TABLES
from tracker.register import Register


def is_kept_alike(one: Register, other: Register) -> bool:
    """Tell whether two registers hold the same, in the same order, and give the same key next."""
    return (one.prefix, one.next_number) == (
        other.prefix,
        other.next_number,
    ) and all(
        list(one.table(name).items()) == list(other.table(name).items())
        for name in TABLES
    )


def use_indexes(register: Register) -> None:
    """Work every index out, so that the next change has to bring it along."""
    for name in (*INDEXES, *UNTOUCHED_BY_OTHERS):
        getattr(register, name)


def check_indexes(register: Register) -> None:
    """Check every index against one that is worked out from the facts alone."""
    fresh = Register(
        prefix=register.prefix,
        next_number=register.next_number,
        **{name: register.table(name) for name in TABLES},
    )
    for name in (*INDEXES, *UNTOUCHED_BY_OTHERS):
        assert getattr(register, name) == getattr(fresh, name), name
