"""Values that cannot be, put into a register by hand or typed: a clear word, never a fault of the program."""

import json
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from tests.depth import one_in
from tests.hostile.registers import kept
from tests.hostile.texts import FORMULAS, LONG, ORDERS, PATHS, harm_in
from tests.tracker.builder import Builder
from tests.tracker.cli.conftest import terminal
from tests.tracker.cli.terminal import Terminal
from tracker.model import TABLES, LogEntry, StoredSnapshot
from tracker.register import Register

__all__ = ["terminal"]

COMMANDS = """
service show satu
log --last 0
metrics
evaluation list
snapshot list
snapshot take --week 2026-W46 --stdout
snapshot diff 2026-W10 2026-W46
doctor
undo
""".strip().splitlines()


def full() -> Register:
    """Return a register in which every table holds something."""
    made = Builder(goal="2027-12-31")
    made.application("app", None, integrated_on="2026-10-01")
    made.service(
        "satu",
        "a",
        "2026-01-05",
        volume=10,
        visits=1.5,
        days=2,
        application="app",
        tags=("t",),
    )
    made.service("dua", "b", "2026-01-05", "online")
    made.move("satu", "2026-03-01", "online", verified="2026-03-02", visits=1.0)
    made.transfer("dua", "2026-04-01", "a")
    made.closure("dua", "2026-05-01", "2026-06-01")
    made.target("satu", "2026-12-01")
    made.obstacle("satu", "2026-02-01", resolved_on="2026-09-01")
    made.report("a", "2026-W10")
    made.milestone("2026-03-01")
    made.evaluation(
        "SPBE", 2024, score=2.5, improvement=0.1, target=3.0, rank=3
    )
    register = made.register
    keys = [register.key(register.next_number + place) for place in range(2)]
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    published = StoredSnapshot(
        id=keys[0],
        recorded_at=moment,
        by="Rani",
        week="2026-W20",
        as_of=date(2026, 5, 17),
        final=True,
        figures={"city": [1, 1, 0, 0, 0, 0, 0]},
    )
    service = next(iter(register.services.values()))
    changes = {
        "services": {
            service.id: {**msgspec.to_builtins(service), "name": "dulu"}
        }
    }
    entry = LogEntry(
        id=keys[1],
        recorded_at=moment,
        by="Rani",
        action="service edit",
        changes=changes,
    )
    return register.changed(
        {"snapshots": {published.id: published}, "log": {entry.id: entry}},
        register.next_number + 2,
    )


HUGE = [10**400, -(10**18), 1e308]
MOMENTS = ["9999-12-31T23:59:59Z", "1731-01-01T00:00:00+07:00"]
WRONG: dict[str, list[Any]] = {
    "volume": HUGE,
    "visits": HUGE,
    "days": [*HUGE, -1, True, "7"],
    "stalled_after": HUGE,
    "year": [*HUGE, 0],
    "rank": HUGE,
    "score": HUGE,
    "improvement": HUGE,
    "recorded_at": MOMENTS,
    "registered_on": ["9999-12-31", "0001-01-01", "2199-12-31"],
    "week": [
        "",
        ORDERS[0],
        "../../x",
        "0001-W01",
        "9999-W52",
        "2026-W54",
        "x" * 9_000,
    ],
    "figures": [
        {"city": [10**30] * 7},
        {"city": []},
        {"../x": [-1] * 9},
        {"city": [None] * 7},
        {},
    ],
    "changes": [
        {"tiada": {"x": None}},
        {"services": {"x-0000005": {"id": 1}}},
        {"services": {"x-0000099": None}},
        {"moves": {"x-0000001": {"bukan": ORDERS[0]}}},
        {"city": {"x-0000001": None}},
        [],
    ],
    "timezone": ["Mars", "../../etc/passwd", ""],
    "code": [*ORDERS[:3], *PATHS[:4], FORMULAS[0]],
    "by": [ORDERS[0], LONG[0]],
    "prefix": ["../../x", ORDERS[0], "", 7],
    "next_number": [*HUGE, -1, 0, 1],
    "schema": [*HUGE, -1, 0, 99],
}
TABLES_OF = {
    **{
        "visits": ("services",),
        "days": ("moves",),
        "recorded_at": ("services", "log", "snapshots"),
    },
    **dict.fromkeys(("prefix", "next_number", "schema"), ("meta",)),
    **{
        "week": ("reports", "snapshots"),
        "by": ("moves", "log"),
        "code": ("services", "opds"),
    },
}
CASES = [
    (table, field, place)
    for field, values in WRONG.items()
    for table in TABLES_OF.get(field, TABLES)
    for place in range(len(values))
    if table == "meta" or field in TABLES[table].__struct_fields__
]


