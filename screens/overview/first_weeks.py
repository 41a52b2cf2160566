"""Next steps while a register is young: its chart would be an area of one shade."""

from collections.abc import Iterator

from screens.commands.keys import shown_key
from screens.commands.registry import BY_ID
from screens.navigation import RunCommand
from screens.overview.groups import Group
from screens.state import DayView
from screens.widgets.lines import Item, text_item
from tracker.language import N_, Language

FIRST_WEEKS = 8
"""Weeks of a city's history in which its chart tells nothing yet."""
_KEYS = 7


def weeks_of_history(facts: DayView) -> int:
    """Count the weeks since the city's first service, that of the first one included."""
    series = facts.series["city"]
    return 0 if series.start is None else len(series.weeks) - series.start


def is_young(facts: DayView) -> bool:
    """Return whether a register has too little history for a chart."""
    return weeks_of_history(facts) <= FIRST_WEEKS


def next_step_groups(facts: DayView, language: Language) -> Iterator[Group]:
    """Yield the group of next steps, each opening its command; none once the chart is of use."""
    if not is_young(facts):
        return
    steps = list(_next_steps(facts))
    said = language.text(
        "Next steps: week {number} of the first {every}",
        number=weeks_of_history(facts),
        every=FIRST_WEEKS,
    )

    def line(index: int) -> Item:
        id, msgid = steps[index]
        key = shown_key((*BY_ID[id].keys, "enter")[0])
        pieces = (f"   {key:<{_KEYS}}", "key"), (language.text(msgid), "")
        return Item(pieces, RunCommand(id))

    yield Group(text_item(f" {said}", "title"), len(steps), line, len(steps))


def _next_steps(facts: DayView) -> Iterator[tuple[str, str]]:
    """Yield command and words of what is still to do, that which the figures need first."""
    if facts.register.only_city.goal is None:
        yield "settings", N_("Set the goal date: the pace is compared with it")
    if facts.bare:
        yield "import", N_("Read the lists of the OPDs without services")
    yield "add_service", N_("Register a service that is missing")
    if not facts.bare:
        yield "import", N_("Read the OPDs' answers")
    yield "sheets", N_("Write a sheet for each OPD to fill in")
    yield "move", N_("Enter that services reached a stage, with evidence")
