"""The week as a message for a chat: at most 900 characters, bold as WhatsApp writes it."""

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.labels import short_opd_name
from tracker.language import Language
from tracker.snapshot.blocks import Led
from tracker.snapshot.first_page import state_text
from tracker.snapshot.key_figures_text import (
    key_figure_change,
    key_figure_name,
    key_figure_number,
)
from tracker.snapshot.news import forecast_text
from tracker.snapshot.values import HeadlineName, OPDInNeed, WeekValue
from tracker.snapshot.verdict_short import word_finding_short
from tracker.text import collapse_whitespace, shorten, visible

LONGEST = 900
MOST_ASKED, MOST_IN_NEED = 3, 3
LONGEST_OWNER, LONGEST_ASKED = 24, 48
SHOWN: tuple[HeadlineName, ...] = (
    "single_door_share",
    "digital_share",
    "visit_free_share",
)
_BOLD = "*"
_COMMANDS = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "ʼ"})
"""What a chat would read as bold, italic, struck out or code in a text of the register."""


@dataclass(frozen=True)
class Line:
    """A line of the message; of lines too many those with the highest ``rank`` are left out."""

    rank: int
    text: str


def render_chat(value: WeekValue, language: Language) -> str:
    """Return the week's message, at most `LONGEST` characters with its last line feed."""
    lines = [line for line in _write_lines(value, language) if line.text]
    while sum(len(line.text) + 1 for line in lines) > LONGEST:
        lines.remove(max(lines, key=lambda line: line.rank))

    return "".join(f"{line.text}\n" for line in lines)


def _write_lines(value: WeekValue, language: Language) -> Iterator[Line]:
    """Yield the lines in the order in which they are read, each with its rank."""
    yield Line(0, _title(value, language) + "\n")
    for number, finding in enumerate(value.findings):
        yield Line(
            1 + 2 * number,
            _write_led("•", word_finding_short(finding, language)),
        )
    yield Line(2, _figures(value, language))
    yield Line(4, _write_asked(value, language))
    yield Line(6, _in_need(value, language))
    forecast = forecast_text(value.figures.city, language)
    yield Line(8, _write_led("", Led(language.text("Forecast:"), forecast)))


def _title(value: WeekValue, language: Language) -> str:
    state = state_text(value, language).lead.lower()
    marks = [f"{state}, {language.date(value.figures.as_of, 'short')}"]
    if value.city.illustrative:
        marks.append(language.text("ILLUSTRATIVE"))
    title = language.text(
        "Digital services of {city}, week {week}",
        city=value.city.name,
        week=str(value.week.number),
    )
    return f"{_bold(title)} ({'; '.join(marks)})"


def _figures(value: WeekValue, language: Language) -> str:
    if not value.figures.city.services:
        return ""
    shown = []
    for figure in value.key_figures:
        if figure.name in SHOWN:
            number = key_figure_number(figure.name, figure.now, language)
            change = key_figure_change(figure.name, figure.change(4), language)
            name = key_figure_name(figure.name, language)
            shown.append(f"{name} {_bold(number)} ({change})")
    return language.text(
        "{figures} (in 4 weeks, percentage points)",
        figures=" · ".join(shown),
    )


def _write_asked(value: WeekValue, language: Language) -> str:
    asked = [
        f"{shorten(one.owner, LONGEST_OWNER)}: {shorten(one.text, LONGEST_ASKED)} "
        f"({language.date(one.due_on, 'short')})"
        for one in value.asked[:MOST_ASKED]
    ]
    if not asked:
        return ""
    more = len(value.asked) - len(asked)
    if more:
        asked.append(language.plural("{n} more", "{n} more", more))
    return _write_led("", Led(language.text("Asked:"), "; ".join(asked)))


def _in_need(value: WeekValue, language: Language) -> str:
    named = [
        _write_need(row, short_opd_name(value.opds[row.opd.key]), language)
        for row in value.in_need[:MOST_IN_NEED]
    ]
    if not named:
        return ""
    return _write_led("", Led(language.text("Must move:"), "; ".join(named)))


def _write_need(row: OPDInNeed, name: str, language: Language) -> str:
    """Return an OPD with what is late and due; of one that owes neither, its silence."""
    if row.overdue or row.due_soon:
        return language.text(
            "{opd} (late {late}, due {due})",
            opd=name,
            late=row.overdue,
            due=row.due_soon,
        )
    return language.plural(
        "{opd} (silent for {n} week)",
        "{opd} (silent for {n} weeks)",
        row.silent_weeks,
        opd=name,
    )


def _write_led(mark: str, led: Led) -> str:
    return " ".join(filter(None, (mark, _bold(led.lead), _plain(led.text))))


def _bold(text: str) -> str:
    return f"{_BOLD}{_plain(text)}{_BOLD}"


def _plain(text: str) -> str:
    """Return a text on one line in which a chat reads no command."""
    return collapse_whitespace(visible(text)).translate(_COMMANDS)
