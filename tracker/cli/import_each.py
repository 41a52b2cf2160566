"""``import --each``: each sound file is an action of its own, the others are listed."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.session import Session
from tracker.errors import UserError
from tracker.exchange.account import Account, part_lines
from tracker.exchange.importing import ImportPlan
from tracker.exchange.problems import problem_lines
from tracker.exchange.reading.files import find_files, names_of
from tracker.paths import shown_path

if TYPE_CHECKING:
    from tracker.language import Language

MakePlan = Callable[[Path], ImportPlan]
"""Plans the import of one file into the register as it is by then."""


def import_each(
    session: Session,
    files: Sequence[Path],
    make_plan: MakePlan,
    carry_out: Callable[[ImportPlan], None],
) -> list[str]:
    """Import files one by one and return the names of those not imported.

    A sound file is imported before the next one is planned. What is wrong with a file
    is printed on standard error, and the import goes on with the next.
    """
    left: list[str] = []
    for path, name in _find_files(session, files).items():
        reasons = list(
            _import_file(session.language, path, make_plan, carry_out),
        )
        if reasons:
            left.append(name)
            print(
                session.language.text("{file} was not imported:", file=name),
                file=sys.stderr,
            )
            for line in reasons:
                print(f"  {line}", file=sys.stderr)
    return left


def _find_files(session: Session, files: Sequence[Path]) -> dict[Path, str]:
    """Return the files of all paths with their names; print what is not read."""
    account, paths = Account(), []
    for path in files:
        found = find_files(path)
        paths += found.files
        account.unread += found.unread
        account.remarks += found.remarks
    for line in part_lines(account, session.language):
        print(line)
    return names_of(paths)


def _import_file(
    language: "Language",
    path: Path,
    make_plan: MakePlan,
    carry_out: Callable[[ImportPlan], None],
) -> Iterator[str]:
    """Import one file; yield the lines that say why it could not be imported."""
    print(f"{shown_path(path)}:")
    try:
        plan = make_plan(path)
        if plan.is_ready:
            carry_out(plan)
            return
    except UserError as error:
        yield from problem_lines(language, getattr(error, "problems", [error]))
        return
    yield from problem_lines(language, plan.problems)
    for question in plan.questions:
        yield f"{question.key}: {language.text(question.msgid, **question.values)}"
