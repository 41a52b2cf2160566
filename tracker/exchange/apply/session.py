"""What an import has entered so far: its draft, whom its rows refer to, what it did and could not do."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from tracker.actions.draft import Draft
from tracker.errors import Rejected
from tracker.exchange.apply.references import Named, References
from tracker.exchange.columns import column_of_field
from tracker.exchange.effects import Change, Effect
from tracker.exchange.options import ImportOptions
from tracker.exchange.parsing.records import Record
from tracker.exchange.problems import RowLocation, with_place
from tracker.exchange.progress import Progress
from tracker.exchange.questions import SKIP, Answers, Question
from tracker.fields import kind_of_fact
from tracker.history import is_active
from tracker.indexes import INDEXES
from tracker.language import N_
from tracker.model import OPD, Application, Fact, Move, Service
from tracker.register import Register
from tracker.text import normalize_name

F = TypeVar("F", bound=Fact)
_FactIndex = dict[tuple[Any, ...], list[Any]]
_SERVICE_INDEXES = {
    spec.table: name for name, spec in INDEXES.items() if spec.order is not None
}
"""The registers' own indexes by service, by the table that they are of."""


class StatedFact(NamedTuple):
    """A row and what it says of something."""

    record: Record
    said: dict[str, Any]


class Open(Exception):
    """A row waits for the answer to a question."""


class LeftOut(Exception):
    """A person has said that a row is left out."""


