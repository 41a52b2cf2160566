"""An import in the making: the file, how it is to be read, the answers, and the plan that comes of it."""

import os
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tracker.actions.draft import Context
from tracker.errors import Rejected
from tracker.exchange.account import Part
from tracker.exchange.importing import ImportPlan, plan_import
from tracker.exchange.options import ImportOptions
from tracker.exchange.parsing.headers import (
    Header,
    nearest_header,
    read_header_as,
)
from tracker.exchange.parsing.mapping import (
    Mapping,
    mapping_as_toml,
    read_mapping,
)
from tracker.exchange.parsing.unmapped_columns import COLUMN
from tracker.exchange.parsing.values import cell_text
from tracker.exchange.progress import Hook, Progress
from tracker.exchange.questions import SKIP
from tracker.exchange.reading.files import find_files, read_file
from tracker.exchange.reading.grid import Grid
from tracker.exchange.writing.files import replace_file
from tracker.paths import typed_path
from tracker.register import Register
from tracker.text import normalize_name

Headers = Sequence[tuple[Grid, Header]]


@dataclass(frozen=True)
class Reading:
    """How the user wants a file to be read: the kind of its rows, its date, and what is new.

    ``mapping`` is the path of a file with the meanings of columns and words.
    """

    kind: str = ""
    sheet: str = ""
    as_of: date | None = None
    create_opds: bool = False
    retire_missing: bool = False
    mapping: str = ""


@dataclass(frozen=True)
class Job:
    """An import with the user's choices so far."""

    path: Path
    reading: Reading = Reading()
    mapping: Mapping = field(default_factory=Mapping)
    answers: Map[str, str] = field(default_factory=dict)

    @property
    def options(self) -> ImportOptions:
        """The options that say the same to the import."""
        return ImportOptions(
            kind=self.reading.kind or None,
            sheet=self.reading.sheet or None,
            as_of=self.reading.as_of,
            retire_missing=self.reading.retire_missing,
            mapping=self.mapping,
            create_opds=self.reading.create_opds,
        )

    def with_column(self, ours: str, theirs: str | None) -> "Job":
        """Return the job with one of our columns taken from one of theirs; None: found by its name."""
        columns = {
            name: title
            for name, title in self.mapping.columns.items()
            if name != ours
        }
        columns |= {} if theirs is None else {ours: theirs}
        unread = self.mapping.unread - {theirs}
        return replace(
            self,
            mapping=replace(self.mapping, columns=columns, unread=unread),
        )

    def with_unread(self, theirs: str) -> "Job":
        """Return the job with one of the file's columns not read."""
        columns = {
            name: title
            for name, title in self.mapping.columns.items()
            if title != theirs
        }
        unread = self.mapping.unread | {theirs}
        return replace(
            self,
            mapping=replace(self.mapping, columns=columns, unread=unread),
        )

    def with_word(
        self,
        column: str,
        theirs: str,
        ours: str | None,
    ) -> "Job":
        """Return the job with a word in one of our columns given a meaning; None: none any more."""
        words = {
            w: o
            for w, o in self.mapping.values.get(column, {}).items()
            if w != normalize_name(theirs)
        }
        words |= {} if ours is None else {normalize_name(theirs): ours}
        values = {**self.mapping.values, column: words}
        return replace(
            self,
            mapping=replace(
                self.mapping,
                values={c: w for c, w in values.items() if w},
            ),
        )

    def read_as(self, reading: Reading) -> "Job":
        """Return the job read otherwise; another mapping file takes the place of what was said before.

        Raises ``Rejected`` where that file is none.
        """
        if reading.mapping == self.reading.mapping:
            return replace(self, reading=reading)
        path = typed_path(reading.mapping)
        return replace(
            self,
            reading=reading,
            mapping=read_mapping(path) if reading.mapping else Mapping(),
        )

    @property
    def kept_mapping(self) -> Mapping:
        """What a mapping file has to say for the next file to be read as this one."""
        made, reading = self.mapping, self.reading
        create = reading.create_opds or made.create_opds
        return replace(
            made,
            kind=reading.kind or made.kind,
            sheet=reading.sheet or made.sheet,
            create_opds=create,
        )

    def with_answer(self, key: str, answer: str) -> "Job":
        """Return the job with a question answered."""
        return replace(self, answers={**self.answers, key: answer})


