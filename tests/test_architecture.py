"""How the house is built: what may lean on what."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for folder in ("tracker", "screens") for path in (ROOT / folder).rglob("*.py"))


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(path): path for path in SOURCES}


def top_level(tree: ast.Module) -> list[ast.stmt]:
    return [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]


def imported(path: Path, *, anywhere: bool = False) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
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
    {"week", "errors", "text"},
    {"model", "language"},
    {"register", "settings"},
    {"history", "lookup"},
    {"store.protocol"},
    {"actions"},
    {"metrics", "store", "words", "drawing"},
    {"snapshot", "exchange"},
    {"demo"},
    {"cli"},
]


def layer(name: str) -> int | None:
    inner = name.removeprefix("tracker.")
    for place, names in enumerate(LAYERS):
        if inner in names:
            return place
    return next((place for place, names in enumerate(LAYERS) if inner.split(".")[0] in names), None)


@pytest.mark.parametrize("name", sorted(name for name in MODULES if name.startswith("tracker.")))
def test_imports_run_downward(name: str) -> None:
    here = layer(name)
    assert here is not None, f"{name} has no place in the house"
    for other in imported(MODULES[name], anywhere=True):
        if other.startswith("tracker."):
            there = layer(other)
            assert there is not None
            assert there <= here, f"{name} imports {other}, which lies above it"


def test_no_import_goes_in_a_circle() -> None:
    graph = {name: imported(path) & set(MODULES) - {name} for name, path in MODULES.items()}
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("name", sorted(name for name in MODULES if name.startswith("tracker")))
def test_the_core_has_no_screen(name: str) -> None:
    if name.startswith("tracker.cli"):
        return
    tops = {other.split(".")[0] for other in imported(MODULES[name], anywhere=True)}
    assert not tops & {"textual", "screens"}


PURE = ("tracker.metrics", "tracker.snapshot", "tracker.actions", "tracker.register", "tracker.history")


CLOCK_AND_DISK = {"open", "date.today", "datetime.now", "datetime.utcnow", "time.time", "os.getenv"}


@pytest.mark.parametrize("name", sorted(name for name in MODULES if name.startswith(PURE)))
def test_the_core_knows_no_clock_and_no_disk(name: str) -> None:
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not called & CLOCK_AND_DISK


@pytest.mark.parametrize("heavy", ["textual", "babel", "openpyxl", "rapidfuzz", "screens"])
def test_the_command_line_starts_light(heavy: str) -> None:
    code = f"import sys, tracker.cli; sys.exit({heavy!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 0, f"import tracker.cli loads {heavy}"


NETWORK = {"socket", "http", "urllib.request", "requests", "httpx", "aiohttp", "ftplib", "smtplib"}


@pytest.mark.parametrize("name", sorted(MODULES))
def test_nothing_reaches_for_the_network(name: str) -> None:
    assert not imported(MODULES[name], anywhere=True) & NETWORK


@pytest.mark.parametrize("name", sorted(MODULES))
def test_files_stay_small_enough_to_read(name: str) -> None:
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= 320
