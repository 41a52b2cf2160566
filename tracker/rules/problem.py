"""A rule that does not hold, as a value."""

from msgspec import Struct

from tracker.errors import Rejected


class Problem(Struct, frozen=True, eq=False):
    """Which rule (``code``) does not hold, of which fact and field, and what to tell of it."""

    code: str
    message: Rejected
    fact: str = ""
    field: str = ""

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes two problems the same one: that it was there before hinders no action."""
        values = self.message.values
        details = (f"{name}={values[name]}" for name in sorted(values))
        return self.code, self.fact, self.field, *details

    def as_rejection(self) -> Rejected:
        """Return the error that rejects an action for it; ``fact`` and ``field`` name the culprit."""
        named = {"fact": self.fact, "field": self.field}
        where = {name: value for name, value in named.items() if value}
        return Rejected(self.message.msgid, **{**self.message.values, **where})


def future_date(day: object, fact: str, field: str) -> Problem:
    """Return the problem of a day that is still to come."""
    message = Rejected(
        "{day} is still to come; enter what has happened.",
        day=day,
    )
    return Problem("future-date", message, fact, field)
