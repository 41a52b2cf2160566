"""The forms of the import: how to read a file, and what its columns and words mean."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from screens.dialogs import options
from screens.dialogs.form import Field, FieldType, Form, Option, Values
from screens.importing.job import Job, Reading
from tracker.exchange.columns import COLUMNS, Column
from tracker.exchange.labels import column_word, kind_word, name_word
from tracker.exchange.parsing.headers import Header
from tracker.exchange.questions import SKIP
from tracker.exchange.reading.sheet_choice import ALL
from tracker.language import N_, Language
from tracker.paths import typed_path
from tracker.register import Register
from tracker.text import normalize_name


def reading_form(
    reading: Reading,
    sheets: Sequence[str],
    language: Language,
) -> Form[Reading]:
    """Return the form that asks how to read a file.

    ``sheets`` are those of a workbook, none for other files.
    """
    fields = [
        Field(
            "kind",
            N_("Rows are"),
            FieldType.PICK,
            reading.kind,
            options=lambda: _kind_options(language),
        ),
        Field(
            "as_of",
            N_("Inventory of"),
            FieldType.DATE,
            reading.as_of,
            hint=N_("How things stood that day"),
        ),
        Field(
            "create_opds",
            N_("Enter new OPDs"),
            FieldType.SWITCH,
            reading.create_opds,
        ),
        Field(
            "retire_missing",
            N_("Retire unlisted"),
            FieldType.SWITCH,
            reading.retire_missing,
        ),
        Field("mapping", N_("Mapping file"), value=reading.mapping),
    ]
    if sheets:
        fields.insert(1, _sheet_field(reading, sheets, language))

    def make(values: Values) -> Reading:
        texts = {"sheet": "", **values}
        for name in ("kind", "sheet", "mapping"):
            texts[name] = texts[name] or ""
        return Reading(**texts)

    title, confirm = N_("How to read it"), N_("Read again")
    return Form(title, fields, make, confirm=confirm)


def _kind_options(language: Language) -> list[Option]:
    unknown = Option("", language.text("as the file says"))
    kinds = [
        Option(kind, kind, language.text(kind_word(kind))) for kind in COLUMNS
    ]
    return [unknown, *kinds]


def _sheet_field(
    reading: Reading,
    sheets: Sequence[str],
    language: Language,
) -> Field:
    choices = [
        Option("", language.text("the first")),
        *(Option(name, name) for name in sheets),
        Option(ALL, language.text("all sheets")),
    ]
    return Field(
        "sheet",
        N_("Sheet"),
        FieldType.PICK,
        reading.sheet,
        options=lambda: choices,
    )


def column_form(
    column: Column,
    header: Header,
    language: Language,
) -> Form[tuple[str | None]]:
    """Return the form that asks which column of a file holds one of ours."""
    titles = [
        Option(title, title) for title in dict.fromkeys(header.titles) if title
    ]
    index = header.places.get(column.name)
    now = header.titles[index] if index is not None else None
    field = Field(
        "column",
        N_("Column in file"),
        FieldType.PICK,
        now,
        options=lambda: titles,
    )
    return Form(
        N_("Column"),
        (field,),
        lambda values: (values["column"],),
        language.text(column_word(column)),
        confirm=N_("Read again"),
    )


def unread_form(header: Header, language: Language) -> Form[tuple[str, str]]:
    """Return the form that asks which of our columns an unread one is, or none."""
    titles = [Option(title, title) for title in dict.fromkeys(header.ignored)]
    columns = [
        Option(column.name, column.name, language.text(column_word(column)))
        for column in COLUMNS[header.kind]
    ]
    nothing = language.text("Nothing of ours: it is not read")
    columns.append(Option(SKIP, SKIP, nothing))

    first = next(iter(header.unread or header.ignored), None)
    fields = (
        Field(
            "theirs",
            N_("Column in file"),
            FieldType.PICK,
            first,
            required=True,
            options=lambda: titles,
        ),
        Field(
            "ours",
            N_("It holds"),
            FieldType.PICK,
            required=True,
            options=lambda: columns,
        ),
    )
    return Form(
        N_("Columns not read"),
        fields,
        lambda values: (values["theirs"], values["ours"]),
        confirm=N_("Read again"),
    )


def meanings(column: str, language: Language) -> Sequence[Option]:
    """Return the values that a column may have, as a mapping writes them; none if any."""
    words = {
        "stage": options.stage_options,
        "factor": options.factor_options,
        "kind": options.kind_options,
    }
    if column in words:
        return words[column](language)
    yes_no = [
        Option("yes", language.text("Yes")),
        Option("no", language.text("No")),
    ]
    return yes_no if column == "method_break" else ()


def word_form(
    job: Job,
    column: str,
    word: str,
    register: Register,
    language: Language,
) -> Form[tuple[str]]:
    """Return the form that asks what a word in one of our columns means."""
    now = job.mapping.values.get(column, {}).get(normalize_name(word))
    offered = meanings(column, language)
    if column == "opd":
        offered = [
            replace(one, value=one.word)
            for one in options.opd_options(register)
        ]
    ask = FieldType.PICK if offered else FieldType.TEXT
    field = Field(
        "meaning",
        N_("Means"),
        ask,
        now,
        options=lambda: offered,
    )
    about = f"{language.text(name_word(column))}: “{word}”"
    return Form(
        N_("Word of the file"),
        (field,),
        lambda values: (values["meaning"],),
        about,
        N_("Read again"),
    )


def keep_form(job: Job) -> Form[Path]:
    """Return the form that asks where to keep how a file is read."""
    there = job.reading.mapping or str(job.path.with_suffix(".toml"))
    field = Field("path", N_("To"), value=there, required=True)
    return Form(
        N_("Keep for next time"),
        (field,),
        lambda values: typed_path(values["path"]),
        confirm=N_("Write"),
    )
