"""Check a form as it is filled in: read its fields, find errors, preview the result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from screens.advice import advice_lines
from screens.dialogs.error_field import field_of
from screens.dialogs.form import Field, Form, Unchanged
from screens.dialogs.reading import is_missing, read_field
from screens.widgets.paint import wrap_text
from tracker.errors import Conflict, ProblemList, Rejected, UserError
from tracker.language import N_, Language

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)
WRONG = "✗ "
_NEEDED = N_("This is needed.")


class Checker(Protocol[T_contra]):
    """Previews a result."""

    def preview(self, result: T_contra) -> Sequence[str]:
        """Return lines that say what the result would do.

        Raises ``UserError`` if it would be rejected.
        """

    def accept_changes(self) -> None:
        """Stop raising ``Conflict`` for what others have changed: the user knows."""


@dataclass(frozen=True)
class Typed:
    """The content of a field before it is read.

    ``unknown`` is a text that is none of the options. ``choosing`` is True while options
    are offered, ``touched`` after the user has changed the field.
    """

    value: Any
    unknown: str = ""
    choosing: bool = False
    touched: bool = False


LONG = 20
"""Length of a text that one key alone must not throw away."""


def is_much_typed(initial: Sequence[Typed], filled: Sequence[Typed]) -> bool:
    """Return whether several fields were changed, or one to a long text."""
    before = [typed.unknown or typed.value or "" for typed in initial]
    after = [typed.unknown or typed.value or "" for typed in filled]
    changed = [
        new for old, new in zip(before, after, strict=True) if new != old
    ]
    return len(changed) > 1 or any(len(str(value)) >= LONG for value in changed)


@dataclass
class Outcome(Generic[T]):
    """The values read, the errors by field, the lines to show, and the result.

    ``in_conflict`` is True if only changes of others prevent the result.
    """

    values: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    says: Sequence[str] = ()
    result: T | None = None
    in_conflict: bool = False


@dataclass(frozen=True)
class Check(Generic[T]):
    """Checks the content of a form; ``checker`` previews its result."""

    form: Form[T]
    language: Language
    today: date
    checker: Checker[T] | None = None

    def evaluate(
        self,
        typed: Mapping[str, Typed],
        *,
        pressed: bool = False,
    ) -> Outcome[T]:
        """Return the outcome of what is typed.

        Empty fields are errors only if ``pressed``, that is once saving was tried.
        """
        out: Outcome[T] = Outcome()
        for one in self.form.fields:
            self._read_value(one, typed[one.name], out)

        # A field that could not be read has its own error and is not missing.
        missing = [
            one
            for one in self.form.fields
            if one.name in out.values and is_missing(one, out.values[one.name])
        ]
        for one in missing:
            if pressed or typed[one.name].touched:
                out.wrong[one.name] = self.language.text(_NEEDED)

        if missing:
            labels = (self.language.text(one.label) for one in missing)
            line = self.language.text(
                "Still to fill in: {fields}",
                fields=self.language.enumeration(labels),
            )
            out.says = (line,)
        elif not out.wrong:
            self._preview_result(out)

        return out

    def _read_value(
        self,
        one: Field,
        typed: Typed,
        out: Outcome[T],
    ) -> None:
        try:
            if typed.choosing:
                out.wrong[one.name] = ""
            elif typed.unknown:
                raise Rejected(
                    "“{value}” is none of these: choose one by a few letters.",
                    value=typed.unknown,
                )
            else:
                out.values[one.name] = read_field(one, typed.value, self.today)
        except UserError as error:
            out.wrong[one.name] = self.language.say(error)

    def _preview_result(self, out: Outcome[T]) -> None:
        """Make and preview the result; an error goes to the field it names."""
        try:
            result = self.form.make(out.values)
            out.says = self.checker.preview(result) if self.checker else ()
            out.result = result
        except UserError as error:
            out.in_conflict = isinstance(error, Conflict)
            name = field_of(error, out.values)
            if name is None:
                out.says = rejection_lines(error, self.language)
            else:
                out.wrong[name] = self.language.say(error)


def rejection_lines(error: UserError, language: Language) -> list[str]:
    """Return the lines of a rejection: its problems, and advice."""
    if isinstance(error, Unchanged):
        return [language.say(error)]

    problems = error.problems if isinstance(error, ProblemList) else (error,)
    lines = [WRONG + language.say(problem) for problem in problems]
    lines += advice_lines(error, language)
    if isinstance(error, Conflict):
        advice = N_("Save again to enter it all the same, or leave with Esc.")
        lines.append(language.text(advice))
    return lines


def fit_problems(
    lines: Sequence[str],
    width: int,
    room: int,
    language: Language,
) -> list[str]:
    """Return the lines with the first problems alone that fit whole, and how many more there are.

    The first problem is always shown, and what to do about them.
    """
    problems = [line for line in lines if line.startswith(WRONG)]
    others = [line for line in lines if not line.startswith(WRONG)]
    room -= sum(len(wrap_text(line, width)) for line in others)
    fitting: list[str] = []
    for problem in problems:
        rest = len(problems) - len(fitting) - 1
        room -= len(wrap_text(problem, width))
        if fitting and room < min(rest, 1):
            more = language.text("… and {count} more", count=rest + 1)
            return [*fitting, more, *others]
        fitting.append(problem)
    return [*fitting, *others]
