"""The annex on the OPDs: how each stands and moves, the kinds, and those not heard from."""

from collections.abc import Iterator

from tracker.language import NOTHING, Language
from tracker.metrics.labels import PACE_MARKS, pace_word
from tracker.metrics.values import Figures
from tracker.narration.chances import at_least
from tracker.narration.outlook import told_chance, told_forecast
from tracker.narration.silence import silence_words
from tracker.snapshot.blocks import Block, Paragraph, Table
from tracker.snapshot.first_page import steps_text, steps_title
from tracker.snapshot.values import Ranked, WeekValue
from tracker.snapshot.verdict_text import kind_name


def opd_table(value: WeekValue, language: Language) -> Iterator[Block]:
    """Yield the OPDs by index: stages, index, steps of the window, pace, chance of the goal."""
    if not value.ranks:
        return
    window = value.figures.city.window_weeks
    yield Paragraph(
        (
            language.text(
                "Stages: at the counter / online / behind the single door. Chance: to be done "
                "by the goal, at least so much in 100, at the OPD's own pace.",
            ),
        ),
    )
    head = (
        language.text("Place"),
        language.text("OPD"),
        language.text("Stages"),
        language.text("Index"),
        steps_title(window, language),
        language.text("Pace"),
        language.text("Chance"),
    )
    rows = tuple(_opd(row, window, language) for row in value.ranks)
    yield Table(head, rows, frozenset({0, 2, 3, 4, 6}))


def _opd(
    row: Ranked,
    window: int | None,
    language: Language,
) -> tuple[str, ...]:
    figures = row.opd.figures
    return (
        NOTHING if row.rank is None else language.number(row.rank, 0),
        row.opd.name,
        _stages(figures, language),
        language.number(figures.index, 1),
        steps_text(
            figures.steps_recent,
            figures.window_weeks,
            window,
            language,
        ),
        _pace(figures, language),
        _chance(figures, language),
    )


def _stages(figures: Figures, language: Language) -> str:
    counts = (figures.conventional, figures.online, figures.integrated)
    return " / ".join(language.number(count, 0) for count in counts)


def _pace(figures: Figures, language: Language) -> str:
    if figures.pace is None:
        return NOTHING
    return (
        f"{PACE_MARKS[figures.pace]} {language.text(pace_word(figures.pace))}"
    )


def _chance(figures: Figures, language: Language) -> str:
    """Return the chance of the goal; of an OPD that is done, a dash."""
    chance = told_chance(figures)
    return NOTHING if chance is None else at_least(chance, language)


def kind_table(value: WeekValue, language: Language) -> Iterator[Block]:
    """Yield how each kind of OPD stands and moves, and when it will be done."""
    if not value.kinds:
        return
    window = value.figures.city.window_weeks
    head = (
        language.text("Kind"),
        language.text("Stages"),
        language.text("Index"),
        steps_title(window, language),
        language.text("Done by, at least 50 in 100"),
        language.text("At least 85 in 100"),
        language.text("Chance"),
    )
    rows = tuple(
        (
            kind_name(kind.kind, language),
            _stages(kind.figures, language),
            language.number(kind.figures.index, 1),
            steps_text(
                kind.figures.steps_recent,
                kind.figures.window_weeks,
                window,
                language,
            ),
            language.date(told_forecast(kind.figures).p50),
            language.date(told_forecast(kind.figures).p85),
            _chance(kind.figures, language),
        )
        for kind in value.kinds
    )
    yield Table(head, rows, frozenset({1, 2, 3, 6}))


def silent_block(value: WeekValue, language: Language) -> Iterator[Block]:
    """Yield the OPDs not heard from in the week, the longest silent first, with their contacts."""
    if not value.reporting.silent:
        return
    if not value.figures.complete:
        week = str(value.figures.rates_week.number)
        yield Paragraph(
            (
                language.text(
                    "Complete weeks are counted up to week {week}.",
                    week=week,
                ),
            ),
        )
    head = (
        language.text("OPD"),
        language.text("Services"),
        language.text("Complete weeks of silence"),
        language.text("Contact"),
    )
    rows = tuple(
        (
            opd.name,
            language.number(opd.figures.services, 0),
            silence_words(opd, language),
            value.opds[opd.key].contact or language.text("not recorded"),
        )
        for opd in value.reporting.silent
    )
    yield Table(head, rows, frozenset({1, 2}))
