"""Random registers that break no rule, with texts that files find hard to carry."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.tracker.builder import Builder
from tracker.exchange.columns import KINDS
from tracker.model import Factor, Kind, ReminderLevel, Stage
from tracker.register import Register
from tracker.text import (
    collapse_whitespace,
    collapse_whitespace_in_lines,
    is_harmful,
)

START = date(2026, 1, 5)
_AWKWARD = (
    "=SUM(A1)", "'=x", "''+1", "'", "-", "–", "+62 811", "@x", "- satu", "#N/A", "1.250", "22/11/2026",
    'a "b" c', "a;b", "a,b", "a\\;b\\", "é ü 漢字 🙂", "true", "null", "x'", "E-KTP", "0001", "1e5",
)  # fmt: skip
_PLAIN = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")).filter(
        lambda c: not is_harmful(c)
    ),
    max_size=12,
)
_NAMES = st.one_of(st.sampled_from(_AWKWARD), _PLAIN).map(collapse_whitespace)
_NOTES = st.one_of(
    st.just(""), _NAMES, st.lists(_NAMES, max_size=3).map("\n".join)
).map(collapse_whitespace_in_lines)
_ITEMS = st.lists(_NAMES.filter(bool), max_size=3, unique=True).map(tuple)
_NUMBERS = st.one_of(
    st.none(),
    st.sampled_from([0.0, 1.0, 1.125, 0.1, 12.5, 1234.567, 1 / 3, 1e-7]),
)
_WHOLE = st.one_of(st.none(), st.integers(0, 10**9))
_MOMENTS = st.builds(
    lambda minutes, micros: (
        datetime(2026, 2, 1, tzinfo=UTC)
        + timedelta(minutes=minutes, microseconds=micros)
    ),
    st.integers(0, 5),
    st.sampled_from([0, 0, 1, 250_000]),
)


def days(first: int, last: int) -> st.SearchStrategy[date]:
    """Draw a day, counted from the start."""
    return st.integers(first, last).map(lambda n: START + timedelta(days=n))


def of_every_kind() -> Register:
    """Return a register with a fact of every kind."""
    city = Builder()
    city.opd("dinkes")
    city.opd("kelurahan", "kelurahan")
    city.application("salaman", "dinkes")
    city.service("izin", "dinkes", START, application="salaman", visits=2)
    city.move("izin", "2026-02-02", "online", "2026-02-09", evidence="surat")
    city.transfer("izin", "2026-03-02", "kelurahan")
    city.closure("izin", "2026-04-06", "2026-05-04")
    city.target("izin", "2026-12-31")
    city.obstacle("izin", "2026-06-01", "people", "2026-06-08")
    city.report("dinkes", "2026-W10", note="rapat")
    city.reminder("dinkes", "2026-06-15", "head")
    city.milestone("2026-07-06", "Perwal baru", method_break=True)
    city.decision("Satu SK", "2026-08-03", "2026-09-07")
    city.evaluation("SPBE", 2025, score=3.5)
    return city.register


@st.composite
def registers(draw: DrawFn) -> Register:
    """Draw a register: some OPDs and applications, services with a history, and what hangs on them."""
    city = Builder(
        goal=draw(st.one_of(st.none(), st.just("2027-12-31"))),
        stalled_after=draw(st.integers(1, 99)),
    )

    def signed(**fields: Any) -> dict[str, Any]:
        return {
            "recorded_at": draw(_MOMENTS),
            "by": draw(st.sampled_from(["ani", "=budi", "Bu Éka"])),
            **fields,
        }

    opds = [f"opd-{n}" for n in range(draw(st.integers(1, 4)))]
    for n, code in enumerate(opds):
        city.opd(
            code,
            draw(st.sampled_from(Kind)),
            name=f"{draw(_NAMES)} {n}".strip(),
            aliases=tuple(f"{alias} alias {n}" for alias in draw(_ITEMS)),
            contact=draw(_NOTES),
            retired_on=draw(st.one_of(st.none(), days(0, 200))) if n else None,
            **signed(),
        )
    at_work = [
        opd.code
        for opd in city.register.opds.values()
        if opd.retired_on is None
    ]
    apps = [f"app{n}" for n in range(draw(st.integers(0, 2)))]
    for code in apps:
        city.application(
            code,
            draw(st.one_of(st.none(), st.sampled_from(opds))),
            name=draw(_NAMES) or "x",
            url=draw(_NAMES),
            integrated_on=draw(st.one_of(st.none(), days(0, 9))),
            **signed(),
        )
    for n in range(draw(st.integers(0, 4))):
        _service(draw, city, f"{n}-layanan", at_work, apps, signed)
    for opd in draw(st.lists(st.sampled_from(opds), unique=True)):
        city.report(
            opd,
            draw(st.sampled_from(["2026-W02", "2026-W10"])),
            note=draw(_NOTES),
            **signed(),
        )
    for opd in draw(st.lists(st.sampled_from(opds), unique=True)):
        level = draw(st.sampled_from(ReminderLevel))
        city.reminder(opd, draw(days(0, 90)), level, **signed())
    for _ in range(draw(st.integers(0, 2))):
        city.milestone(
            draw(days(-900, 90)),
            draw(_NOTES) or "x",
            method_break=draw(st.booleans()),
            **signed(),
        )
    for n in range(draw(st.integers(0, 2))):
        _decision(draw, city, n, signed)
    for year in draw(
        st.lists(st.integers(2020, 2025), unique=True, max_size=3)
    ):
        numbers = {name: draw(_NUMBERS) for name in ("score", "target")}
        improvement = draw(st.sampled_from([None, -0.37, 0.125, 1.0]))
        city.evaluation(
            draw(st.sampled_from(["SPBE", "=Smart City"])),
            year,
            rank=draw(_WHOLE.map(lambda n: n and n % 1_000_000)),
            source=draw(_NOTES),
            improvement=improvement,
            **numbers,
            **signed(),
        )
    return city.register


def _decision(draw: DrawFn, city: Builder, number: int, signed: Any) -> None:
    asked = draw(days(0, 9))
    ended = draw(st.sampled_from(["done_on", "dropped_on", ""]))
    dates = {ended: draw(days(20, 29))} if ended else {}
    city.decision(
        draw(_NAMES) or "x",
        asked,
        draw(days(9, 90)),
        draw(_NAMES) or "Sekda",
        decided_on=draw(st.one_of(st.none(), days(10, 19))),
        outcome=draw(_NOTES),
        proposal=draw(st.sampled_from(["", f"family:{number}"])),
        **dates,
        **signed(),
    )


def _service(
    draw: DrawFn,
    city: Builder,
    code: str,
    opds: list[str],
    apps: list[str],
    signed: Any,
) -> None:
    city.service(
        code,
        draw(st.sampled_from(opds)),
        START,
        draw(st.sampled_from(Stage)),
        name=draw(_NAMES) or "x",
        volume=draw(_WHOLE),
        visits=draw(_NUMBERS),
        days=draw(_NUMBERS),
        tags=draw(_ITEMS),
        owner=draw(_NAMES),
        application=draw(st.one_of(st.none(), st.sampled_from(apps)))
        if apps
        else None,
        **signed(),
    )
    for _ in range(draw(st.integers(0, 4))):
        day = draw(days(0, 3))
        verified = draw(
            st.one_of(st.none(), st.just(START + timedelta(days=40)))
        )
        extra = {
            "evidence": draw(_NOTES),
            "note": draw(_NOTES),
            "visits": draw(_NUMBERS),
            "days": draw(_NUMBERS),
        }
        city.move(
            code,
            day,
            draw(st.sampled_from(Stage)),
            verified,
            **extra,
            **signed(),
        )
    for _ in range(draw(st.integers(0, 2))):
        city.transfer(
            code, draw(days(0, 2)), draw(st.sampled_from(opds)), **signed()
        )
    if draw(st.booleans()):
        city.closure(code, draw(days(10, 12)), draw(days(13, 14)), **signed())
    if draw(st.booleans()):
        city.closure(code, draw(days(20, 22)), **signed())
    for _ in range(draw(st.integers(0, 2))):
        city.target(
            code, draw(days(0, 2)), draw(st.sampled_from(Stage)), **signed()
        )
    for _ in range(draw(st.integers(0, 2))):
        city.obstacle(
            code,
            draw(days(0, 5)),
            draw(st.sampled_from(Factor)),
            draw(st.one_of(st.none(), days(6, 9))),
            description=draw(_NOTES) or "x",
            **signed(),
        )


def told(register: Register, *, settings: bool = False) -> dict[str, list[Any]]:
    """Return everything that a register says, keys put into words and aside: what must survive a journey.

    Facts stand in the order of their keys, which decides between facts of one day.
    """
    words = {
        key: fact.code
        for table in ("opds", "services", "applications")
        for key, fact in register.table(table).items()
    }
    tables = [*KINDS, *(("city", "snapshots") if settings else ())]
    return {
        table: [
            _told(register.table(table)[key], words)
            for key in sorted(register.table(table))
        ]
        for table in tables
    }


def _told(fact: Any, words: dict[str, str]) -> dict[str, Any]:
    fields = {
        name: getattr(fact, name)
        for name in fact.__struct_fields__
        if name != "id"
    }
    for name in ("opd", "service", "application"):
        if fields.get(name) is not None:
            fields[name] = words[fields[name]]
    if "figures" in fields:
        fields["figures"] = {
            words.get(key, key): row for key, row in fields["figures"].items()
        }
    return fields
