"""Dialogs on files in and out: import, a city's catalogue, export."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screens.dialogs.asking import field
from screens.dialogs.checking import WRONG, reasons
from screens.dialogs.form import Ask, Field, Form, Option, Values
from screens.dialogs.labels import FACT_WORDS
from screens.dialogs.options import plain
from screens.dialogs.working import Answers, Hook, Job, Report, WorkDialog
from screens.selection import Selection
from screens.state import State
from tracker.actions.draft import Context
from tracker.errors import Many, Refused
from tracker.language import N_, Language
from tracker.model import TABLES

if TYPE_CHECKING:
    from tracker.exchange.importing import ImportPlan

KINDS = (
    *("opds", "applications", "services", "moves", "transfers"),
    *("targets", "obstacles", "reports", "evaluations", "milestones"),
)
_DONE = {
    "new": N_("new"),
    "created": N_("entered"),
    "changed": N_("changed"),
    "unchanged": N_("unchanged"),
    "moved": N_("moved"),
    "transferred": N_("transferred"),
    "renamed": N_("renamed"),
    "gone": N_("no longer listed"),
    "retired": N_("retired"),
    "reopened": N_("reopened"),
    "skipped": N_("skipped"),
    "repeated": N_("repeated"),
}


@dataclass(frozen=True)
class Importing:
    """The work of an import: read the files, say what they would change."""

    state: State
    files: tuple[Path, ...]
    as_of: date | None
    kind: str | None
    sheet: str
    retire_missing: bool
    create_opds: bool
    mapping: Path | None

    def __call__(self, hook: Hook, answers: Answers) -> Report:
        """Plan the import on the register on view."""
        from tracker.exchange.importing import plan_import
        from tracker.exchange.meaning.mapping import Mapping, read_mapping
        from tracker.exchange.options import ImportOptions

        options = ImportOptions(
            kind=self.kind,
            sheet=self.sheet or None,
            as_of=self.as_of,
            retire_missing=self.retire_missing,
            create_opds=self.create_opds,
            mapping=read_mapping(self.mapping) if self.mapping else Mapping(),
        )
        state = self.state
        planned = plan_import(state.register, self.files, options, context_of(state), answers, hook)
        return _reported(planned, state.language)


def context_of(state: State) -> Context:
    """Return who acts, when, and what day it is."""
    return Context(by=state.by, now=datetime.now(UTC), today=state.today)


def _reported(plan: "ImportPlan", language: Language) -> Report:
    if plan.problems:
        from tracker.exchange.problems import said_in_place

        lines = [WRONG + said_in_place(language, problem) for problem in plan.problems[:2]]
        left = len(plan.problems) - len(lines)
        return Report([*lines, language.text("… and {count} more", count=left)] if left else lines)
    if plan.questions:
        return Report([language.text("The file leaves questions open.")], questions=plan.questions)
    if plan.changes_nothing:
        return Report([WRONG + language.text("Nothing differs: it stands so already.")])
    return Report(_counted(plan.counts, language), plan.action)


def _counted(counts: dict[str, dict[str, int]], language: Language) -> list[str]:
    parts = [
        f"{language.text(FACT_WORDS[TABLES[kind]])}: "
        + ", ".join(
            f"{language.number(n, 0)} {language.text(_DONE[what])}"
            for what, n in done.items()
            if what in _DONE
        )
        for kind, done in counts.items()
        if kind in TABLES
    ]
    return ["; ".join(parts), language.text("Save again to enter it: one undo takes it back.")]


def import_files(state: State, selection: Selection) -> WorkDialog:
    """Ask for files to bring into the register, and how they are meant."""
    by_header = Option(None, state.language.text("by its header"))
    kinds = [by_header, *(Option(kind, state.language.text(FACT_WORDS[TABLES[kind]])) for kind in KINDS)]
    fields = (
        Field("files", N_("Files"), Ask.LIST, required=True, hint=N_("CSV, XLSX or JSON; several with ;")),
        Field("as_of", N_("Inventory of"), Ask.DATE, hint=N_("Day it shows")),
        Field("retire_missing", N_("Retire missing"), Ask.SWITCH, False),
        Field("create_opds", N_("Enter new OPDs"), Ask.SWITCH, False),
        Field("kind", N_("Rows are"), Ask.CHOICE, None, options=lambda: kinds),
        Field("sheet", N_("Sheet"), hint=N_("The first unless named")),
        Field("mapping", N_("Map"), hint=N_("A TOML file that says how columns are named")),
    )

    def make(values: Values) -> Job:
        given: dict[str, Any] = dict(values)
        given["files"] = tuple(_there(path) for path in given["files"])
        given["mapping"] = _there(given["mapping"]) if given["mapping"] else None
        return Importing(state, **given)

    return WorkDialog(Form(N_("Import"), fields, make, confirm=N_("Import")), state)


def _there(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.exists():
        raise Refused("There is no file {path}.", path=text)
    return path


def catalogue(state: State, selection: Selection) -> WorkDialog:
    """Ask which city's OPDs and services the register is to begin with."""
    from tracker.exchange.catalogue import catalogues, load_catalogue

    def make(values: Values) -> Job:
        return lambda hook, answers: _catalogue_report(values["path"] or values["catalogue"])

    def _catalogue_report(name: str) -> Report:
        from tracker.actions.perform import plan

        try:
            action = load_catalogue(name, context_of(state))
            commit = plan(state.register, action, context_of(state))
        except Many as error:
            return Report(reasons(error, state.language))
        counts = {table: {"new": len(facts)} for table, facts in commit.changes.items()}
        return Report(_counted(counts, state.language), action)

    names = plain(catalogues())
    fields = (
        field("catalogue", Ask.CHOICE, names[0].value if names else None, options=lambda: names),
        Field("path", N_("Or a file"), hint=N_("An export of another city")),
    )
    form = Form(N_("Catalogue"), fields, make, confirm=N_("Copy"))
    return WorkDialog(form, state)


def export(state: State, selection: Selection) -> WorkDialog:
    """Ask where everything is to be written."""
    formats = plain(("json", "xlsx", "csv"))
    fields = (
        Field("format", N_("Format"), Ask.CHOICE, "json", options=lambda: formats),
        Field("path", N_("To"), value=str(Path.home() / _name(state)), required=True),
    )

    def make(values: Values) -> Job:
        path = Path(values["path"]).expanduser()
        ending = "" if values["format"] == "csv" else f".{values['format']}"
        to = path.with_name(path.name + ending) if ending and path.suffix.lower() != ending else path
        if to.exists():
            raise Refused("{path} is there already: choose another name.", path=str(to))
        return lambda hook, answers: _exported(state, to, values["format"], hook)

    return WorkDialog(Form(N_("Export"), fields, make, confirm=N_("Write"), first="path"), state)


def _name(state: State) -> str:
    from tracker.text import code_from

    return f"{code_from(state.register.the_city.name)}-{state.today}"


def _exported(state: State, path: Path, form: str, hook: Hook) -> Report:
    from tracker.exchange.exporting import export as write

    written: Sequence[Path] = write(state.register, path, form, hook)
    n = len(written)
    return Report(
        [state.language.plural("{n} file written: {path}", "{n} files written: {path}", n, path=str(path))]
    )
