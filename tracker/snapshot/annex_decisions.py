"""The annex on decisions: all that are expected, those of the last page, and what could be asked."""

from collections.abc import Iterator

from tracker.decisions.wording import word_proposal
from tracker.language import Language
from tracker.snapshot.blocks import Block, Items, Led, Table
from tracker.snapshot.first_page import outcome_item
from tracker.snapshot.values import WeekValue


def decision_blocks(value: WeekValue, language: Language) -> Iterator[Block]:
    """Yield the decisions asked, what became of the last ones, and the open suggestions."""
    if value.asked:
        head = (
            language.text("What is asked"),
            language.text("Of whom"),
            language.text("Asked on"),
            language.text("No later than"),
        )
        rows = tuple(
            (
                one.text,
                one.owner,
                language.date(one.asked_on),
                language.date(one.due_on),
            )
            for one in value.asked
        )
        yield Table(head, rows)
    if value.outcomes:
        yield Items(
            tuple(
                outcome_item(news, value, language) for news in value.outcomes
            ),
        )
    if value.proposals:
        yield Items(tuple(_suggestions(value, language)))


def _suggestions(value: WeekValue, language: Language) -> Iterator[Led]:
    for proposal in value.proposals:
        draft = word_proposal(proposal, value.opds, language)
        yield Led(
            language.text("Could be asked:"),
            f"{draft.text} ({draft.owner})",
        )
