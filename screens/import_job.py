"""An import in the making: the file, how it is to be read, the answers, and the plan that comes of it."""

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tracker.actions.draft import Context
from tracker.errors import Refused
from tracker.exchange.importing import ImportPlan, plan_import
from tracker.exchange.meaning.headers import Header, columns_understood
from tracker.exchange.meaning.mapping import Mapping
from tracker.exchange.meaning.values import written
from tracker.exchange.options import ImportOptions
from tracker.exchange.progress import Hook, Progress
from tracker.exchange.reading.files import files_in, read_file
from tracker.exchange.reading.grid import Grid
from tracker.register import Register

Headers = Sequence[tuple[Grid, Header]]


@dataclass(frozen=True)
class Reading:
    """How a file is to be read, as a person says it: the kind of its rows, as of when, and what is new."""

    kind: str = ""
    as_of: date | None = None
    create_opds: bool = False
    retire_missing: bool = False


@dataclass(frozen=True)
class Job:
    """What a person has said so far of an import."""

    path: Path
    reading: Reading = Reading()
    columns: Map[str, str] = field(default_factory=dict)
    answers: Map[str, str] = field(default_factory=dict)

    @property
    def options(self) -> ImportOptions:
        """The options that say the same to the import."""
        return ImportOptions(
            kind=self.reading.kind or None,
            as_of=self.reading.as_of,
            retire_missing=self.reading.retire_missing,
            mapping=Mapping(columns=self.columns),
            create_opds=self.reading.create_opds,
        )

    def with_column(self, ours: str, theirs: str | None) -> "Job":
        """Return the job with one of our columns taken from one of theirs; None: found by its name."""
        columns = {name: title for name, title in self.columns.items() if name != ours}
        return replace(self, columns=columns if theirs is None else {**columns, ours: theirs})

    def with_answer(self, key: str, answer: str) -> "Job":
        """Return the job with a question answered."""
        return replace(self, answers={**self.answers, key: answer})


@dataclass(frozen=True)
class Seen:
    """What came of reading a file: its headers as they are understood, and the plan."""

    plan: ImportPlan
    headers: Headers


def seen(job: Job, register: Register, context: Context, hook: Hook | None = None) -> Seen:
    """Read a job's file and plan the import; raise what ``hook`` raises to stop it."""
    plan = plan_import(register, [job.path], job.options, context, job.answers, hook)
    return Seen(plan, plan.headers or _guessed(job))


def _guessed(job: Job) -> Headers:
    """Return the headers of a file of which no header was recognised, as well as can be guessed."""
    try:
        grids = [g for path in files_in(job.path) for g in read_file(path, None, Progress()).grids]
    except Refused:
        return ()
    kind = job.reading.kind or "services"
    return [(g, columns_understood(g, kind, _likely_row(g), job.options.mapping)) for g in grids if g.rows]


def _likely_row(grid: Grid) -> int:
    """Return the first of the rows with the most words: titles above a header have fewer."""

    def words(cells: Sequence[object]) -> int:
        return sum(isinstance(cell, str) and bool(cell.strip()) for cell in cells)

    return max(grid.rows[:40], key=lambda row: (words(row[1]), -row[0]))[0]


def example(grid: Grid, header: Header, place: int) -> str:
    """Return the first thing that stands under a header's cell."""
    cells = (cells[place] for number, cells in grid.rows if number > header.row and place < len(cells))
    return next((text for cell in cells if (text := " ".join(written(cell).split()))), "")
