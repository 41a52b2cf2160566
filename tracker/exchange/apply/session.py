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
from tracker.fields import FACT_KINDS, kind_of_fact
from tracker.language import N_
from tracker.model import OPD, Application, Fact, Move, Service
from tracker.register import Register

F = TypeVar("F", bound=Fact)


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
        self.opds: References[OPD] = References(
            self.register.opds.values(),
            lambda opd: (opd.name, *opd.aliases),
            _is_open,
        )
        self.applications: References[Application] = References(
            self.register.applications.values(), _name, _is_open
        )
        self.services: References[Service] = References(
            self.register.services.values(),
            _name,
            lambda service: not self._is_closed(service),
        )
        self._progress, self._done, self._steps = (
            progress or Progress(),
            0,
            steps,
        )
        self._answered = ""
        """The key of the question whose answer the row at hand rests on."""
        self._answered_rows: dict[tuple[str, int], str] = {}
        """The same of earlier rows, by file and row."""
        self.places: dict[str, RowLocation] = {}
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
        self._by_identity: dict[str, dict[tuple[Any, ...], list[Any]]] = {}
        self._moves: dict[str, dict[str, Fact | None]] = {}
        """The moves that rows have told of, by service and key."""

    @property
    def register(self) -> Register:
        """The register as it was before the import."""
        return self.draft.before

    def with_moves_of(self, service: Service) -> Register:
        """Return the register of before the import with the moves that this one has entered of a service."""
        entered = self._moves.get(service.id)
        return (
            self.register.changed({"moves": entered})
            if entered
            else self.register
        )

    def new(
        self, kind: str, fact: type[F], record: Record, /, **fields: Any
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
        self._keep(made, record)
        return made

    def edit(self, kind: str, fact: F, record: Record, /, **fields: Any) -> F:
        """Put right what a row says of a fact that is there; nothing where it says the same."""
        edited = self.draft.edit(fact, **fields)
        self._keep(edited, record)
        self.counts[kind, "unchanged" if edited == fact else "changed"] += 1
        if edited != fact:
            changes = [
                Change(
                    name, self._shown(getattr(fact, name)), self._shown(value)
                )
                for name, value in fields.items()
                if getattr(fact, name) != value
            ]
            self.effects.append(
                Effect("changed", kind, self._label(fact), tuple(changes))
            )
        return edited

    def _keep(self, fact: Fact, record: Record) -> None:
        self.places[fact.id] = record.place
        if isinstance(fact, Move):
            self._moves.setdefault(fact.service, {})[fact.id] = fact

    def note_effect(
        self, what: str, kind: str, name: str, *changes: Change
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
        self, record: Record, enter: Callable[["ImportSession", Record], None]
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
            self._answered_rows[record.place.file, record.place.row] = (
                self._answered
            )

    def _blame_answer(self, record: Record, error: Rejected) -> Rejected:
        """Return the error that names the answer if two rows contradict each other only because of it."""
        values = error.values
        if error.msgid != CONTRADICTION:
            return error
        rows = (
            (record.place.file, record.place.row),
            (values["other"], int(values["first"])),
        )
        answered = (self._answered_rows.get(row) for row in rows)
        key = self._answered or next(filter(None, answered), None)
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
        ours = error.values.pop("column", "") or column_of_field(
            record.kind, error.values.pop("field", "")
        )
        self.problems.append(
            with_place(error, record.place, record.column(ours) if ours else "")
        )

    def unclaimed_facts(
        self, key: tuple[Any, ...], there: Iterable[Fact]
    ) -> list[Fact]:
        """Return the facts of before the import that rows of this key have not claimed yet."""
        if key not in self._pools:
            self._pools[key] = list(there)
        return self._pools[key]

    def note_row(
        self, of: str, record: Record, key: str, said: dict[str, Any]
    ) -> None:
        """Keep what a row says of something, for ``is_repeated`` to compare others with."""
        self._told.setdefault((of, key), []).append(
            StatedFact(record, dict(said))
        )

    def describe_row(self, record: Record) -> str:
        """Return in which row something stands, with its file where rows of several are entered."""
        place = record.place
        return (
            f"{place.row} ({place.file})"
            if self._is_of_several
            else str(place.row)
        )

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
        told = self._told.get((of, key), [])
        others = [
            other
            for other in told
            if other.record is not record
            and not (in_order and other.record.place.file == record.place.file)
        ]
        self.note_row(of, record, key, said)
        if not others:
            return False
        if any(other.said == said for other in others):
            self.counts[record.kind, "repeated"] += 1
            return True
        raise contradiction_error(key, others[0].record.place)

    def facts_with_identity(self, table: str, *identity: Any) -> list[Any]:
        """Return the facts of before the import that hold these values in identifying fields."""
        if table not in self._by_identity:
            names = FACT_KINDS[table].identity
            known: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
            for fact in self.register.table(table).values():
                known[tuple(getattr(fact, name) for name in names)].append(fact)
            self._by_identity[table] = known
        return self._by_identity[table].get(identity, [])

    def code_of(self, key: Any) -> str:
        """Return the code of the service, OPD or application with a key, or a value as it is."""
        service = self.services.by_key.get(key)
        return service.code if service else str(self._shown(key))

    def check_standing(
        self, service: Service, day: date, said: dict[str, Any]
    ) -> None:
        """Refuse a move that an inventory of its day, in this import, says otherwise of."""
        told = self.standing.get(service.id)
        if told is None or day != self.options.as_of:
            return
        if any(
            said.get(name, value) != value for name, value in told.said.items()
        ):
            raise contradiction_error(
                f"{service.code} {day}", told.record.place
            )

    def _label(self, fact: Fact) -> str:
        """Return by what a person knows a fact; one without a name by its service or OPD, and its day."""
        kind = kind_of_fact(fact)
        title = getattr(fact, kind.title, "")
        if title:
            return str(title)
        owner = self.services.by_key.get(
            getattr(fact, "service", "")
        ) or self.opds.by_key.get(getattr(fact, "opd", ""))
        day = kind.by_name.get(kind.day or "week")
        # A day ahead is a plan, and mostly what the import changes.
        when = getattr(fact, day.name) if day and not day.ahead else ""
        return f"{owner.name} {when}".strip() if owner else fact.id

    def _shown(self, value: Any) -> Any:
        """Return a value as it is shown: of a reference the code."""
        named = self.opds.by_key.get(value) or self.applications.by_key.get(
            value
        )
        return named.code if named else value

    def _is_closed(self, service: Service) -> bool:
        closures = self.register.closures_of.get(service.id, ())
        return any(
            c.start <= self.draft.today
            and (c.until is None or c.until > self.draft.today)
            for c in closures
        )


CONTRADICTION = N_(
    "“{value}” already stands otherwise in row {first} of {other}: keep one of the two."
)


def contradiction_error(value: str, first: RowLocation) -> Rejected:
    """Return that a row says otherwise of what another one tells of already."""
    return Rejected(
        CONTRADICTION,
        value=value,
        first=str(first.row),
        other=first.file,
    )


def _is_open(fact: Named) -> bool:
    return getattr(fact, "retired_on", None) is None


def _name(fact: Named) -> tuple[str, ...]:
    return (fact.name,)
