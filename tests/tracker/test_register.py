from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.model import OPD, Move, Service, Stage
from tracker.register import Changes, Register

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
DAY = date(2026, 1, 5)
INDEXES = (
    "opd_codes",
    "service_codes",
    "application_codes",
    "moves_of",
    "transfers_of",
    "obstacles_of",
)


def move(number: int, service: int, day: int) -> Move:
    return Move(
        id=f"abcde-{number:07d}",
        recorded_at=NOW,
        by="Rina",
        service=f"abcde-{service:07d}",
        on=DAY + timedelta(days=day),
        stage=Stage.ONLINE,
    )


def opd(number: int) -> OPD:
    return OPD(
        id=f"abcde-{number:07d}",
        recorded_at=NOW,
        by="Rina",
        code=f"opd-{number}",
        name="Dinas",
    )


moves = st.builds(move, st.integers(1, 9), st.integers(1, 3), st.integers(0, 3))
put = moves.map(lambda fact: ("moves", fact.id, fact))
removed = st.integers(1, 9).map(lambda number: ("moves", f"abcde-{number:07d}", None))
others = st.integers(1, 3).map(
    lambda number: ("opds", f"abcde-{number:07d}", opd(number))
)
steps = st.lists(st.lists(put | removed | others, max_size=4), max_size=8)


@given(steps)
def test_what_is_handed_on_is_what_would_be_worked_out_anew(
    steps: list[list[tuple[str, str, Move | OPD | None]]],
) -> None:
    register = Register("abcde")
    for step in steps:
        _ = [getattr(register, index) for index in INDEXES]
        changes: Changes = {}
        for table, key, fact in step:
            changes.setdefault(table, {})[key] = fact
        register = register.changed(changes)
        anew = Register("abcde", moves=register.moves, opds=register.opds)
        assert {i: getattr(register, i) for i in INDEXES} == {
            i: getattr(anew, i) for i in INDEXES
        }


def test_the_register_before_keeps_its_own_view() -> None:
    service = Service(
        id="abcde-0000001",
        recorded_at=NOW,
        by="Rina",
        code="ktp",
        name="KTP",
        opd="x",
        registered_on=DAY,
    )
    before = Register(
        "abcde", services={service.id: service}, moves={"abcde-0000002": move(2, 1, 0)}
    )
    assert len(before.moves_of[service.id]) == 1
    codes = before.service_codes
    after = before.changed({"moves": {"abcde-0000003": move(3, 1, 1)}})
    assert len(after.moves_of[service.id]) == 2
    assert len(before.moves_of[service.id]) == 1
    assert after.service_codes is codes
