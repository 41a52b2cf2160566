"""What the import asks in dialogs: how a file is to be read, and which of its columns is meant."""

from screens.dialogs.form import Ask, Field, Form, Option
from screens.import_job import Reading
from tracker.exchange.columns import COLUMNS, Column
from tracker.exchange.meaning.headers import Header
from tracker.exchange.words import column_word, kind_word
from tracker.language import N_, Language


def reading_form(reading: Reading, language: Language) -> Form[Reading]:
    """Return the form that asks how a file is to be read."""

    def kinds() -> list[Option]:
        named = [Option(kind, kind, language.text(kind_word(kind))) for kind in COLUMNS]
        return [Option("", language.text("as the file says")), *named]

    return Form(
        N_("How to read it"),
        (
            Field("kind", N_("Rows are"), Ask.PICK, reading.kind, options=kinds),
            Field("as_of", N_("Inventory of"), Ask.DATE, reading.as_of, hint=N_("How things stood that day")),
            Field("create_opds", N_("Enter new OPDs"), Ask.SWITCH, reading.create_opds),
            Field("retire_missing", N_("Retire unlisted"), Ask.SWITCH, reading.retire_missing),
        ),
        lambda values: Reading(**{**values, "kind": values["kind"] or ""}),
        confirm=N_("Read again"),
    )


def column_form(column: Column, header: Header, language: Language) -> Form[tuple[str | None]]:
    """Return the form that asks which column of a file holds one of ours."""

    def titles() -> list[Option]:
        return [Option(title, title) for title in dict.fromkeys(filter(None, header.titles))]

    place = header.places.get(column.name)
    there = header.titles[place] if place is not None else None
    field = Field("column", N_("Column in the file"), Ask.PICK, there, options=titles)
    about = language.text(column_word(column))
    return Form(N_("Column"), (field,), lambda values: (values["column"],), about, confirm=N_("Read again"))
