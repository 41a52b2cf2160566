"""The languages of users: words through gettext, numbers and dates through babel."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from functools import cache, cached_property, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.errors import Exact, Term, UserError
from tracker.text import visible

if TYPE_CHECKING:
    from babel import Locale

_LOCALE = Path(__file__).parent / "locale"
LANGUAGES = tuple(
    sorted(
        (folder.name for folder in _LOCALE.iterdir() if folder.is_dir()),
        key=lambda code: (code != "id", code),
    ),
)
"""The languages with a folder in ``locale``; the first, Indonesian, is the default."""

NOTHING = "–"
"""What is shown for a figure that does not exist."""

LONGEST = 1_000
"""Characters of a value that an error message repeats."""


def N_(msgid: str) -> str:
    """Mark a msgid for translation; whoever shows it translates it."""
    return msgid


class Language:
    """One language: how its words, numbers and dates are written."""

    def __init__(self, code: str) -> None:
        self.code = code

    @cached_property
    def _catalogue(self) -> NullTranslations:
        path = _LOCALE / self.code / "LC_MESSAGES" / "tracker.mo"
        if not path.is_file():
            return NullTranslations()
        with path.open("rb") as file:
            return GNUTranslations(file)

    @cached_property
    def _locale(self) -> "Locale":
        from babel import Locale

        return Locale.parse(self.code)

    @cached_property
    def _marks(self) -> dict[int, str]:
        from babel.numbers import get_decimal_symbol, get_group_symbol

        return str.maketrans(
            {
                ",": get_group_symbol(self._locale),
                ".": get_decimal_symbol(self._locale),
            },
        )

    def text(self, msgid: str, /, **values: Any) -> str:
        """Return a message in this language, its ``{names}`` filled from ``values``."""
        said = self._catalogue.gettext(msgid) if msgid else ""
        return said.format_map(self._filled(values)) if values else said

    def plural(self, one: str, many: str, n: int, /, **values: Any) -> str:
        """Return the message for ``n`` things; ``{n}`` is filled too."""
        said = self._catalogue.ngettext(one, many, n)
        return said.format_map(self._filled({"n": n, **values}))

    def say(self, error: UserError) -> str:
        """Return an error's message on one line; very long values are shortened."""
        return self.text(
            error.msgid,
            **{name: _shortened(value) for name, value in error.values.items()},
        )

    def _filled(self, values: dict[str, Any]) -> dict[str, Any]:
        return {name: self._shown(value) for name, value in values.items()}

    def _shown(self, value: Any) -> str:
        if isinstance(value, Term):
            return self.text(value)
        if isinstance(value, Exact):
            return self.plain(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.number(value, 0 if isinstance(value, int) else 1)
        if isinstance(value, list):
            return ", ".join(map(self._shown, value))
        if isinstance(value, datetime):
            return self.moment(value)
        return (
            self.date(value) if isinstance(value, date) else visible(str(value))
        )

    def number(
        self,
        value: float | None,
        digits: int = 1,
        *,
        signed: bool = False,
    ) -> str:
        """Return a number with ``digits`` decimals; a dash if there is none.

        Halves are rounded away from zero, as ``rounded`` does.
        """
        if value is None:
            return NOTHING
        shown = rounded(value, digits)
        text = f"{abs(shown):,.{digits}f}".translate(self._marks)
        sign = "−" if shown < 0 else "+" if signed and shown > 0 else ""
        return sign + text

    @property
    def decimal_mark(self) -> str:
        """The sign before the decimals: a comma in Indonesian."""
        return self._marks[ord(".")]

    def plain(self, value: float | None) -> str:
        """Return a number with as many decimals as it has, at most three."""
        if value is None:
            return NOTHING
        return _write_decimal(rounded(value, 3), self._locale)

    def percent(self, share: float | None, digits: int = 1) -> str:
        """Return a share of one as a percentage; a dash if there is none."""
        if share is None:
            return NOTHING
        return self.number(100 * share, digits) + "%"

    def date_range(self, first: date, last: date) -> str:
        """Return two days and what lies between (``16–22 November 2026``), said once what they share."""
        end = self.date(last, "long")
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{end}"
        start = self.date(first, "long")
        if first.year == last.year:
            start = start.removesuffix(f" {first.year}")
        return f"{start} – {end}"

    def date(self, day: date | None, style: str = "medium") -> str:
        """Return a day as this language writes it (``22 Nov 2026``); a dash if there is none."""
        if day is None:
            return NOTHING
        patterns = {
            "year": "y",
            "month_name": "MMM",
            "month": "MMM y",
            "short": "d MMM",
            "medium": "d MMM y",
            "long": "d MMMM y",
            "full": "EEEE, d MMMM y",
            "weekday": "EEEE",
        }
        return _write_date(day, patterns[style], self._locale)

    def moment(self, moment: datetime) -> str:
        """Return a moment as this language writes it, in the zone that it carries."""
        from babel.dates import format_datetime

        return format_datetime(moment, "d MMM y HH:mm", locale=self._locale)

    def enumeration(self, items: Iterable[str]) -> str:
        """Return ``a, b and c`` as this language joins it."""
        from babel.lists import format_list

        return format_list(list(items), locale=self._locale)


# A list of services shows the same days and numbers a hundred times, and babel
# takes each of them apart anew.
@lru_cache(maxsize=10_000)
def _write_date(day: date, pattern: str, locale: "Locale") -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale=locale)


@lru_cache(maxsize=10_000)
def _write_decimal(value: Decimal, locale: "Locale") -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, "#,##0.###", locale=locale)


_EXACT = Context(prec=12, rounding=ROUND_HALF_EVEN)
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)


def subtract_rounded(
    whole: float | None,
    part: float | None,
    digits: int,
) -> float | None:
    """Return ``whole`` less ``part`` as both are shown, so that a reader's own sum holds."""
    if whole is None or part is None:
        return None
    return float(rounded(whole, digits) - rounded(part, digits))


def rounded(value: float, digits: int) -> Decimal:
    """Return a number with ``digits`` decimals, halves rounded away from zero.

    A figure is a fraction, and the float that carries it is off by some 1e-16 of its
    size, more after a sum: 28.5 may come as 28.499999999999996. Twelve significant
    digits give the fraction back before it is rounded.
    """
    exact = (
        value
        if isinstance(value, int)
        else _EXACT.create_decimal_from_float(value)
    )
    return Decimal(exact).quantize(Decimal(1).scaleb(-digits), context=_WIDE)


def _shortened(value: Any) -> Any:
    return (
        value[:LONGEST] + "…"
        if isinstance(value, str) and len(value) > LONGEST
        else value
    )


@cache
def load_language(code: str) -> Language:
    """Return the language called ``code``: Indonesian unless it is one that is known."""
    return Language(code if code in LANGUAGES else LANGUAGES[0])


def next_language(code: str) -> Language:
    """Return the language that follows ``code`` in turn."""
    index = LANGUAGES.index(code) + 1
    return load_language(LANGUAGES[index % len(LANGUAGES)])
