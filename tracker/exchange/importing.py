"""Files into the register: what would happen, shown as a plan, and the action that then does it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tracker.actions.draft import Context, Draft
from tracker.collection import pause_collection
from tracker.errors import Rejected
from tracker.exchange.account import Account, Part, Unread
from tracker.exchange.apply.action import ImportFacts, Incoming, enter_rows
from tracker.exchange.apply.session import ImportSession
from tracker.exchange.effects import Effect
from tracker.exchange.options import ImportOptions
from tracker.exchange.other_copies import settle_copies
from tracker.exchange.parsing.headers import Header, NoHeader
from tracker.exchange.parsing.records import Setting, Understood, read_records
from tracker.exchange.parsing.values import Reader
from tracker.exchange.problems import with_place
from tracker.exchange.progress import Hook, Progress
from tracker.exchange.questions import Answers, Question
from tracker.exchange.reading.files import find_files, names_of, read_file
from tracker.exchange.reading.grid import Contents, Grid
from tracker.exchange.reading.sheet_choice import ALL
from tracker.exchange.retiring import settle_retiring
from tracker.language import N_
from tracker.register import Register
from tracker.rules import Problem, check_changes
from tracker.text import normalize_name


class Unknown(NamedTuple):
    """A word in one of our columns that means none of its values, and in how many rows it stands.

    A mapping's ``values`` can give it its meaning.
    """

    column: str
    word: str
    rows: int


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do, or what keeps it from being done.

    ``counts`` has how often what happens to each kind (new, changed, unchanged, moved, transferred,
    renamed, gone, retired, reopened, skipped …), ``effects`` all of it but the new and the unchanged.
    """

    action: ImportFacts
    counts: dict[str, dict[str, int]]
    effects: Sequence[Effect]
    questions: Sequence[Question]
    problems: Sequence[Rejected]
    headers: Sequence[tuple[Grid, Header]] = ()
    skipped: int = 0
    unknown: Sequence[Unknown] = ()
    account: Account = field(default_factory=Account)
    """What is taken from the files and what is not read, value by value."""
    readers: Mapping[str, Mapping[str, Reader]] = field(default_factory=dict)
    """How each column is read, by the sheet's name and ours of the column."""

    @property
    def is_ready(self) -> bool:
        """Whether the action can be carried out: nothing is wrong and nothing open."""
        return not self.problems and not self.questions

    @property
    def unread(self) -> list[tuple[str, list[str]]]:
        """The columns that are not read and that nobody has said so of, sheet by sheet, with its name."""
        return [
            (grid.name, header.unread)
            for grid, header in self.headers
            if header.unread
        ]

    @property
    def changes_nothing(self) -> bool:
        """Whether all that the files say is in the register already."""
        return self.is_ready and not self.action.changes_anything


@pause_collection()
def plan_import(
    register: Register,
    files: Sequence[Path],
    options: ImportOptions,
    context: Context,
    answers: Answers | None = None,
    progress: Hook | None = None,
) -> ImportPlan:
    """Read ``files`` and return what importing them into ``register`` as one action would do.

    What is wrong is in the plan's ``problems``, what a person must decide in its ``questions``; with
    ``answers`` to them it is asked for again. Raises what ``progress`` raises to stop the work.
    """
    answers = answers or {}
    steps = Progress(progress)
    understood = Understood(problems=_find_impossible(options, context))
    contents = _leave_copies(
        register,
        _read_files(files, options, understood, steps.part(0, 0.4)),
        understood,
        answers,
    )
    city = register.only_city
    setting = Setting(
        city.portal,
        options.as_of or context.today,
        options.mapping,
        answers,
        city.timezone,
        city.kinds,
    )
    grids = [grid for content in contents for grid in content.grids]
    _understand_grids(
        grids,
        options,
        setting,
        understood,
        steps.part(0.4, 0.65),
    )
    _settle_without_header(
        understood,
        options.sheet or options.mapping.sheet or None,
    )
    options = _settle_retiring(understood, options, answers)

    cities = [content.city for content in contents if content.city]
    snapshots = [row for content in contents for row in content.snapshots]
    incoming = Incoming(understood.records, cities, snapshots)
    return _plan_rows(
        register,
        incoming,
        understood,
        options,
        context,
        answers,
        steps.part(0.65, 1),
    )


def _leave_copies(
    register: Register,
    contents: list[Contents],
    understood: Understood,
    answers: Answers,
) -> list[Contents]:
    """Return the files without exports of other copies of the register that are to be left out."""
    try:
        taken, questions = settle_copies(register, contents, answers)
    except Rejected as error:
        understood.problems.append(error)
        return contents
    understood.questions.extend(questions)
    return taken


def _settle_retiring(
    understood: Understood,
    options: ImportOptions,
    answers: Answers,
) -> ImportOptions:
    try:
        settled, questions = settle_retiring(
            understood.account,
            options,
            answers,
        )
    except Rejected as error:
        understood.problems.append(error)
        return options
    understood.questions.extend(questions)
    return settled


def _find_impossible(
    options: ImportOptions,
    context: Context,
) -> list[Rejected]:
    """Return what the options ask for that cannot be."""
    problems: list[Rejected] = []
    if options.as_of is not None and options.as_of > context.today:
        problems.append(
            Rejected(
                "The day of the inventory, {day}, is still to come.",
                day=options.as_of,
            ),
        )
    if options.retire_missing and options.as_of is None:
        problems.append(
            Rejected(
                "What is missing can be retired from an inventory alone: say of which day it is.",
            ),
        )
    return problems


