"""What moved and what wants attention, as lines that open what they speak of."""

from collections.abc import Callable, Iterator, Sequence

from screens.rows import ServiceRow
from screens.standing import change_piece
from screens.state import Facts, State
from screens.widgets.lines import Item
from screens.widgets.paint import Piece, data
from tracker.language import N_, Language
from tracker.metrics.flow import Movement
from tracker.metrics.values import OPDFigures, Pace
from tracker.words import stage_word

OPDLines = tuple[str, str, Sequence[OPDFigures], Callable[[OPDFigures], tuple[Piece, ...]]]


def attention_items(state: State, facts: Facts, shown: int) -> list[Item]:
    """Return the lines of the overview, of each matter at most ``shown``; ``facts`` are measured."""
    return [
        *_moved_items(state, facts, shown, now=True),
        *_opd_items(state, facts, shown),
        *_service_items(state, shown),
        *_moved_items(state, facts, shown, now=False),
    ]


def _heading(text: str, count: int, opens: str, language: Language, role: str = "title") -> Item:
    return Item(((f" {text} ", role), (language.number(count, 0), "strong")), opens)


def _opd_items(state: State, facts: Facts, shown: int) -> Iterator[Item]:
    language = state.language
    there = {opd.key for opd in state.opds()}
    silent = [opd for opd in facts.silent if opd.key in there]
    with_pace = [opd for opd in facts.figures.opds if opd.key in there and opd.figures.services]
    regressing = [opd for opd in with_pace if opd.figures.pace is Pace.REGRESSING]
    slowing = [opd for opd in with_pace if opd.figures.pace is Pace.SLOWING]
    standing = [opd for opd in with_pace if opd.figures.pace is Pace.STALLED]

    def silence(opd: OPDFigures) -> tuple[Piece, ...]:
        return ((f" {_weeks(opd.silent_weeks, language)} ", "warn"),)

    def speed(opd: OPDFigures) -> tuple[Piece, ...]:
        return (
            (f" {language.number(opd.figures.velocity, 2)} ", ""),
            (f"{language.text('points a week')}, ", "quiet"),
            change_piece(opd.figures.acceleration, language),
            (" ", ""),
        )

    def remaining(opd: OPDFigures) -> tuple[Piece, ...]:
        steps = language.plural("{n} step left", "{n} steps left", opd.figures.remaining_steps)
        lost = opd.figures.acceleration or 0.0
        change = (change_piece(lost, language), (" · ", "quiet")) if round(lost, 2) else ()
        return ((" ", ""), *change, (steps + " ", "quiet"))

    groups: list[OPDLines] = [
        (N_("OPDs going backward"), "laju:mundur", sorted(regressing, key=_velocity), speed),
        (N_("OPDs slowing down"), "laju:melambat", sorted(slowing, key=_acceleration), speed),
        (N_("OPDs not heard from this week"), "sunyi", silent, silence),
        (N_("OPDs standing still"), "laju:diam", sorted(standing, key=_lost), remaining),
    ]
    for title, wanted, opds, end in groups:
        if opds:
            yield _heading(language.text(title), len(opds), f"filter:opds:{wanted}", language)
            for opd in opds[:shown]:
                yield Item((("   " + data(opd.name), ""),), f"opd:{opd.key}", end(opd))


def _velocity(opd: OPDFigures) -> float:
    return opd.figures.velocity or 0.0


def _acceleration(opd: OPDFigures) -> float:
    return opd.figures.acceleration or 0.0


def _lost(opd: OPDFigures) -> tuple[float, int]:
    """Order those that stand still: who lost most speed first, then who has most left to do."""
    return (opd.figures.acceleration or 0.0, -opd.figures.remaining_steps)


def _weeks(weeks: int, language: Language) -> str:
    if not weeks:
        return language.text("this week")
    return language.plural("{n} week of silence", "{n} weeks of silence", weeks)


def _service_items(state: State, shown: int) -> Iterator[Item]:
    language, rows = state.language, state.services()
    groups: list[tuple[str, str, str, Callable[[ServiceRow], float]]] = [
        (N_("Overdue services"), "overdue", "terlambat", _due),
        (N_("Stalled services"), "stalled", "macet", lambda row: -row.at.days_in_stage),
        (N_("Unverified claims"), "unverified", "belum-verifikasi", _claimed),
    ]
    for title, flag, wanted, order in groups:
        found = sorted((row for row in rows if flag in row.flags), key=order)
        if found:
            yield _heading(language.text(title), len(found), f"filter:services:{wanted}", language)
            for row in found[:shown]:
                end = ((f" {_since(row, flag, language)} ", "quiet"),)
                yield Item(service_pieces(row), f"service:{row.key}", end)


def service_pieces(row: ServiceRow) -> tuple[Piece, ...]:
    """Return a service's name and, dimmer, its OPD's."""
    return (("   " + data(row.service.name), ""), ("  " + data(row.opd.name), "quiet"))


def _due(row: ServiceRow) -> float:
    return float(row.at.overdue[0].due_on.toordinal()) if row.at.overdue else 0.0


def _claimed(row: ServiceRow) -> float:
    return float(row.at.move.on.toordinal()) if row.at.move else 0.0


def _since(row: ServiceRow, flag: str, language: Language) -> str:
    if flag == "overdue" and row.at.overdue:
        return language.text("due on {day}", day=row.at.overdue[0].due_on)
    if flag == "unverified" and row.at.move:
        stage = language.text(stage_word(row.at.move.stage))
        return language.text("{stage} on {day}", stage=stage, day=row.at.move.on)
    stage = language.text(stage_word(row.at.stage))
    days = language.plural("{n} day", "{n} days", row.at.days_in_stage)
    return f"{stage}, {days}"


def _moved_items(state: State, facts: Facts, shown: int, *, now: bool) -> Iterator[Item]:
    there = {row.key for row in state.services()}
    monday, language = facts.week.monday, state.language
    made = [m for m in facts.moved if m.service.id in there and (m.move.on >= monday) is now]
    title = language.text("Moved this week") if now else language.text("Moved last week")
    opens = "filter:services:" + ("bergerak" if now else "bergerak-minggu-lalu")
    yield _heading(title, len(made), opens, language)
    for movement in made[:shown]:
        yield moved_item(movement, state)


def moved_item(movement: Movement, state: State) -> Item:
    """Return a move as a line: what moved, of whom, from where to where, when."""
    language = state.language
    before, after = (language.text(stage_word(s)) for s in (movement.before, movement.move.stage))
    role = "good" if movement.steps > 0 else "bad" if movement.steps < 0 else "quiet"
    opd = state.register.opds.get(movement.opd)
    return Item(
        (("   " + data(movement.service.name), ""), ("  " + data(opd.name) if opd else "", "quiet")),
        f"service:{movement.service.id}",
        ((f" {before} → {after} ", role), (language.date(movement.move.on, "short") + " ", "quiet")),
    )
