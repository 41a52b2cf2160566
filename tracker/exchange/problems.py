"""What is wrong with a file, with the place where it is wrong."""

from dataclasses import dataclass

from tracker.errors import Refused, Said
from tracker.language import Language


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the file (with its sheet), the row as a spreadsheet numbers it, the column."""

    file: str
    row: int = 0
    column: str = ""


def placed(error: Said, place: Place, column: str = "") -> Refused:
    """Return what ``error`` says with its place: ``file``, ``row`` and ``column`` among its values."""
    values = {"file": place.file, "row": place.row, "column": column or place.column, **error.values}
    return Refused(error.msgid, **values)


def said_in_place(language: Language, error: Said) -> str:
    """Return what an error says on one line, after its file, row and column where it has them."""
    values = error.values
    if "row" not in values or "{row}" in error.msgid:
        return language.say(error)
    said = {name: values.get(name, "") for name in ("file", "column")} | {"row": str(values["row"])}
    if said["column"]:
        return language.text("{file}, row {row}, {column}:", **said) + " " + language.say(error)
    if values["row"]:
        return language.text("{file}, row {row}:", **said) + " " + language.say(error)
    return language.text("{file}:", **said) + " " + language.say(error)
