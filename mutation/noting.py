"""A plugin of pytest: write of each test that passes which functions it runs, and how long it takes."""

import json
import os
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path
from types import CodeType, FrameType

import pytest

NOTES = "MUTATION_NOTES"
"""The variable of the environment that names the folder for the notes."""
STARTING = {"subprocess.Popen", "os.fork", "os.posix_spawn", "os.exec"}
"""What Python calls the start of another process."""


class Watch:
    """What has happened since a test began."""

    def begin(self) -> None:
        """Forget what was before."""
        # By identity: telling whether two codes are equal takes long.
        self.ran: dict[int, CodeType] = {}
        self.starts = False
        self.failed = False
        self.began = time.perf_counter()


watch = Watch()
watch.begin()


def _note_call(frame: FrameType, _event: str, _: object) -> None:
    watch.ran[id(frame.f_code)] = frame.f_code


def _note_start(event: str, _: object) -> None:
    if event in STARTING:
        watch.starts = True


sys.addaudithook(_note_start)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note a failure."""
    watch.failed = watch.failed or report.failed


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool, bool]:
    """Watch a test with all that is set up for it, and write its line."""
    watch.begin()
    threading.settrace(_note_call)
    sys.settrace(_note_call)
    try:
        return (yield)
    finally:
        sys.settrace(None)
        threading.settrace(None)
        _write_line(item)


def _write_line(item: pytest.Item) -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if watch.failed or worker is None:
        return
    root = str(item.config.rootpath) + os.sep
    functions = {
        f"{code.co_filename.removeprefix(root)}:{code.co_firstlineno}"
        for code in watch.ran.values()
        if code.co_filename.startswith(f"{root}tracker{os.sep}")
    }
    line = {
        "test": item.nodeid,
        "seconds": time.perf_counter() - watch.began,
        "starts": watch.starts,
        "functions": sorted(functions),
    }
    path = Path(os.environ[NOTES]) / f"{worker}.jsonl"
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
