"""The form in which an import's questions and bad rows are answered: TOML, explained in comments."""

from collections.abc import Iterable, Iterator, Sequence

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
    yield ""
    yield "# " + language.text(
        "Rows that are wrong: “skip” leaves a row out; a cell takes the value that counts.",
    )
    for problem in problems:
        yield ""
        yield "# " + problem_line(language, problem, every_row=True)
        yield from _entries_of(problem, plan, given)


def _entries_of(
    problem: UserError,
    plan: ImportPlan,
    given: Answers,
) -> Iterable[str]:
    import tomli_w

    file = str(problem.values["file"])
    column = find_our_column(problem, plan.headers)
    keys = []
    for row in rows_of(problem):
        keys.append(row_key(file, row))
        if column:
            keys.append(cell_key(file, row, column))
    for key in keys:
        if key not in given:
            yield tomli_w.dumps({key: ""}).strip()
