"""The comparison of two weeks as a page."""

from collections.abc import Iterator

from tracker.labels import stage_word
from tracker.language import Language, subtract_rounded
from tracker.snapshot.annex_moves import crossing_lines
from tracker.snapshot.blocks import (
    Block,
    Heading,
    Items,
    Led,
    Paragraph,
    Remark,
    Table,
)
from tracker.snapshot.diff import Diff
from tracker.snapshot.first_page import illustrative_text
from tracker.snapshot.headlines import (
    headline_change,
    headline_number,
    headline_word,
)
from tracker.snapshot.markdown import to_markdown
from tracker.snapshot.news import sum_text
from tracker.snapshot.revision_text import revision_lines


def render_diff(value: Diff, language: Language) -> str:
    """Return the comparison as Markdown."""
    return to_markdown(_blocks(value, language))


def _blocks(value: Diff, language: Language) -> Iterator[Block]:
    weeks = {"first": str(value.first), "last": str(value.last)}
    yield Heading(
        language.text(
            "From {first} to {last}: {city}",
            city=value.city.name,
            **weeks,
        ),
        level=1,
    )
    remarks = tuple(_remarks(value, language))
    if remarks:
        yield Remark(remarks)
    yield _headlines(value, language)
    sentence = sum_text(value.flow, language)
    yield Paragraph((Led(language.text("The sum in steps:"), sentence),))
    yield Heading(language.text("OPDs that moved"))
    yield _opds(value, language) if value.opds else _none(language)
    yield Heading(language.text("Services in another stage"))
    yield (
        Items(tuple(_stages(value, language)))
        if value.stages
        else _none(language)
    )
    yield Heading(language.text("Joined, left and passed on"))
    crossings = crossing_lines(value.joined, value.left, value.passed, language)
    yield Items(crossings) if crossings else _none(language)


def _none(language: Language) -> Items:
    return Items((language.text("None."),))


def _remarks(value: Diff, language: Language) -> Iterator[str]:
    if value.city.illustrative:
        yield illustrative_text(value.city, language)
    if not value.complete:
        yield language.text(
            "{week} is still running: its figures will change.",
            week=str(value.last),
        )
    for revision in value.revisions:
        for line in revision_lines(revision, value.city, value.names, language):
            yield language.text(
                "Revised since it was published (published → today): {line}",
                line=line,
            )


def _headlines(value: Diff, language: Language) -> Table:
    head = (
        language.text("Figure"),
        str(value.first),
        str(value.last),
        language.text("Change"),
    )
    then, now = value.services
    services = (
        language.text("Services"),
        language.number(then, 0),
        language.number(now, 0),
        language.number(now - then, 0, signed=True),
    )
    rows = tuple(
        (
            language.text(headline_word(line.name)),
            headline_number(line.name, line.before, language),
            headline_number(line.name, line.now, language),
            headline_change(line, language),
        )
        for line in value.headlines
    )
    return Table(head, (services, *rows), frozenset({1, 2, 3}))


def _opds(value: Diff, language: Language) -> Table:
    head = (
        language.text("OPD"),
        str(value.first),
        str(value.last),
        language.text("Change"),
        language.text("Steps"),
    )
    rows = tuple(
        (
            change.opd.name,
            language.number(change.index_before, 2),
            language.number(change.index_now, 2),
            language.number(
                subtract_rounded(change.index_now, change.index_before, 2),
                2,
                signed=True,
            ),
            language.number(change.steps, 0, signed=True),
        )
        for change in value.opds
    )
    return Table(head, rows, frozenset({1, 2, 3, 4}))


def _stages(value: Diff, language: Language) -> Iterator[str]:
    for change in value.stages:
        yield language.text(
            "{service} ({opd}): {before} → {after}",
            service=change.service.name,
            opd=change.opd.name,
            before=language.text(stage_word(change.before)),
            after=language.text(stage_word(change.after)),
        )
