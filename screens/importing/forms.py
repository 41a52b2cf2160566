"""What the import asks in dialogs: how a file is to be read, and which of its columns is meant."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from screens.dialogs import options
from screens.dialogs.form import Field, FieldType, Form, Option
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
    reading: Reading, sheets: Sequence[str], language: Language
) -> Form[Reading]:
    """Return the form that asks how a file is to be read; ``sheets`` are those that a workbook has."""

    def kinds() -> list[Option]:
        named = [
            Option(kind, kind, language.text(kind_word(kind)))
            for kind in COLUMNS
        ]
        return [Option("", language.text("as the file says")), *named]

    def sheet_options() -> list[Option]:
        first = Option("", language.text("the first"))
        named = [Option(name, name) for name in sheets]
        return [first, *named, Option(ALL, language.text("all sheets"))]

    sheet: tuple[Field, ...] = ()
    if sheets:
        sheet = (
            Field(
                "sheet",
                N_("Sheet"),
                FieldType.PICK,
                reading.sheet,
                options=sheet_options,
            ),
        )
    return Form(
        N_("How to read it"),
        (
            Field(
                "kind",
                N_("Rows are"),
                FieldType.PICK,
                reading.kind,
                options=kinds,
            ),
            *sheet,
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
        ),
        lambda values: Reading(
            **{
                **values,
                "kind": values["kind"] or "",
                "sheet": values.get("sheet") or "",
                "mapping": values["mapping"] or "",
            }
        ),
        confirm=N_("Read again"),
    )


def column_form(
    column: Column, header: Header, language: Language
) -> Form[tuple[str | None]]:
    """Return the form that asks which column of a file holds one of ours."""

    def titles() -> list[Option]:
        return [
            Option(title, title)
            for title in dict.fromkeys(filter(None, header.titles))
        ]

    place = header.places.get(column.name)
    there = header.titles[place] if place is not None else None
    field = Field(
        "column", N_("Column in file"), FieldType.PICK, there, options=titles
    )
    about = language.text(column_word(column))
    return Form(
        N_("Column"),
        (field,),
        lambda values: (values["column"],),
        about,
        confirm=N_("Read again"),
    )


def unread_form(header: Header, language: Language) -> Form[tuple[str, str]]:
    """Return the form that asks what an unread column of a file holds: one of ours, or nothing of them."""

    def titles() -> list[Option]:
        return [Option(title, title) for title in dict.fromkeys(header.ignored)]

    def ours() -> list[Option]:
        columns = [
            Option(c.name, c.name, language.text(column_word(c)))
            for c in COLUMNS[header.kind]
        ]
        return [
            *columns,
            Option(
                SKIP, SKIP, language.text("Nothing of ours: it is not read")
            ),
        ]

    first = next(iter(header.unread or header.ignored), None)
    return Form(
        N_("Columns not read"),
        (
            Field(
                "theirs",
                N_("Column in file"),
                FieldType.PICK,
                first,
                required=True,
                options=titles,
            ),
            Field(
                "ours",
                N_("It holds"),
                FieldType.PICK,
                required=True,
                options=ours,
            ),
        ),
        lambda values: (values["theirs"], values["ours"]),
        confirm=N_("Read again"),
    )


def meanings(column: str, language: Language) -> Sequence[Option]:
    """Return the few values of one of our columns, as a mapping writes them; none where it may hold any."""
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
    job: Job, column: str, word: str, register: Register, language: Language
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
    field = Field("meaning", N_("Means"), ask, now, options=lambda: offered)
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
