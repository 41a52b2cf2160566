"""The form in which an import's questions and bad rows are answered: TOML, explained in comments."""

from collections.abc import Iterator, Sequence

from tracker.errors import UserError
from tracker.exchange.aside import rows_of
from tracker.exchange.importing import ImportPlan
from tracker.exchange.parsing.row_answers import (
    cell_key,
    find_our_column,
    row_key,
)
from tracker.exchange.problems import group_problems, problem_line
from tracker.exchange.questions import Answers, answers_form
from tracker.language import Language


def form_of_plan(plan: ImportPlan, language: Language, given: Answers) -> str:
    """Return the form for what keeps a plan from being carried out; answers given already stay in it."""
    form = answers_form(plan.questions, language, given)
    problems = [one for one in group_problems(plan.problems) if rows_of(one)]
    if not problems:
        return form
    return (
        form + "\n".join(_row_entries(plan, problems, language, given)) + "\n"
    )


def can_be_answered(plan: ImportPlan) -> bool:
    """Tell whether a plan has anything that an answer settles."""
    return bool(plan.questions) or any(map(rows_of, plan.problems))


def _row_entries(
    plan: ImportPlan,
    problems: Sequence[UserError],
    language: Language,
    given: Answers,
) -> Iterator[str]:
    """Yield what can be answered about each bad row: that it is left out, or another value of its cell."""
    import tomli_w

    yield ""
    yield "# " + language.text(
        "Rows that are wrong: “skip” leaves a row out; a cell takes the value that counts.",
    )
    # A row may be wrong in several ways: it is left out, or its cell put right, once.
    written = set(given)
    for problem in problems:
        yield ""
        yield "# " + problem_line(language, problem, every_row=True)
        for key in _keys_of(problem, plan):
            if key not in written:
                yield tomli_w.dumps({key: ""}).strip()
            written.add(key)


def _keys_of(problem: UserError, plan: ImportPlan) -> Iterator[str]:
    """Yield the keys of a bad row, and of its cell that is wrong."""
    file = str(problem.values["file"])
    column = find_our_column(problem, plan.headers)
    for row in rows_of(problem):
        yield row_key(file, row)
        if column:
            yield cell_key(file, row, column)