def _read_files(
    files: Iterable[Path],
    options: ImportOptions,
    understood: Understood,
    progress: Progress,
) -> list[Contents]:
    contents: list[Contents] = []
    paths: list[Path] = []
    account = understood.account
    for path in files:
        try:
            chosen = find_files(path)
        except Rejected as error:
            understood.problems.append(error)
            continue
        paths.extend(chosen.files)
        account.unread.extend(chosen.unread)
        account.remarks.extend(chosen.remarks)
    called = names_of(paths)
    sheet = options.sheet or options.mapping.sheet or None
    for place, (path, name) in enumerate(called.items()):
        part = progress.part(place / len(called), (place + 1) / len(called))
        try:
            content = read_file(path, sheet, part).with_name(name)
            contents.append(content)
            account.taken[name] += content.taken
            account.unread.extend(content.unread)
            account.remarks.extend(content.remarks)
        except Rejected as error:
            values = error.values
            if values.get("file") == path.name:
                values = {**values, "file": name}
            understood.problems.append(Rejected(error.msgid, **values))
    return contents


def _understand_grids(
    grids: Sequence[Grid],
    options: ImportOptions,
    setting: Setting,
    understood: Understood,
    progress: Progress,
) -> None:
    """Read the rows of every sheet; what is wrong with one does not keep the others out."""
    for place, grid in enumerate(grids):
        part = progress.part(place / len(grids), (place + 1) / len(grids))
        try:
            read_records(grid, options.kind, setting, understood, part)
        except NoHeader as error:
            understood.without_header.append((grid, error))
        except Rejected as error:
            understood.problems.append(error)


def _settle_without_header(understood: Understood, sheet: str | None) -> None:
    """Name the sheets without a header as not read if all sheets were asked for; else refuse them.

    A workbook with a list on each sheet often has one of instructions too. A file of which no sheet
    is a list is refused.
    """
    read = {grid.file for grid, _ in understood.headers}
    for grid, error in understood.without_header:
        if sheet != ALL or not grid.sheet or grid.file not in read:
            understood.problems.append(error)
            continue
        count = sum(len(grid.filled_places(*row)) for row in grid.rows)
        reason = N_("no header in it is known")
        understood.account.unread.append(
            Unread(
                Part.SHEET,
                grid.file,
                grid.sheet,
                count,
                reason,
                may_list=True,
            ),
        )


def _plan_rows(
    register: Register,
    incoming: Incoming,
    understood: Understood,
    options: ImportOptions,
    context: Context,
    answers: Answers,
    progress: Progress,
) -> ImportPlan:
    session = enter_rows(
        Draft(register, context),
        incoming,
        options,
        answers,
        progress.part(0, 0.6),
    )
    problems = [*understood.problems, *session.problems]
    questions = {question.key: question for question in understood.questions}
    questions |= session.questions
    if not problems and not questions:
        problems = find_broken_rules(session)
    progress.tell(1, 1)

    action = ImportFacts(
        incoming,
        options,
        answers,
        tuple(understood.problems),
        session,
        questions=tuple(understood.questions),
    )
    return ImportPlan(
        action,
        _counts_by_kind(session),
        session.effects,
        tuple(questions.values()),
        sorted(problems, key=_problem_order),
        understood.headers,
        understood.skipped,
        _find_unknown(understood, session),
        understood.account,
        understood.readers,
    )


def _counts_by_kind(session: ImportSession) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for (kind, what), count in session.counts.items():
        counts.setdefault(kind, {})[what] = count
    return counts


def _find_unknown(
    understood: Understood,
    session: ImportSession,
) -> list[Unknown]:
    """Return the words whose meaning is not known, column by column, the most frequent first."""
    words = dict(understood.unknown)
    for name, places in session.unknown_opds.items():
        words["opd", name] = len(places)

    found: dict[tuple[str, str], Unknown] = {}
    for (column, word), rows in words.items():
        key = (column, normalize_name(word))
        first = found.get(key, Unknown(column, word, 0))
        found[key] = first._replace(rows=first.rows + rows)
    return sorted(
        found.values(),
        key=lambda one: (one.column, -one.rows, one.word),
    )


def _problem_order(problem: Rejected) -> tuple[str, int]:
    """Sort problems by their file, then by their row."""
    file = str(problem.values.get("file", ""))
    row = problem.values.get("row", 0)
    return file, row if isinstance(row, int) else 0


def find_broken_rules(session: ImportSession) -> list[Rejected]:
    """Return the rules that the rows would break, each with the row that breaks it."""
    draft = session.draft
    broken = check_changes(
        draft.before,
        draft.register,
        draft.changes,
        draft.today,
    )
    return [_reject_at_row(session, problem) for problem in broken]


def _reject_at_row(session: ImportSession, problem: Problem) -> Rejected:
    error = problem.as_rejection()
    place = session.places.get(problem.fact)
    if place is None:
        opd = session.opds.by_code.get(error.values.get("second", ""))
        place = session.places.get(opd.id) if opd else None
    return error if place is None else with_place(error, place)
