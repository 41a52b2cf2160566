"""What tests of imports share: files from lines, a plan of them, and the register after it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.tracker.builder import Builder
from tracker.actions.draft import Context
from tracker.actions.perform import plan
from tracker.exchange.importing import ImportPlan, plan_import
from tracker.exchange.options import ImportOptions
from tracker.exchange.questions import Answers
from tracker.register import Register

NOW = Context(
    "kordinator", datetime(2026, 11, 22, 3, tzinfo=UTC), date(2026, 11, 22)
)


def empty() -> Register:
    """Return a register with nothing but its city, Bandung with Sadayana."""
    return Builder().register


def file(folder: Path, name: str, *lines: str) -> Path:
    """Write a file of lines."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def planned(
    register: Register,
    *files: Path,
    answers: Answers | None = None,
    **options: Any,
) -> ImportPlan:
    """Plan an import; what the files do not tell of the stage of new services is not known."""
    given = {"stage": "unknown"} | dict(answers or {})
    return plan_import(register, files, ImportOptions(**options), NOW, given)


def after(register: Register, made: ImportPlan) -> Register:
    """Return the register after an import that nothing keeps from being done."""
    assert [
        (problem.values.get("row"), str(problem)) for problem in made.problems
    ] == []
    assert [question.key for question in made.questions] == []
    commit = plan(register, made.action, NOW)
    return register.changed(commit.changes, commit.next_number)


def imported(
    register: Register,
    *files: Path,
    answers: Answers | None = None,
    **options: Any,
) -> Register:
    """Import files and return the register after it."""
    return after(
        register, planned(register, *files, answers=answers, **options)
    )


def complaints(made: ImportPlan) -> list[tuple[Any, Any]]:
    """Return the row and column of everything that is wrong."""
    return [
        (problem.values.get("row"), problem.values.get("column"))
        for problem in made.problems
    ]