@dataclass(frozen=True)
class ImportPreview:
    """A job's file as it was read: its headers as they are understood, and the plan on a register."""

    job: Job
    register: Register
    plan: ImportPlan
    headers: Headers

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets of the file, those that are read first."""
        read = [grid.sheet for grid, _ in self.headers if grid.sheet]
        others = [
            one.name
            for one in self.plan.account.unread
            if one.part is Part.SHEET
        ]
        return list(dict.fromkeys([*read, *others]))


def preview_import(
    job: Job,
    register: Register,
    context: Context,
    hook: Hook | None = None,
) -> ImportPreview:
    """Read a job's file and plan the import; raise what ``hook`` raises to stop it."""
    plan = plan_import(
        register,
        [job.path],
        job.options,
        context,
        job.answers,
        hook,
    )
    return ImportPreview(job, register, plan, plan.headers or _guessed(job))


def answer_question(
    job: Job,
    found: ImportPreview,
    key: str,
    answer: str,
) -> Job:
    """Return the job with a question answered, or all of a sort.

    What is said of the columns of a single sheet goes into the mapping, to be kept for the next file.
    """
    asked = [
        question
        for question in found.plan.questions
        if key in {question.key, question.sort}
    ]
    if (
        len(found.headers) != 1
        or not asked
        or any(question.sort != COLUMN for question in asked)
    ):
        return job.with_answer(key, answer)
    if answer != SKIP and len(asked) > 1:
        return job.with_answer(key, answer)
    for title in (str(question.values["column"]) for question in asked):
        job = (
            job.with_unread(title)
            if answer == SKIP
            else job.with_column(answer, title)
        )
    return job


def _guessed(job: Job) -> Headers:
    """Return the headers of a file of which no header was recognised, as well as can be guessed."""
    try:
        grids = [
            grid
            for path in find_files(job.path).files
            for grid in read_file(path, None, Progress()).grids
        ]
    except Rejected:
        return ()
    return [(grid, _guess_header(grid, job)) for grid in grids if grid.rows]


def _guess_header(grid: Grid, job: Job) -> Header:
    """Return the header that the error names, else the row with most words, as one of services."""
    mapping = job.options.mapping
    nearest = nearest_header(grid, mapping, job.reading.kind)
    if nearest is not None:
        return nearest
    kind = job.reading.kind or "services"
    return read_header_as(grid, kind, _likely_row(grid), mapping)


def _likely_row(grid: Grid) -> int:
    """Return the first of the rows with the most words: titles above a header have fewer."""

    def words(cells: Sequence[object]) -> int:
        return sum(
            isinstance(cell, str) and bool(cell.strip()) for cell in cells
        )

    return max(grid.rows[:40], key=lambda row: (words(row[1]), -row[0]))[0]


def example(grid: Grid, header: Header, place: int) -> str:
    """Return the first thing that stands under a header's cell."""
    cells = (
        cells[place]
        for number, cells in grid.rows
        if number > header.row and place < len(cells)
    )
    return next(
        (text for cell in cells if (text := " ".join(cell_text(cell).split()))),
        "",
    )


def keep_mapping(job: Job, path: Path) -> Job:
    """Save how a job's file is read, and return the job that uses the saved mapping.

    Raises ``Rejected`` if the path cannot be written, or holds another file.
    """
    if os.path.exists(path) and path != typed_path(job.reading.mapping):
        raise Rejected(
            "{path} is there already: choose another name.",
            path=str(path),
        )
    with replace_file(path) as beside:
        beside.write_text(mapping_as_toml(job.kept_mapping), encoding="utf-8")
    return replace(
        job,
        reading=replace(job.reading, mapping=str(path)),
        mapping=job.kept_mapping,
    )
