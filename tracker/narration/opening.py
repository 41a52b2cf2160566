"""The opening in words: whether it is closed, and whom it waits for."""

from tracker.language import Language
from tracker.metrics.opening import OpeningStatus
from tracker.narration.counts import count_opds, count_services


def opening_lines(found: OpeningStatus, language: Language) -> list[str]:
    """Return in a few lines whether the opening is closed, and what it waits for."""
    if not found.is_open:
        return [
            _closed_line(found, language),
            *_reopened_lines(found, language),
        ]
    open_line = language.text(
        "The opening is not closed: nothing counts as a step yet.",
    )
    if found.assumed:
        return [open_line, assumed_line(found, language)]
    if found.can_close:
        done = language.text(
            "All have answered: `opening close` starts the history.",
        )
        return [open_line, done]
    return [open_line]


def answered_line(found: OpeningStatus, language: Language) -> str:
    """Return whom the opening waits for: services, answers, or nobody any more."""
    if not found.services:
        return language.text("No service is entered yet.")
    if found.assumed:
        return assumed_line(found, language)
    return language.text("All have answered.")


def assumed_line(found: OpeningStatus, language: Language) -> str:
    """Return how many services nobody has told the stage of, and in how many OPDs."""
    return language.text(
        "Not told yet: {assumed} of {services}, in {opds}.",
        assumed=found.assumed,
        services=count_services(found.services, language),
        opds=count_opds(len(found.unanswered), language),
    )


def _reopened_lines(found: OpeningStatus, language: Language) -> list[str]:
    count = sum(opd.reopened for opd in found.opds)
    if not count:
        return []
    return [
        language.plural(
            "It is reopened for {n} OPD: `opening close` ends that.",
            "It is reopened for {n} OPDs: `opening close` ends that.",
            count,
        ),
    ]


def _closed_line(found: OpeningStatus, language: Language) -> str:
    if found.started_on is None:
        return language.text("The opening is closed.")
    return language.text(
        "The opening was closed on {day}.",
        day=found.started_on,
    )
