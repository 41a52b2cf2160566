"""``import --set-aside FILE``: write the wrong rows to a file, import the others."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.session import Session
from tracker.errors import Rejected
from tracker.os_errors import reason_of

if TYPE_CHECKING:
    from tracker.exchange.importing import ImportPlan
    from tracker.exchange.questions import Answers

MAX_ROUNDS = 5
"""Limit of re-readings: without the wrong rows, others may turn out to be wrong."""


def set_rows_aside(
    session: Session,
    make_plan: "Callable[[Answers], ImportPlan]",
    given: "Answers",
    path: Path,
    *,
    dry_run: bool,
) -> "Answers":
    """Write the wrong rows to ``path`` and return the answers that leave them out.

    A dry run writes nothing. Raises ``Rejected`` if the file is there already or cannot be written.
    """
    from tracker.exchange.aside import (
        WHY_ASIDE,
        reasons_by_row,
        write_rows_aside,
    )
    from tracker.exchange.parsing.row_answers import row_key
    from tracker.exchange.questions import SKIP

    if path.exists():
        raise Rejected(
            "{path} is there already: choose another name.",
            path=str(path),
        )

    reasons: dict[tuple[str, int], str] = {}
    plan = make_plan(given)
    for _ in range(MAX_ROUNDS):
        found = reasons_by_row(plan.problems, session.language)
        if not found:
            break
        reasons |= found
        left_out = {row_key(*row): SKIP for row in found}
        plan = make_plan({**plan.action.answers, **left_out})

    given = plan.action.answers
    # What is still open refuses the import: then nothing is set aside either.
    if not reasons or (plan.questions and not dry_run):
        return given

    if not dry_run:
        heading = session.language.text(WHY_ASIDE)
        try:
            write_rows_aside(path, plan, reasons, heading)
        except OSError as error:
            raise Rejected(
                "{path} cannot be written: {reason}.",
                path=str(path),
                reason=reason_of(error),
            ) from None

    message = session.language.plural(
        "{n} row was put aside into {path}.",
        "{n} rows were put aside into {path}.",
        len(reasons),
        path=str(path),
    )
    print(message, file=sys.stderr)
    return given
