"""The head of the page: title, five figures, where the city stands and how it got there."""

from collections.abc import Iterator

from tracker.drawing import plain, plain_row, stage_bar, trend
from tracker.language import N_, Language
from tracker.metrics.values import Flow
from tracker.model import City, Stage
from tracker.snapshot.blocks import Block, Drawn, Heading, Paragraph, Remark, Table
from tracker.snapshot.pace import forecast_sentence, goal_sentences, pace_sentence
from tracker.snapshot.revising import changes_of, published_on
from tracker.snapshot.values import Headline, HeadlineName, WeekValue
from tracker.words import stage_word

BAR_WIDTH = 64


def head(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return the page's first blocks: what it is of, and what must be known of it."""
    yield Heading(
        language.text("Weekly report {week}: {city}", week=str(value.week), city=value.city.name), level=1
    )
    yield Paragraph((_period(value, language),))
    remarks = tuple(_remarks(value, language))
    if remarks:
        yield Remark(remarks)
    yield _headlines(value, language)
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
    return language.text("Illustrative: this history is made up and is no record of {city}.", city=city.name)


def _period(value: WeekValue, language: Language) -> str:
    first, last = value.week.monday, value.week.sunday
    days = language.text(
        "{first} to {last}", first=language.date(first, "full"), last=language.date(last, "full")
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


_HEADLINES: dict[HeadlineName, str] = {
    "index": N_("Index (0 to 100)"),
    "digital_share": N_("Services online or integrated"),
    "single_door_share": N_("Services behind the single door"),
    "visit_free_share": N_("Services without an office visit"),
    "remaining_steps": N_("Steps still to make"),
}


def headline_word(name: HeadlineName) -> str:
    """Return the msgid of one of the five figures."""
    return _HEADLINES[name]


def headline_number(
    name: HeadlineName, number: float | None, language: Language, *, signed: bool = False
) -> str:
    """Return one of the five figures as it is written; a change with its sign."""
    if name == "index":
        return language.number(number, 2, signed=signed)
    if name == "remaining_steps":
        return language.number(number, 0, signed=signed)
    if signed:
        points = language.number(None if number is None else 100 * number, 1, signed=True)
        return points if number is None else language.text("{points} points", points=points)
    return language.percent(number)


def _headlines(value: WeekValue, language: Language) -> Table:
    head = (
        language.text("Figure"),
        language.text("This week"),
        language.text("Week before"),
        language.text("Change"),
    )
    return Table(head, tuple(_headline(line, language) for line in value.headlines), frozenset({1, 2, 3}))


def _headline(line: Headline, language: Language) -> tuple[str, ...]:
    return (
        language.text(headline_word(line.name)),
        headline_number(line.name, line.now, language),
        headline_number(line.name, line.before, language),
        headline_number(line.name, line.change, language, signed=True),
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
    yield _week_sentence(value, language)
    yield _index_sentence(value, language)
    if not value.figures.complete:
        yield language.text(
            "Pace and forecast are those of the last complete week, {week}.",
            week=str(value.figures.rates_week),
        )
    yield pace_sentence(figures, language)
    yield forecast_sentence(figures.forecast, value.forecast_weeks, language)
    yield from goal_sentences(value, language)
    yield _heard_sentence(value, language)
    yield _verified_sentence(value, language)


def _week_sentence(value: WeekValue, language: Language) -> str:
    flow = value.figures.city.flow
    if not flow.forward and not flow.backward:
        return language.text("This week no service moved to another stage.")
    forward = language.plural("{n} step forward", "{n} steps forward", flow.forward)
    if not flow.backward:
        return language.text("This week the services made {forward}.", forward=forward)
    backward = language.plural("{n} backward", "{n} backward", flow.backward)
    return language.text(
        "This week the services made {forward} and {backward}.", forward=forward, backward=backward
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
    share = value.figures.city.verified_share
    if share is None:
        return ""
    return language.text(
        "Of the services past the counter {share} are verified; the others are claims.",
        share=language.percent(share),
    )


def _drawing(value: WeekValue, language: Language) -> str:
    figures = value.figures.city
    bar = plain_row(stage_bar(figures.conventional, figures.online, figures.integrated, BAR_WIDTH))
    stages = (
        ("█", Stage.INTEGRATED, figures.integrated),
        ("▓", Stage.ONLINE, figures.online),
        ("░", Stage.CONVENTIONAL, figures.conventional),
    )
    legend = "   ".join(
        f"{fill} {language.text(stage_word(stage))} {language.number(count, 0)}"
        f" ({language.percent(count / figures.services)})"
        for fill, stage, count in stages
    )
    return "\n".join([bar, legend, *_trend(value, language)])


def _trend(value: WeekValue, language: Language) -> list[str]:
    indices = [index for _, index in value.trend]
    if len(indices) < 2:
        return []
    drawn = plain(trend(indices, BAR_WIDTH, 5, label=lambda index: language.number(index, 1)))
    title = language.text(
        "Index from {first} to {last}:", first=str(value.trend[0][0]), last=str(value.trend[-1][0])
    )
    return ["", title, drawn]
