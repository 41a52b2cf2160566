"""Errors that a user can cause, as data that any language can word."""

from collections.abc import Sequence
from typing import Any


class Term(str):
    """A msgid among the values of a message; translated together with it."""


class Exact(float):
    """A number among the values of a message that is shown as it is kept, not to one decimal."""


class UserError(Exception):
    """A message for the user: an English msgid and the values that fill it.

    Whoever shows it translates it: ``language.say(error)``.
    """

    exit_code = 1

    def __init__(self, msgid: str, /, **values: Any) -> None:
        super().__init__(msgid, values)
        self.msgid = msgid
        self.values = values

    def __str__(self) -> str:
        return self.msgid.format_map(self.values)


class Rejected(UserError):
    """The data do not allow it: an unknown service, a move before registration, a damaged row."""


class UsageError(UserError):
    """The command or its values are wrong."""

    exit_code = 2


class InUse(UserError):
    """Another process holds the register and did not let go in time."""

    exit_code = 3


class Unreadable(UserError):
    """The register is missing, empty, damaged or newer than this program."""

    exit_code = 4


class Conflict(Rejected):
    """Somebody else changed the same fact since it was read."""


class ProblemList(Rejected):
    """Several rejections at once, as an import has them; nothing was written.

    ``more`` is a msgid that says how to see all of them; with it a long list is cut short.
    """

    def __init__(self, problems: Sequence[UserError], more: str = "") -> None:
        super().__init__("{count} problems", count=len(problems))
        self.problems = tuple(problems)
        self.more = more