@pytest.mark.parametrize(("table", "field", "place"), one_in(6, CASES))
def test_a_value_put_in_by_hand_ends_no_command_in_a_fault(
    terminal: Terminal, table: str, field: str, place: int
) -> None:
    store = kept(terminal.folder, full())
    document = json.loads(store.path.read_text(encoding="utf-8"))
    next(iter(document[table].values()))[field] = WRONG[field][place]
    text = json.dumps(document)
    store.path.write_text(text, encoding="utf-8")
    said = [terminal("metrics")]
    if said[0].code == 4:
        said.append(terminal("doctor"))
        store.path.write_text(text, encoding="utf-8")
        said += [terminal("doctor", "--repair"), terminal("metrics")]
    else:
        said += [terminal(*command.split()) for command in COMMANDS]
    for each in said:
        assert each.code in (0, 1, 4), each
        assert not harm_in(each.out + each.err)
        assert len(max(each.err.splitlines(), key=len, default="")) < 3_000


def test_a_prefix_that_is_a_path_is_damage(terminal: Terminal) -> None:
    store = kept(terminal.folder, full())
    text = store.path.read_text(encoding="utf-8")
    store.path.write_text(
        text.replace('"x-', '"../x-').replace('"prefix":"x"', '"prefix":"../x"')
    )
    assert terminal("sheets", "keluar").code == 4


TYPED = [
    "1e18",
    "9" * 400,
    "9" * 5_000,
    "NaN",
    "inf",
    "-1",
    "٣",
    "²",
    "true",
    "9999-12-31",
    "0001-W01",
    "9999-W52",
]
ASKING = (
    ("service", "edit", "satu", "--volume"),
    ("move", "satu", "online", "--on", "2026-03-01", "--visits"),
    ("move", "satu", "online", "--on"),
    ("evaluation", "add", "SPBE", "2023", "--rank"),
    ("evaluation", "add", "SPBE"),
    ("target", "set", "satu", "integrated"),
    ("config", "set", "goal"),
    ("config", "set", "stalled_after"),
    ("config", "set", "backups"),
    ("config", "set", "permissions"),
    ("report", "a", "--week"),
    ("metrics", "--week"),
    ("snapshot", "diff", "2026-W01"),
    ("snapshot", "take", "--stdout", "--week"),
    ("milestone", "add"),
    ("log", "--last"),
    ("log", "--since"),
    ("correct", "3", "--set"),
)


@pytest.mark.parametrize("value", one_in(3, TYPED))
def test_a_value_typed_ends_no_command_in_a_fault(
    terminal: Terminal, value: str
) -> None:
    kept(terminal.folder, full())
    for command in ASKING:
        said = terminal(*command, value)
        assert said.code in (0, 1, 2), (command, said)
        assert len(said.err) < 4_000
    assert terminal("metrics").code == 0


@pytest.mark.parametrize(
    "day", ["9999-12-31", "0001-01-01", "2199-12-31", "1945-08-17"]
)
def test_any_day_may_be_said_to_be_today(terminal: Terminal, day: str) -> None:
    kept(terminal.folder, full())
    terminal.today = day
    for command in (
        "metrics",
        "service list",
        "snapshot list",
        "log",
        "sheets keluar",
    ):
        assert terminal(*command.split()).code in (0, 1, 2)


@pytest.mark.parametrize("text", one_in(3, [*ORDERS, LONG[1]]), ids=len)
def test_settings_hold_no_order(terminal: Terminal, text: str) -> None:
    if "\0" not in text:
        typed = text.encode("utf-8", "replace").decode()
        said = [
            terminal("config", "set", name, typed)
            for name in ("by", "theme", "keys.undo", f"keys.{typed}")
        ]
        assert not harm_in("".join(each.out + each.err for each in said))
        assert not harm_in(terminal.ok("config", "get"))
        settings = terminal.folder / "config/opd-tracker/settings.toml"
        assert not settings.exists() or not harm_in(
            settings.read_text().replace("\n", "")
        )
