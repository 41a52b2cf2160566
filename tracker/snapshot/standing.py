"""The head of the page: title, five figures, where the city stands and how it got there."""

from collections.abc import Iterator

from tracker.drawing import plain, plain_row, stage_bar, trend
from tracker.language import N_, Language
from tracker.model import Stage
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
    remarks = tuple(filter(None, (_illustrative(value, language), _revised(value, language))))
    if remarks:
        yield Remark(remarks)
    yield _headlines(value, language)
    yield Paragraph(tuple(filter(None, _sentences(value, language))))
    if value.figures.city.services:
        yield Drawn(_drawing(value, language))
        yield Paragraph((reconciliation(value, language),))


def reconciliation(value: WeekValue, language: Language) -> str:
    """Return the week's sum, such that a reader can check it."""
    flow = value.figures.city.flow
    return language.text(
        "The sum in points: {opening} at the start + {joined} joined − {left} left "
        "+ {forward} forward − {backward} backward = {closing} at the end.",
        **{name: getattr(flow, name) for name in flow.__struct_fields__},
    )


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


def _illustrative(value: WeekValue, language: Language) -> str:
    if not value.city.illustrative:
        return ""
    return language.text(
        "Illustrative: this history is made up and is no record of {city}.", city=value.city.name
    )


def _revised(value: WeekValue, language: Language) -> str:
    revision = value.revision
    if revision is None:
        return ""
    return language.text(
        "Revised since it was published on {day} (published → today): {changes}.",
        day=language.date(published_on(revision.snapshot, value.city), "long"),
        changes=changes_of(revision, value, language),
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
        points = None if number is None else 100 * number
        return language.number(points, 1, signed=True)
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
        "Of {n} service, {conventional} is offered at the counter only, {online} online "
        "and {integrated} behind the single door, {portal}.",
        "Of {n} services, {conventional} are offered at the counter only, {online} online "
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
    yield forecast_sentence(figures.forecast, language)
    yield from goal_sentences(value, language)
    yield _heard_sentence(value, language)


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
    change = language.number(abs(figures.index_change), 2)
    verb = N_("The index rose by {change}") if figures.index_change > 0 else N_("The index fell by {change}")
    said = (
        language.text(verb, change=change)
        if figures.index_change
        else language.text("The index did not change")
    )
    if not figures.scope_effect or figures.progress is None:
        return language.text("{sentence}.", sentence=said)
    return language.text(
        "{sentence}: {progress} by steps, {scope} because services joined or left.",
        sentence=said,
        progress=language.number(figures.progress, 2, signed=True),
        scope=language.number(figures.scope_effect, 2, signed=True),
    )


def _heard_sentence(value: WeekValue, language: Language) -> str:
    active = sum(1 for opd in value.figures.opds if opd.figures.services)
    return language.plural(
        "{heard} of {n} OPD was heard from this week.",
        "{heard} of {n} OPDs were heard from this week.",
        active,
        heard=active - len(value.silent),
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
