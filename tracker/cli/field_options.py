"""Command-line options for the fields of facts, made from the fields' descriptions."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from typer import Option

from tracker.cli.common import DATE, FACTOR, KIND, STAGE, WEEK
from tracker.cli.complete import complete_applications, complete_opds
from tracker.cli.session import Session, session_of
from tracker.cli.values import (
    read_factor,
    read_number,
    read_reminder_level,
    read_whole,
)
from tracker.fields import ChangedBy, Field, ValueType, fields_changed_by

Fields = dict[str, Any]
"""What was typed for a fact's fields, read; None empties one."""

METAVARS = {
    ValueType.CODE: "CODE",
    ValueType.OPD: "OPD",
    ValueType.APPLICATION: "APP",
    ValueType.DATE: DATE,
    ValueType.WEEK: WEEK,
    ValueType.STAGE: STAGE,
    ValueType.FACTOR: FACTOR,
    ValueType.KIND: KIND,
    ValueType.NUMBER: "N",
    ValueType.VISITS: "N",
    ValueType.DAYS: "N",
    ValueType.WHOLE: "N",
    ValueType.YEAR: "N",
}
_COMPLETIONS = {
    ValueType.OPD: complete_opds,
    ValueType.APPLICATION: complete_applications,
}


def keep_given(**options: Any) -> Fields:
    """Return the options that were given: an empty text is, None is not."""
    return {name: value for name, value in options.items() if value is not None}


def takes_fields(
    table: str,
    *,
    without: tuple[str, ...] = (),
    edits: bool = False,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command an option for each field of ``table`` that an edit may change.

    The command gets what was typed, read, as ``fields``. With ``edits`` an empty value
    empties a field; else it is as if it had not been given.
    """
    options = [
        field
        for field in fields_changed_by(table, ChangedBy.EDIT)
        if field.name not in without
    ]

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(**given: Any) -> None:
            session = session_of(given["ctx"])
            fields: dict[str, Any] = {}
            for field in options:
                typed = given.pop(field.name)
                if typed is not None and (edits or typed):
                    fields[field.name] = read_field(session, field, typed)
            command(fields=fields, **given)

        own = inspect.signature(command, eval_str=True)
        kept = [one for one in own.parameters.values() if one.name != "fields"]
        added = [_parameter_for(field, edits=edits) for field in options]
        run.__signature__ = own.replace(parameters=[*kept, *added])  # type: ignore[attr-defined]
        run.__annotations__ = {
            one.name: one.annotation for one in (*kept, *added)
        }
        return run

    return decorate


def _parameter_for(field: Field, *, edits: bool) -> inspect.Parameter:
    flag = field.flag or f"--{field.name.replace('_', '-')}"
    help = (field.edit_help if edits else "") or field.help or field.label
    option = Option(
        flag,
        metavar=field.metavar or METAVARS.get(field.type, "TEXT"),
        help=help,
        autocompletion=_COMPLETIONS.get(field.type),
    )
    typed: Any = list[str] if field.type is ValueType.LIST else str
    return inspect.Parameter(
        field.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[typed | None, option],
    )


def read_field(
    session: Session,
    field: Field,
    typed: str | list[str],
) -> Any:
    """Read what was typed for a field; None empties it. Raises ``UsageError`` for a misfit."""
    if isinstance(typed, list):
        return tuple(item for item in typed if item)
    if not typed:
        return None
    readers: dict[ValueType, Callable[[str], Any]] = {
        ValueType.DATE: session.read_day,
        ValueType.WEEK: lambda text: str(session.read_week(text)),
        ValueType.STAGE: session.read_stage,
        ValueType.FACTOR: read_factor,
        ValueType.KIND: session.read_kind,
        ValueType.REMINDER_LEVEL: read_reminder_level,
        ValueType.VISITS: read_number,
        ValueType.DAYS: read_number,
        ValueType.NUMBER: read_number,
        ValueType.WHOLE: read_whole,
        ValueType.YEAR: read_whole,
        ValueType.LIST: lambda text: tuple(map(str.strip, text.split(";"))),
    }
    return readers.get(field.type, str)(typed)
