"""The first page: what the Sekda reads in two minutes, at most 50 lines."""

from collections.abc import Iterator, Sequence

from tracker.decisions.status import DecisionNews, DecisionState, outcome_at
from tracker.decisions.wording import word_proposal
from tracker.language import Language
from tracker.model import City, Decision
from tracker.snapshot.blocks import Block, Heading, Items, Led, Paragraph, Table
from tracker.snapshot.key_figures_text import key_figure_blocks
from tracker.snapshot.news import news_items
from tracker.snapshot.revision_text import changes_of, published_on
from tracker.snapshot.values import OPDInNeed, WeekValue
from tracker.snapshot.verdict_text import word_finding
from tracker.text import shorten

MOST_OUTCOMES = 3
MOST_DECISIONS = 4
MOST_IN_NEED = 5
LONGEST_DECISION = 160
LONGEST_CONTACT = 60


def first_page_blocks(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return the blocks of the first page, in the order in which they are read."""
    yield Heading(title(value, language), level=1)
    yield Paragraph(tuple(_status(value, language)))
    yield from _letterhead(value, language)
    yield from _outcomes(value, language)
    yield Heading(language.text("In short"))
    yield Items(
        tuple(word_finding(finding, language) for finding in value.findings),
        numbered=True,
    )
    yield Heading(language.text("Figures"))
    yield from key_figure_blocks(value, language)
    yield from _decisions(value, language)
    yield from _who_must_move(value, language)
    yield Items(tuple(news_items(value, language)))


def title(value: WeekValue, language: Language) -> str:
    """Return the page's title: what of, which city, which week and its days."""
    return language.text(
        "Digital services of {city}, week {number} ({days})",
        city=value.city.name,
        number=str(value.week.number),
        days=language.date_range(value.week.monday, value.week.sunday),
    )


def illustrative_text(city: City, language: Language) -> str:
    """Return that the history is made up."""
    return language.text(
        "Illustrative: this history is made up and is no record of {city}.",
        city=city.name,
    )


def state_text(value: WeekValue, language: Language) -> Led:
    """Return whether the page is provisional or final, and as of when."""
    day = language.date(value.figures.as_of, "full")
    if value.figures.complete:
        return Led(
            language.text("FINAL"),
            language.text("as of {day}.", day=day),
        )
    return Led(
        language.text("PROVISIONAL"),
        language.text(
            "as of {day}; pace and forecast as of week {week}.",
            day=day,
            week=str(value.figures.rates_week.number),
        ),
    )


def _status(value: WeekValue, language: Language) -> Iterator[str | Led]:
    yield state_text(value, language)
    revision = value.revision
    if revision is not None:
        yield Led(
            language.text("REVISED"),
            language.text(
                "since it was published on {day} (published → today): {changes}.",
                day=language.date(
                    published_on(revision.snapshot, value.city),
                    "long",
                ),
                changes=changes_of(revision, language),
            ),
        )
    if value.city.illustrative:
        yield illustrative_text(value.city, language)


def _letterhead(value: WeekValue, language: Language) -> Iterator[Block]:
    """Yield to whom and from whom the page goes, and what about, as far as it is set."""
    city = value.city
    parts = []
    if city.addressee:
        parts.append(language.text("To: {addressee}", addressee=city.addressee))
    if city.sender:
        parts.append(language.text("From: {sender}", sender=city.sender))
    if city.subject:
        parts.append(language.text("Subject: {subject}", subject=city.subject))
    if parts:
        yield Paragraph((" · ".join(parts),))


def _outcomes(value: WeekValue, language: Language) -> Iterator[Block]:
    if not value.outcomes:
        return
    shown = list(value.outcomes)
    if len(shown) > MOST_OUTCOMES:
        shown = shown[: MOST_OUTCOMES - 1]
    items: list[str | Led] = [
        outcome_item(news, value, language) for news in shown
    ]
    if len(value.outcomes) > len(shown):
        rest = value.outcomes[len(shown) :]
        waiting = sum(not news.now.is_closed for news in rest)
        items.append(
            language.plural(
                "{n} more decision, {waiting} of them not carried out.",
                "{n} more decisions, {waiting} of them not carried out.",
                len(rest),
                waiting=waiting,
            ),
        )
    yield Heading(language.text("What became of the last decisions"))
    yield Items(tuple(items))


def outcome_item(
    news: DecisionNews,
    value: WeekValue,
    language: Language,
) -> Led:
    """Return what became of a decision: carried out, dropped, decided, or still expected."""
    decision = news.decision
    return Led(
        _outcome_word(news, value, language),
        ". ".join(
            filter(
                None,
                (
                    f"{shorten(decision.text, LONGEST_DECISION)} ({decision.owner})",
                    shorten(
                        outcome_at(decision, value.figures.as_of),
                        LONGEST_DECISION,
                    ),
                ),
            ),
        ),
    )


def _outcome_word(
    news: DecisionNews,
    value: WeekValue,
    language: Language,
) -> str:
    decision = news.decision
    match news.now:
        case DecisionState.DONE:
            day = language.date(decision.done_on, "short")
            return language.text("Carried out on {day}:", day=day)
        case DecisionState.DROPPED:
            day = language.date(decision.dropped_on, "short")
            return language.text("Dropped on {day}:", day=day)
    if news.is_late:
        days = (value.figures.as_of - decision.due_on).days
        return language.plural(
            "Not carried out, {n} day late:",
            "Not carried out, {n} days late:",
            days,
        )
    due = language.date(decision.due_on, "short")
    if news.now is DecisionState.DECIDED:
        return language.text("Decided, to be carried out by {day}:", day=due)
    return language.text("Expected by {day}:", day=due)


def _decisions(value: WeekValue, language: Language) -> Iterator[Block]:
    """Yield the decisions asked; where none was chosen, what a rule suggests to ask."""
    head = (
        language.text("What is asked"),
        language.text("Of whom"),
        language.text("No later than"),
    )
    if value.asked:
        yield Heading(language.text("Decisions asked"))
        yield Table(
            head,
            _rows([_asked(one, language) for one in value.asked], language),
        )
    elif value.proposals:
        yield Heading(language.text("Decisions suggested, none chosen yet"))
        drafts = [
            word_proposal(proposal, value.opds, language)
            for proposal in value.proposals
        ]
        rows = [
            (
                shorten(draft.text, LONGEST_DECISION),
                draft.owner,
                language.date(draft.due_on),
            )
            for draft in drafts
        ]
        yield Table(head, _rows(rows, language))
    else:
        yield Paragraph((language.text("No decision is asked this week."),))


def _asked(decision: Decision, language: Language) -> tuple[str, ...]:
    return (
        shorten(decision.text, LONGEST_DECISION),
        decision.owner,
        language.date(decision.due_on),
    )


def _rows(
    rows: Sequence[tuple[str, ...]],
    language: Language,
) -> tuple[tuple[str, ...], ...]:
    """Return the first rows, and how many more there are."""
    if len(rows) <= MOST_DECISIONS:
        return tuple(rows)
    more = len(rows) - MOST_DECISIONS + 1
    rest = language.plural(
        "{n} more: see the annex",
        "{n} more: see the annex",
        more,
    )
    return (*rows[: MOST_DECISIONS - 1], (rest, "", ""))


def _who_must_move(value: WeekValue, language: Language) -> Iterator[Block]:
    if not value.in_need:
        return
    yield Heading(language.text("Who must move"))
    window = value.figures.city.window_weeks
    head = (
        language.text("OPD"),
        language.text("Overdue"),
        language.text("Due in 4 weeks"),
        steps_title(window, language),
        language.text("Silent weeks"),
        language.text("Contact"),
    )
    rows = tuple(
        _in_need(row, window, language) for row in value.in_need[:MOST_IN_NEED]
    )
    yield Table(head, rows, frozenset({1, 2, 3, 4}))


def _in_need(
    row: OPDInNeed,
    window: int | None,
    language: Language,
) -> tuple[str, ...]:
    contact = shorten(row.contact, LONGEST_CONTACT)
    return (
        row.opd.name,
        language.number(row.overdue, 0),
        language.number(row.due_soon, 0),
        steps_text(row.steps_recent, row.window_weeks, window, language),
        language.number(row.silent_weeks, 0),
        contact or language.text("not recorded"),
    )


def steps_title(window: int | None, language: Language) -> str:
    """Return the title of the steps of the last ``window`` weeks; a city's first eight have none."""
    if window is None:
        return language.text("Net steps")
    return language.text("Net steps, {weeks} weeks", weeks=window)


def steps_text(
    steps: int | None,
    weeks: int | None,
    window: int | None,
    language: Language,
) -> str:
    """Return net steps, with their weeks where these are fewer than the city's ``window``."""
    number = language.number(steps, 0, signed=True)
    if steps is None or weeks == window:
        return number
    return language.text("{number} ({weeks} weeks)", number=number, weeks=weeks)
