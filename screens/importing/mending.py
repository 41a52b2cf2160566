"""Ways to handle a wrong row: another value, leaving it out, putting it aside into a file."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from screens.dialogs.form import Field, FieldType, Form, Option, Values
from screens.importing.job import ImportPreview, Job
from tracker.errors import Rejected, UserError
from tracker.exchange.aside import (
    WHY_ASIDE,
    free_path,
    reasons_by_row,
    rows_of,
    write_rows_aside,
)
from tracker.exchange.parsing.row_answers import (
    cell_key,
    find_our_column,
    row_key,
)
from tracker.exchange.problems import group_problems, problem_line
from tracker.exchange.questions import SKIP
from tracker.language import N_, Language
from tracker.os_errors import reason_of

VALUE, LEAVE_OUT, PUT_ASIDE = "value", "leave-out", "put-aside"


class Mending(NamedTuple):
    """How the user handles the rows with the same problem."""

    how: str
    value: str = ""


def mending_form(
    problem: UserError,
    found: ImportPreview,
    language: Language,
) -> Form[Mending]:
    """Return the form that asks what is to be done about a problem."""
    count = len(rows_of(problem))
    column = find_our_column(problem, found.headers)
    path = _aside_path(found.job, language)
    offered = [
        Option(
            LEAVE_OUT,
            language.plural("leave the row out", "leave {n} rows out", count),
        ),
        Option(
            PUT_ASIDE,
            language.text("put aside into {file}", file=path.name),
        ),
    ]
    fields = []
    if column:
        offered.insert(0, Option(VALUE, language.text("enter another value")))
        word = str(problem.values.get("value", ""))
        fields.append(Field("value", N_("New value"), value=word))
    fields.append(
        Field(
            "how",
            N_("What to do"),
            FieldType.CHOICE,
            offered[0].value,
            required=True,
            options=lambda: offered,
        ),
    )

    def make(values: Values) -> Mending:
        mending = Mending(values["how"], values.get("value") or "")
        if mending.how == VALUE and not mending.value:
            raise Rejected(
                "Write the new value; a dash leaves the cell empty.",
                field="value",
            )
        return mending

    about = problem_line(language, problem)
    return Form(
        N_("Wrong"),
        fields,
        make,
        about,
        confirm=N_("Read again"),
    )


def mend(
    job: Job,
    found: ImportPreview,
    problem: UserError,
    mending: Mending,
    language: Language,
) -> Job:
    """Return the job with a problem's rows mended; those put aside are written to their file first."""
    file, rows = str(problem.values["file"]), rows_of(problem)
    if mending.how == VALUE:
        column = find_our_column(problem, found.headers)
        return _answered(
            job,
            ((cell_key(file, row, column), mending.value) for row in rows),
        )
    if mending.how == PUT_ASIDE:
        return put_aside(job, found, [problem], language)[0]
    return _answered(job, ((row_key(file, row), SKIP) for row in rows))


def put_aside(
    job: Job,
    found: ImportPreview,
    problems: Sequence[UserError],
    language: Language,
) -> tuple[Job, Path, int]:
    """Write the rows of problems to a file of their own and return the job without them.

    Returns also the file and how many rows it has. Raises ``Rejected`` if it cannot be written.
    """
    reasons = reasons_by_row(problems, language)
    path = _aside_path(job, language)
    try:
        write_rows_aside(
            path,
            found.plan,
            reasons,
            language.text(WHY_ASIDE),
        )
    except OSError as error:
        raise Rejected(
            "{path} cannot be written: {reason}.",
            path=str(path),
            reason=reason_of(error),
        ) from None
    left_out = ((row_key(*place), SKIP) for place in reasons)
    return _answered(job, left_out), path, len(reasons)


def bad_rows(problems: Iterable[UserError]) -> list[UserError]:
    """Return the problems, each once, that are those of rows."""
    return [problem for problem in group_problems(problems) if rows_of(problem)]


def _answered(job: Job, answers: Iterable[tuple[str, str]]) -> Job:
    return replace(job, answers={**job.answers, **dict(answers)})


def _aside_path(job: Job, language: Language) -> Path:
    return free_path(job.path, language.text("put-aside"))
