"""A form checked as it is filled in: what each field says, what is wrong, what would come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from screens.dialogs.error_field import field_of
from screens.dialogs.form import Field, Form, Unchanged
from screens.dialogs.reading import is_missing, read_field
from tracker.errors import Conflict, InUse, ProblemList, Rejected, UserError
from tracker.language import N_, Language

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)
WRONG = "✗ "
_MOST_SAID = 3
_NEEDED = N_("This is needed.")


class Checker(Protocol[T_contra]):
    """Tells what a result would do."""

    def preview(self, result: T_contra) -> Sequence[str]:
        """Return in words what the result would do; raise ``UserError`` where it would be refused."""

    def accept_changes(self) -> None:
        """Decide from now on upon what others have made of it: the person has been told."""


@dataclass(frozen=True)
class Typed:
    """What stands in a field, unread.

    ``unknown`` is what was typed where something was to be chosen; ``choosing`` tells that options are
    still being offered, ``touched`` that the field is not as it was at first.
    """

    value: Any
    unknown: str = ""
    choosing: bool = False
    touched: bool = False


LONG = 20
"""Characters from which on one text alone is not thrown away at one key."""


def is_much_typed(initial: Sequence[Typed], filled: Sequence[Typed]) -> bool:
    """Tell whether several fields, or one long text, differ from what they were at first."""
    changed = [
        _entered_value(now)
        for then, now in zip(initial, filled, strict=True)
        if _entered_value(now) != _entered_value(then)
    ]
    return len(changed) > 1 or any(len(str(value)) >= LONG for value in changed)


def _entered_value(typed: Typed) -> object:
    return typed.unknown or typed.value or ""


@dataclass
class Outcome(Generic[T]):
    """What is filled in: read values, what is wrong by field, what is said of all, and what is made of it.

    ``in_conflict`` tells that nothing is in the way but what others have changed.
    """

    values: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    says: Sequence[str] = ()
    result: T | None = None
    in_conflict: bool = False


@dataclass(frozen=True)
class Check(Generic[T]):
    """Checks what is filled into a form; ``checker`` knows what would come of it."""

    form: Form[T]
    language: Language
    today: date
    checker: Checker[T] | None = None

    def evaluate(
        self, typed: Mapping[str, Typed], *, pressed: bool = False
    ) -> Outcome[T]:
        """Return what comes of what is typed; ``pressed`` tells that saving was tried already."""
        out: Outcome[T] = Outcome()
        for one in self.form.fields:
            self._read_values(one, typed[one.name], out)
        missing = [
            one
            for one in self.form.fields
            if is_missing(one, out.values.get(one.name, 0))
        ]
        for one in missing:
            if pressed or typed[one.name].touched:
                out.wrong[one.name] = self.language.text(_NEEDED)
        if missing:
            labels = self.language.enumeration(
                self.language.text(one.label) for one in missing
            )
            out.says = (
                self.language.text("Still to fill in: {fields}", fields=labels),
            )
        elif not out.wrong:
            self._preview_action(out)
        return out

    def _read_values(self, one: Field, typed: Typed, out: Outcome[T]) -> None:
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

    def _preview_action(self, out: Outcome[T]) -> None:
        """Say what would come of the values; what the rules say against them goes where it belongs."""
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
    """Return why something is refused, of several reasons the first few."""
    if isinstance(error, Unchanged):
        return [language.say(error)]
    problems = error.problems if isinstance(error, ProblemList) else (error,)
    lines = [WRONG + language.say(problem) for problem in problems[:_MOST_SAID]]
    if len(problems) > _MOST_SAID:
        lines[-1] = language.text(
            "… and {count} more", count=len(problems) - _MOST_SAID + 1
        )
    lines += advice_lines(error, language)
    if isinstance(error, Conflict):
        lines.append(
            language.text(
                "Save again to enter it all the same, or leave with Esc."
            )
        )
    return lines


def advice_lines(error: UserError, language: Language) -> list[str]:
    """Return what to do after a rejection that has nothing to do with what was entered."""
    if isinstance(error, InUse):
        return [language.text("Nothing was recorded. Try again in a moment.")]
    return []
