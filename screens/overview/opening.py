"""The overview while the opening is not closed: how things stand, and who has answered."""

from collections.abc import Sequence

from screens.figures.pieces import counted_stages
from screens.navigation import OPDPage, RunCommand
from screens.overview.groups import Group, heading_item
from screens.state import DayView
from screens.widgets.lines import Item, text_item
from screens.widgets.paint import Line, safe_line
from tracker.drawing import stage_bar
from tracker.language import Language
from tracker.metrics.opening import OpeningStatus, read_opening
from tracker.metrics.values import Figures
from tracker.narration.opening import answered_line


def opening_figures(
    figures: Figures,
    found: OpeningStatus,
    language: Language,
    width: int,
) -> Sequence[Line]:
    """Return the stages and the state of the opening: there is no pace and no forecast yet."""
    counts = figures.conventional, figures.online, figures.integrated
    told = answered_line(found, language)
    return [
        [(" ", ""), *stage_bar(*counts, max(0, width - 2))],
        counted_stages(counts, language, shares=width >= 76),
        [(f" {language.text('Opening')} ", "title"), (told, "")],
    ]


def opening_groups(facts: DayView, language: Language) -> list[Group]:
    """Return the OPDs that have not answered in full, and the way to close the opening."""
    if not facts.register.only_city.in_opening:
        return []
    found = read_opening(facts.register, facts.today)
    if not found.services:
        return []
    waiting = sorted(found.unanswered, key=lambda opd: (-opd.assumed, opd.key))
    opds = facts.register.opds
    close = RunCommand("close_opening")
    if not waiting:
        words = language.text("All have answered: close the opening.")
        ready = text_item(f" {words}", "title", close)
        return [Group(ready, 0, lambda index: ready)]

    def line(index: int) -> Item:
        opd = waiting[index]
        told = language.text(
            "{assumed} of {services}",
            assumed=opd.assumed,
            services=opd.services,
        )
        name = safe_line(opds[opd.key].name)
        return Item(
            ((f"   {name}", ""),),
            OPDPage(opd.key),
            ((f" {told} ", "quiet"),),
        )

    heading = language.text("OPDs that have not told how their services stand")
    return [
        Group(
            heading_item(heading, len(waiting), close, language),
            len(waiting),
            line,
        ),
    ]
