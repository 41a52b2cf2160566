"""How the house is built: what may lean on what."""

import ast
import re
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tracker.actions.draft import Action
from tracker.actions.registry import ACTIONS

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path
    for folder in ("tracker", "screens")
    for path in (ROOT / folder).rglob("*.py")
)


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(path): path for path in SOURCES}


def top_level(tree: ast.Module) -> list[ast.stmt]:
    return [
        node
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


@cache
def read(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path, *, anywhere: bool = False) -> set[str]:
    tree = read(path)
    nodes = list(ast.walk(tree)) if anywhere else list(top_level(tree))
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in MODULES else node.module)
    return found


LAYERS = [
    {"week", "errors", "text", "collection", "fixed_name"},
    {"model", "language"},
    {"os_errors", "paths", "vocabulary", "handbook"},
    {"indexes"},
    {"register", "settings"},
    {"history", "lookup", "persistence"},
    {"fields", "changes", "families", "origins"},
    {"searching"},
    {"log_chain", "permissions"},
    {"limits"},
    {"rules"},
    {"actions", "store"},
    {"metrics", "labels", "drawing"},
    {"narration"},
    {"decisions"},
    {"snapshot", "exchange", "publish", "merge", "comparison"},
    {"demo"},
    {"cli"},
]


def layer(name: str) -> int | None:
    inner = name.removeprefix("tracker.")
    for place, names in enumerate(LAYERS):
        if inner in names:
            return place
    return next(
        (
            place
            for place, names in enumerate(LAYERS)
            if inner.split(".")[0] in names
        ),
        None,
    )


CORE = sorted(name for name in MODULES if name.startswith("tracker."))


def lies_above(other: str, name: str) -> bool:
    here, there = layer(name), layer(other)
    return here is None or there is None or there > here


def test_every_module_has_its_place() -> None:
    assert CORE
    assert not [name for name in CORE if layer(name) is None]


def test_imports_run_downward() -> None:
    leans = [
        (name, other)
        for name in CORE
        for other in imported(MODULES[name], anywhere=True)
    ]
    ours = [
        (name, other) for name, other in leans if other.startswith("tracker.")
    ]
    assert not [
        f"{name} imports {other}"
        for name, other in ours
        if lies_above(other, name)
    ]


@pytest.mark.parametrize(
    ("room", "other"), [("actions", "store"), ("store", "actions")]
)
def test_actions_and_store_do_not_import_each_other(
    room: str, other: str
) -> None:
    names = [name for name in CORE if name.startswith(f"tracker.{room}")]
    assert names
    assert not [
        (name, target)
        for name in names
        for target in imported(MODULES[name], anywhere=True)
        if target.startswith(f"tracker.{other}")
    ]


def test_one_place_knows_the_kinds_of_store() -> None:
    kinds = {"FileStore", "FileStore.create", "MemoryStore"}
    outside = [
        name for name in MODULES if not name.startswith("tracker.store.")
    ]
    assert not [name for name in outside if called(MODULES[name]) & kinds]


def test_a_file_needs_nothing_of_a_server() -> None:
    room = "tracker.store.postgres"
    elsewhere = [name for name in MODULES if not name.startswith(room)]
    assert not [
        name
        for name in elsewhere
        if any(
            other.startswith((room, "psycopg"))
            for other in imported(MODULES[name])
        )
    ]


def test_no_import_goes_in_a_circle() -> None:
    graph = {
        name: imported(path) & set(MODULES) - {name}
        for name, path in MODULES.items()
    }
    assert list(TopologicalSorter(graph).static_order())


def test_the_core_has_no_screen() -> None:
    core = [name for name in CORE if not name.startswith("tracker.cli")]
    leans = [
        (name, other)
        for name in core
        for other in imported(MODULES[name], anywhere=True)
    ]
    assert not [
        lean
        for lean in leans
        if lean[1].split(".")[0] in {"textual", "screens"}
    ]


PURE = (
    "tracker.metrics",
    "tracker.snapshot",
    "tracker.decisions",
    "tracker.actions",
    "tracker.register",
    "tracker.history",
)


CLOCK_AND_DISK = {
    "open",
    "date.today",
    "datetime.now",
    "datetime.utcnow",
    "time.time",
    "os.getenv",
}


def called(path: Path) -> set[str]:
    return {
        ast.unparse(node.func)
        for node in ast.walk(read(path))
        if isinstance(node, ast.Call)
    }


def test_the_core_knows_no_clock_and_no_disk() -> None:
    pure = [name for name in MODULES if name.startswith(PURE)]
    assert pure
    assert not [name for name in pure if called(MODULES[name]) & CLOCK_AND_DISK]


@pytest.mark.parametrize(
    "heavy",
    [
        "textual",
        "babel",
        "openpyxl",
        "xlsxwriter",
        "jinja2",
        "rapidfuzz",
        "screens",
    ],
)
def test_the_command_line_starts_light(heavy: str) -> None:
    assert "tracker.cli" in modules_of_the_command_line()
    assert heavy not in modules_of_the_command_line()


@cache
def modules_of_the_command_line() -> frozenset[str]:
    code = "import sys, tracker.cli; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return frozenset(done.stdout.split())


NETWORK = {
    "socket",
    "http",
    "urllib.request",
    "requests",
    "httpx",
    "aiohttp",
    "ftplib",
    "smtplib",
}


def test_nothing_reaches_for_the_network() -> None:
    assert not [
        name
        for name, path in MODULES.items()
        if imported(path, anywhere=True) & NETWORK
    ]


POSSESSIVE = re.compile(r"[*+?}]\+|\(\?>")
"""A repetition or group that gives nothing back."""


def test_no_pattern_needs_what_python_matches_rightly_only_from_3_11_5_on() -> (
    None
):
    """Of a percent in a workbook the sign was lost by it: github.com/python/cpython/issues/106052."""
    found = set()
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant):
                text = re.sub(r"\\.|\[[^]]*\]", "x", str(node.value))
                found |= {(name, one) for one in POSSESSIVE.findall(text)}
    assert not found


@cache
def names_used(folder: str) -> set[str]:
    """Return every name that the code of a folder calls."""
    inside = [path for name, path in MODULES.items() if name.startswith(folder)]
    return set().union(*map(called, inside))


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
@pytest.mark.parametrize("door", ["tracker.cli", "screens"])
def test_every_action_has_a_command_and_a_dialog_or_key(
    action: type[Action], door: str
) -> None:
    assert action.__name__ in names_used(door)


MAX_LINES = 700
"""A fence, not a guideline: files are cut by meaning, mostly at 60 to 300 lines."""


def test_files_stay_small_enough_to_read() -> None:
    lines = {
        name: len(path.read_text(encoding="utf-8").splitlines())
        for name, path in MODULES.items()
    }
    assert not {
        name: count for name, count in lines.items() if count > MAX_LINES
    }
