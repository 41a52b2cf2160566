"""Dialogs of the screen of other cities; none of them changes the register."""

from collections.abc import Sequence
from pathlib import Path

from screens.dialogs.base import FormDialog
from screens.dialogs.form import Field, FieldType, Form, Option, Values
from screens.dialogs.working import Hook, Job, Report, WorkDialog
from screens.navigation import NearNames
from screens.state import State
from tracker.comparison.collection_file import is_collection
from tracker.comparison.report import Comparison, render_markdown
from tracker.errors import Rejected
from tracker.exchange.writing.files import replace_file
from tracker.language import N_
from tracker.paths import typed_path


def choose_files_dialog(
    files: Sequence[str],
    state: State,
) -> FormDialog[tuple[str, ...]]:
    """Ask for the registers, exports or collected tables of other cities."""
    fields = (
        Field(
            "files",
            N_("Files"),
            FieldType.LIST,
            tuple(files),
            hint=N_("Several with ; between"),
        ),
    )

    def make(values: Values) -> tuple[str, ...]:
        paths = [typed_path(file).absolute() for file in values["files"] or ()]
        for path in paths:
            if not path.exists():
                raise Rejected("{path} is not there.", path=str(path))
        return tuple(map(str, paths))

    about = state.language.text(
        "Registers or exports of other cities, JSON files or CSV folders, or tables of `collect`.",
    )
    form = Form(
        N_("Other cities"),
        fields,
        make,
        about,
        confirm=N_("Compare"),
    )
    return FormDialog(form, state.language, state.today)


def choose_collected_dialog(table: Path, state: State) -> FormDialog[Path]:
    """Ask for a collected table, ``table`` unless another is typed."""
    field = Field(
        "path",
        N_("Table"),
        value=str(table),
        required=True,
    )

    def make(values: Values) -> Path:
        path = typed_path(values["path"]).absolute()
        if not is_collection(path):
            raise Rejected(
                "{path} is no table of collected weeks: `collect` makes one.",
                path=str(path),
            )
        return path

    about = state.language.text(
        "Published weeks of many cities, as `collect` puts them into one table.",
    )
    title = N_("Collected table")
    form = Form(title, (field,), make, about, confirm=N_("Compare"))
    return FormDialog(form, state.language, state.today)


def near_names_dialog(
    near: NearNames,
    comparison: Comparison,
    state: State,
) -> FormDialog[bool]:
    """Ask whether two near names mean the same service."""
    text = state.language.text
    other = next(city for city in comparison.others if city.name == near.city)
    options = [Option(True, text("the same")), Option(False, text("different"))]
    fields = (
        Field(
            "same",
            N_("They are"),
            FieldType.CHOICE,
            options=lambda: options,
            required=True,
        ),
    )

    def make(values: Values) -> bool:
        return bool(values["same"])

    about = text(
        "“{ours}” here and “{theirs}” in {city}: this is remembered.",
        ours=state.register.service_codes[near.ours].name,
        theirs=other.register.service_codes[near.theirs].name,
        city=near.city,
    )
    form = Form(N_("Nearly the same name"), fields, make, about)
    return FormDialog(form, state.language, state.today)


def write_dialog(
    comparison: Comparison,
    state: State,
    folder: Path,
) -> WorkDialog:
    """Ask for a file, and write the comparison to it as Markdown."""
    name = f"{state.language.text('other-cities')}.md"
    field = Field(
        "path",
        N_("To"),
        value=str(folder / name),
        required=True,
    )

    def make(values: Values) -> Job:
        path = typed_path(values["path"])
        if path.exists():
            raise Rejected(
                "{path} is there already: choose another name.",
                path=str(path),
            )
        return lambda hook: _write_file(comparison, state, path, hook)

    form = Form(N_("Other cities"), (field,), make, confirm=N_("Write"))
    return WorkDialog(form, state)


def _write_file(
    comparison: Comparison,
    state: State,
    path: Path,
    hook: Hook,
) -> Report:
    page = render_markdown(comparison, state.language)
    with replace_file(path) as beside:
        beside.write_text(page, encoding="utf-8")
    said = state.language.text("Written: {path}", path=str(path))
    return Report([said], done=True)