class ImportSession:
    """The import in the making."""

    def __init__(
        self,
        draft: Draft,
        options: ImportOptions,
        answers: Answers,
        progress: Progress | None = None,
        steps: int = 0,
        *,
        of_several_files: bool = False,
    ) -> None:
        self.draft = draft
        self.options = options
        self.answers = answers
        self.day: date = options.as_of or draft.today

        register = self.register
        self.opds: References[OPD] = References(
            register.opds.values(),
            _names_of_opd,
            _is_open,
        )
        self.applications: References[Application] = References(
            register.applications.values(),
            _name,
            _is_open,
        )
        self.services: References[Service] = References(
            register.services.values(),
            _name,
            lambda service: is_active(self.register, service, draft.today),
        )

        self._progress = progress or Progress()
        self._done = 0
        self._steps = steps

        self._answered = ""
        """The key of the question whose answer the row at hand rests on."""
        self._answered_rows: dict[tuple[str, int], str] = {}
        """The same of earlier rows, by file and row."""
        self.places: dict[str, RowLocation] = {}
        """The row that each fact comes from, by the fact's key."""
        self.problems: list[Rejected] = []
        self.questions: dict[str, Question] = {}
        self.counts: Counter[tuple[str, str]] = Counter()
        self.effects: list[Effect] = []
        self._told: dict[tuple[str, str], list[StatedFact]] = {}

        self.opd_rows: dict[str, Record] = {}
        """The last row of each OPD, by its code."""
        self.unknown_opds: dict[str, set[RowLocation]] = {}
        """What stands for an OPD and is none, with where."""
        self.names_entered: dict[tuple[str, str, str], Record] = {}
        """The first row that has entered a service or application of a name, by kind and OPD."""
        self.coded: set[tuple[str, str]] = set()
        """What rows with a code say, by kind."""
        self.claimed: set[str] = set()
        """The keys of what rows with a code are about."""

        self.standing: dict[str, StatedFact] = {}
        """What an inventory says of the services that were there on its day."""
        self.waiting: dict[str, Record] = {}
        """The rows of an inventory that wait for the moves of earlier days, by service."""
        self.retirements: dict[str, Record] = {}
        self.remarks: dict[str, list[str]] = {}
        """What sheets remark of services of which they tell nothing new, by file."""
        self.returns: dict[tuple[str, str], list[Record]] = {}
        """The sheets that have come back, by the OPD's code and the week."""

        self._is_of_several = of_several_files
        self._pools: dict[tuple[Any, ...], list[Fact]] = {}
        self._indexes: dict[tuple[str, ...], _FactIndex] = {}
        """The facts of a table by the values of some fields, by the names of both."""
        self._instruments: dict[str, str] | None = None
        """How the register spells each instrument, by its normalized name."""
        self._moves: dict[str, dict[str, Fact | None]] = {}
        """The moves that rows have told of, by service and key."""

    @property
    def register(self) -> Register:
        """The register as it was before the import."""
        return self.draft.before

    def with_moves_of(self, service: Service) -> Register:
        """Return the register of before the import with the moves that this one has entered of a service."""
        entered = self._moves.get(service.id)
        if not entered:
            return self.register
        return self.register.changed({"moves": entered})

    def new(
        self,
        kind: str,
        fact: type[F],
        record: Record,
        /,
        **fields: Any,
    ) -> F:
        """Enter a new fact for a row and count it as new."""
        self.counts[kind, "new"] += 1
        return self.enter(fact, record, **fields)

    def enter(self, fact: type[F], record: Record, /, **fields: Any) -> F:
        """Enter a new fact for a row, recorded when and by whom the row says."""
        values = record.values
        made = self.draft.new(
            fact,
            recorded_at=values.get("recorded_at"),
            by=values.get("by", ""),
            **fields,
        )
        self._remember_place(made, record)
        return made

    def edit(self, kind: str, fact: F, record: Record, /, **fields: Any) -> F:
        """Give a fact that is there the values of a row, and count whether any of them is new."""
        edited = self.draft.edit(fact, **fields)
        self._remember_place(edited, record)
        if edited == fact:
            self.counts[kind, "unchanged"] += 1
            return edited

        changes = []
        for name, value in fields.items():
            before = getattr(fact, name)
            if before != value:
                change = Change(
                    name,
                    self._show_value(before),
                    self._show_value(value),
                )
                changes.append(change)
        self.note_effect("changed", kind, self._label_fact(fact), *changes)
        return edited

    def _remember_place(self, fact: Fact, record: Record) -> None:
        self.places[fact.id] = record.place
        if isinstance(fact, Move):
            self._moves.setdefault(fact.service, {})[fact.id] = fact

    def note_effect(
        self,
        what: str,
        kind: str,
        name: str,
        *changes: Change,
    ) -> None:
        """Note something that the import does, for the plan."""
        self.counts[kind, what] += 1
        self.effects.append(Effect(what, kind, name, changes))

    def ask(self, question: Question) -> str:
        """Return the answer to a row's question; raise ``Open`` where it is open, ``LeftOut`` for no row."""
        answer = self.answer(question)
        if answer is None:
            raise Open
        if answer == SKIP:
            raise LeftOut
        return answer

    def answer(self, question: Question) -> str | None:
        """Return the answer to a question; where there is none yet, keep the question."""
        answer = question.answer_in(self.answers)
        if answer is None:
            self.questions[question.key] = question
        else:
            self._answered = question.key
        return answer

    def attempt(
        self,
        record: Record,
        enter: Callable[["ImportSession", Record], None],
    ) -> None:
        """Enter a row; what is wrong with it is listed, what it leaves open waits for its answer."""
        self._done = min(self._done + 1, self._steps)
        self._progress.tell(self._done, self._steps)
        self._answered = ""
        try:
            enter(self, record)
        except Rejected as error:
            self.refuse(record, error)
        except Open:
            self.counts[record.kind, "open"] += 1
        except LeftOut:
            self.counts[record.kind, "skipped"] += 1
        if self._answered:
            row = (record.place.file, record.place.row)
            self._answered_rows[row] = self._answered

    def _blame_answer(self, record: Record, error: Rejected) -> Rejected:
        """Return the error that names the answer if two rows contradict each other only because of it."""
        if error.msgid != CONTRADICTION:
            return error
        values = error.values
        own = self._answered_rows.get((record.place.file, record.place.row))
        other = self._answered_rows.get((values["other"], int(values["first"])))
        key = self._answered or own or other
        if not key:
            return error
        return Rejected(
            "By the answer to “{key}” this row and row {first} of {other} are both “{value}”, "
            "and they differ: change the answer, or one of the rows.",
            key=key,
            **values,
        )

    def attempt_whole(self, enter: Callable[[], None]) -> None:
        """Enter what has no rows; what is wrong with it is listed."""
        try:
            enter()
        except Rejected as error:
            self.problems.append(error)

    def refuse(self, record: Record, error: Rejected) -> None:
        """List what is wrong with a row; the column is called as the file calls it."""
        error = self._blame_answer(record, error)
        column = error.values.pop("column", "")
        if not column:
            field = error.values.pop("field", "")
            column = column_of_field(record.kind, field)
        title = record.column(column) if column else ""
        self.problems.append(with_place(error, record.place, title))

    def unclaimed_facts(
        self,
        key: tuple[Any, ...],
        there: Iterable[Fact],
    ) -> list[Fact]:
        """Return the facts of before the import that rows of this key have not claimed yet."""
        if key not in self._pools:
            self._pools[key] = list(there)
        return self._pools[key]

    def note_row(
        self,
        of: str,
        record: Record,
        key: str,
        said: dict[str, Any],
    ) -> None:
        """Keep what a row says of something, for ``is_repeated`` to compare others with."""
        stated = StatedFact(record, dict(said))
        self._told.setdefault((of, key), []).append(stated)

    def describe_row(self, record: Record) -> str:
        """Return in which row something stands, with its file where rows of several are entered."""
        place = record.place
        if self._is_of_several:
            return f"{place.row} ({place.file})"
        return str(place.row)

    def is_repeated(
        self,
        of: str,
        record: Record,
        key: str,
        said: dict[str, Any],
        *,
        in_order: bool = False,
    ) -> bool:
        """Tell whether another row says the same of the same; ``Rejected`` where it says otherwise.

        ``of`` and ``key`` are what the row tells of, ``said`` what it says of it. With ``in_order`` the
        rows of one file may say one thing after another, and only those of other files are compared.
        """
        others = []
        for other in self._told.get((of, key), []):
            in_one_file = other.record.place.file == record.place.file
            if other.record is not record and not (in_order and in_one_file):
                others.append(other)
        self.note_row(of, record, key, said)
        if not others:
            return False
        if any(other.said == said for other in others):
            self.counts[record.kind, "repeated"] += 1
            return True
        raise contradiction_error(key, others[0].record.place)

    def find_facts(self, table: str, **fields: Any) -> list[Any]:
        """Return the facts of before the import that have these values.

        Every row of an import asks: no call may read a whole table.
        """
        by_service = _SERVICE_INDEXES.get(table)
        if by_service is not None:
            of_service = getattr(self.register, by_service)
            there = of_service.get(fields["service"], ())
            return [fact for fact in there if has_values(fact, fields)]

        key = (table, *fields)
        if key not in self._indexes:
            index: _FactIndex = defaultdict(list)
            for fact in self.register.table(table).values():
                index[tuple(getattr(fact, name) for name in fields)].append(
                    fact,
                )
            self._indexes[key] = index
        return self._indexes[key].get(tuple(fields.values()), [])

    def spell_instrument(self, instrument: str) -> str:
        """Return how the register spells an instrument, whose years are compared with each other."""
        if self._instruments is None:
            self._instruments = {}
            for evaluation in self.register.evaluations.values():
                name = normalize_name(evaluation.instrument)
                self._instruments.setdefault(name, evaluation.instrument)
        return self._instruments.get(normalize_name(instrument), instrument)

    def code_of(self, key: Any) -> str:
        """Return the code of the service, OPD or application with a key, or a value as it is."""
        service = self.services.by_key.get(key)
        return service.code if service else str(self._show_value(key))

    def check_standing(
        self,
        service: Service,
        day: date,
        said: dict[str, Any],
    ) -> None:
        """Refuse a move that an inventory of its day, in this import, says otherwise of."""
        stated = self.standing.get(service.id)
        if stated is None or day != self.options.as_of:
            return
        for name, value in stated.said.items():
            if said.get(name, value) != value:
                what = f"{service.code} {day}"
                raise contradiction_error(what, stated.record.place)

    def _label_fact(self, fact: Fact) -> str:
        """Return by what a person knows a fact; one without a name by its service or OPD, and its day."""
        kind = kind_of_fact(fact)
        title = getattr(fact, kind.title, "")
        if title:
            return str(title)
        service = self.services.by_key.get(getattr(fact, "service", ""))
        owner = service or self.opds.by_key.get(getattr(fact, "opd", ""))
        if owner is None:
            return fact.id
        day = kind.by_name.get(kind.day or "week")
        # A day ahead is a plan, and mostly what the import changes.
        if day is None or day.ahead:
            return owner.name
        return f"{owner.name} {getattr(fact, day.name)}"

    def _show_value(self, value: Any) -> Any:
        """Return a value as it is shown: of a reference the code."""
        opd = self.opds.by_key.get(value)
        if opd is not None:
            return opd.code
        application = self.applications.by_key.get(value)
        return application.code if application else value


CONTRADICTION = N_(
    "“{value}” already stands otherwise in row {first} of {other}: keep one of the two.",
)


def contradiction_error(value: str, first: RowLocation) -> Rejected:
    """Return the error for two rows that contradict each other."""
    return Rejected(
        CONTRADICTION,
        value=value,
        first=str(first.row),
        other=first.file,
    )


def has_values(fact: Fact, fields: dict[str, Any]) -> bool:
    """Tell whether a fact has these values in its fields."""
    return all(getattr(fact, name) == value for name, value in fields.items())


def _is_open(fact: Named) -> bool:
    return getattr(fact, "retired_on", None) is None


def _names_of_opd(opd: OPD) -> tuple[str, ...]:
    return (opd.name, *opd.aliases)


def _name(fact: Named) -> tuple[str, ...]:
    return (fact.name,)
