"""The head of the page: title, five figures, where the city stands and how it got there."""

from collections.abc import Iterator

from tracker.drawing import FILLS, plain, plain_row, stage_bar, trend
from tracker.labels import stage_word
from tracker.language import Language
from tracker.metrics.values import Flow
from tracker.model import City, Stage
from tracker.snapshot.blocks import Block, Drawn, Heading, Paragraph, Remark
from tracker.snapshot.headlines import headline_blocks
from tracker.snapshot.pace import (
    cautions,
    forecast_sentence,
    goal_sentences,
    pace_sentence,
    unmoved_sentence,
)
from tracker.snapshot.revision_text import changes_of, published_on
from tracker.snapshot.values import WeekValue

BAR_WIDTH = 64


def head(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return the page's first blocks: what it is of, and what must be known of it."""
    yield Heading(
        language.text(
            "Weekly report {week}: {city}", week=str(value.week), city=value.city.name
        ),
        level=1,
    )
    yield Paragraph((_period(value, language),))
    remarks = tuple(_remarks(value, language))
    if remarks:
        yield Remark(remarks)
    yield from headline_blocks(value, language)
    yield Paragraph(tuple(filter(None, _sentences(value, language))))
    if value.figures.city.services:
        yield Drawn(_drawing(value, language))
        yield Paragraph((sum_of(value.figures.city.flow, language),))


def sum_of(flow: Flow, language: Language) -> str:
    """Return a reconciliation, such that a reader can check it."""
    return language.text(
        "The sum in points: {opening} at the start + {joined} joined − {left} left "
        "+ {forward} forward − {backward} backward = {closing} at the end.",
        **{name: getattr(flow, name) for name in flow.__struct_fields__},
    )


def illustrative(city: City, language: Language) -> str:
    """Say that a history is made up."""
    return language.text(
        "Illustrative: this history is made up and is no record of {city}.",
        city=city.name,
    )


def _period(value: WeekValue, language: Language) -> str:
    first, last = value.week.monday, value.week.sunday
    days = language.text(
        "{first} to {last}",
        first=language.date(first, "full"),
        last=language.date(last, "full"),
    )
    if value.figures.complete:
        return language.text("{days}. Final: the week is complete.", days=days)
    return language.text(
        "{days}. Provisional: the week is still running, figures as of {day}.",
        days=days,
        day=language.date(value.figures.as_of, "full"),
    )


def _remarks(value: WeekValue, language: Language) -> Iterator[str]:
    if value.city.illustrative:
        yield illustrative(value.city, language)
    revision = value.revision
    if revision is not None:
        yield language.text(
            "Revised since it was published on {day} (published → today): {changes}.",
            day=language.date(published_on(revision.snapshot, value.city), "long"),
            changes=changes_of(revision, language),
        )


def _sentences(value: WeekValue, language: Language) -> Iterator[str]:
    figures = value.figures.city
    if not figures.services:
        yield language.text("No service is registered yet: there is nothing to tell.")
        return
    yield language.plural(
        "The city offers {n} service: {conventional} at the counter only, {online} online "
        "and {integrated} behind the single door, {portal}.",
        "The city offers {n} services: {conventional} at the counter only, {online} online "
        "and {integrated} behind the single door, {portal}.",
        figures.services,
        conventional=figures.conventional,
        online=figures.online,
        integrated=figures.integrated,
        portal=value.city.portal,
    )
    yield _one_after_another(
        _week_sentence(value, language), _index_sentence(value, language)
    )
    if not value.figures.complete:
        yield language.text(
            "Pace and forecast are those of the last complete week, {week}.",
            week=str(value.figures.rates_week),
        )
    yield pace_sentence(figures, language)
    if figures.remaining_steps:
        yield forecast_sentence(figures.forecast, value.forecast_weeks, language)
    yield goal_sentences(value, language)
    yield _one_after_another(
        unmoved_sentence(value, language), *cautions(value, language)
    )
    yield _one_after_another(
        _heard_sentence(value, language), _verified_sentence(value, language)
    )


def _one_after_another(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _week_sentence(value: WeekValue, language: Language) -> str:
    flow = value.figures.city.flow
    if not flow.forward and not flow.backward:
        return language.text("This week no service moved to another stage.")
    forward = language.plural("{n} step forward", "{n} steps forward", flow.forward)
    if not flow.backward:
        return language.text("This week the services made {forward}.", forward=forward)
    backward = language.plural("{n} backward", "{n} backward", flow.backward)
    return language.text(
        "This week the services made {forward} and {backward}.",
        forward=forward,
        backward=backward,
    )


def _index_sentence(value: WeekValue, language: Language) -> str:
    figures = value.figures.city
    if figures.index_change is None:
        return ""
    said = _index_verb(figures.index_change, language)
    if not figures.scope_effect or figures.progress is None:
        return language.text("{sentence}.", sentence=said)
    return language.text(
        "{sentence}: {progress} by steps, {scope} because services joined or left.",
        sentence=said,
        progress=language.number(figures.progress, 2, signed=True),
        scope=language.number(figures.scope_effect, 2, signed=True),
    )


def _index_verb(change: float, language: Language) -> str:
    if change == 0:
        return language.text("The index did not change")
    if abs(change) < 0.005:
        return language.text("The index hardly changed")
    size = language.number(abs(change), 2)
    if change > 0:
        return language.text("The index rose by {change}", change=size)
    return language.text("The index fell by {change}", change=size)


def _heard_sentence(value: WeekValue, language: Language) -> str:
    active = sum(1 for opd in value.figures.opds if opd.figures.services)
    return language.plural(
        "{heard} of {n} OPD was heard from this week.",
        "{heard} of {n} OPDs were heard from this week.",
        active,
        heard=active - len(value.silent),
    )


def _verified_sentence(value: WeekValue, language: Language) -> str:
    """Say how many services are past the counter by a mere claim, and how many because they began there."""
    share = value.figures.city.verified_share
    if share is None:
        return ""
    if value.never_moved == value.figures.city.online + value.figures.city.integrated:
        return language.text(
            "No service past the counter has moved since it was registered; "
            "how a service stood when registered counts as verified."
        )
    if not value.claimed:
        said = language.text("Every service past the counter counts as verified.")
        return _one_after_another(said, _never_moved(value, language))
    said = language.plural(
        "Of the services past the counter {share} count as verified; {n} stands there by a claim "
        "not yet verified.",
        "Of the services past the counter {share} count as verified; {n} stand there by a claim "
        "not yet verified.",
        len(value.claimed),
        share=language.percent(share),
    )
    return _one_after_another(said, _never_moved(value, language))


def _never_moved(value: WeekValue, language: Language) -> str:
    if not value.never_moved:
        return ""
    return language.plural(
        "{n} has not moved since it was registered, which counts as verified.",
        "{n} have not moved since they were registered, which counts as verified.",
        value.never_moved,
    )


def _drawing(value: WeekValue, language: Language) -> str:
    figures = value.figures.city
    bar = plain_row(
        stage_bar(figures.conventional, figures.online, figures.integrated, BAR_WIDTH)
    )
    counts = (
        (Stage.INTEGRATED, figures.integrated),
        (Stage.ONLINE, figures.online),
        (Stage.CONVENTIONAL, figures.conventional),
    )
    legend = "   ".join(
        f"{fill} {language.text(stage_word(stage))} {language.percent(count / figures.services)}"
        for (fill, _), (stage, count) in zip(FILLS, counts, strict=True)
    )
    return "\n".join([bar, legend, *_trend(value, language)])


def _trend(value: WeekValue, language: Language) -> list[str]:
    indices = [index for _, index in value.trend]
    if len(indices) < 2:
        return []
    drawn = plain(
        trend(indices, BAR_WIDTH, 5, label=lambda index: language.number(index, 1))
    )
    title = language.text(
        "Index from {first} to {last}:",
        first=str(value.trend[0][0]),
        last=str(value.trend[-1][0]),
    )
    return ["", title, drawn]
