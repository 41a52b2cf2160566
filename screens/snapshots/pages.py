"""The weeks and pages that the screen of snapshots shows and writes."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from screens.state import DayView
from screens.widgets.paint import Piece
from screens.widgets.table import Column
from tracker.language import N_, Language
from tracker.model import StoredSnapshot
from tracker.paths import typed_path
from tracker.week import Week

if TYPE_CHECKING:
    from screens.dialogs.form import Form
    from tracker.exchange.writing.output_folder import Written
    from tracker.snapshot.published import ReadPage


@dataclass(frozen=True)
class WeekRow:
    """A week: what was published of it, and what it says today."""

    week: Week
    index: float | None
    steps: int | None
    snapshot: StoredSnapshot | None
    revised: bool
    running: bool


def week_rows(facts: DayView, revised: Set[Week]) -> list[WeekRow]:
    """Return the weeks from the first with a service to the running one, the latest first."""
    series = facts.series["city"]
    stored: dict[str, StoredSnapshot] = {}
    for snapshot in sorted(
        facts.register.snapshots.values(),
        key=lambda s: (s.final, s.recorded_at),
    ):
        stored[snapshot.week] = snapshot
    return [
        WeekRow(
            week,
            series.index(place),
            series.steps(place),
            stored.get(str(week)),
            week in revised,
            not week.is_complete(facts.now),
        )
        for place, week in enumerate(series.weeks)
    ][::-1]


def week_columns(language: Language) -> Sequence[Column[WeekRow]]:
    """Return the columns of the table of weeks."""
    text = language.text
    return (
        Column(
            "week",
            text("Week"),
            lambda row, _: [(str(row.week), "strong")],
            8,
            order=lambda r: r.week,
        ),
        Column(
            "state",
            text("State"),
            lambda row, _: _state_pieces(row, language),
            14,
            grow=1,
        ),
        Column(
            "index",
            text("Index"),
            lambda row, _: [(language.number(row.index), "")],
            6,
            align="right",
            order=lambda r: r.index,
            drop=1,
        ),
        Column(
            "steps",
            text("Steps"),
            lambda row, _: [
                (language.number(row.steps, 0, signed=True), "quiet"),
            ],
            7,
            align="right",
            order=lambda r: r.steps,
            drop=2,
        ),
    )


def _state_pieces(row: WeekRow, language: Language) -> list[Piece]:
    pieces: list[Piece] = []
    if row.snapshot is not None:
        word = N_("final") if row.snapshot.final else N_("provisional")
        pieces.append(
            (
                ("✓ " if row.snapshot.final else "~ ") + language.text(word),
                "good",
            ),
        )
    elif row.running:
        pieces.append((language.text("running"), "quiet"))
    else:
        pieces.append((language.text("not taken"), "quiet"))
    if row.revised:
        pieces.append((" ! " + language.text("revised"), "warn"))
    return pieces


def find_revised(facts: DayView, read_page: "ReadPage") -> frozenset[Week]:
    """Return the published weeks of which a kept figure differs from today's history."""
    from tracker.snapshot import revised_weeks

    return revised_weeks.find_revised(facts.register, read_page, facts.now)


def page_of(
    facts: DayView,
    weeks: Sequence[Week],
    language: Language,
    read_page: "ReadPage",
) -> str:
    """Return the page of a week as it was published, or the page that compares two.

    A week that was not published has the page that would be published today. Below a published
    page stand the figures that the history gives otherwise by now.
    """
    if len(weeks) == 1:
        return _page_of_week(facts, weeks[0], language, read_page)
    from tracker.snapshot.diff import compare_weeks
    from tracker.snapshot.diff_page import render_diff

    first, last = weeks[0], weeks[-1]
    diff = compare_weeks(facts.register, first, last, facts.now)
    return render_diff(diff, language)


def _page_of_week(
    facts: DayView,
    week: Week,
    language: Language,
    read_page: "ReadPage",
) -> str:
    from tracker.snapshot import (
        read_page_of,
        read_week,
        render,
        snapshot_of,
    )
    from tracker.snapshot.changes_page import render_changes
    from tracker.snapshot.forms import PAGE
    from tracker.snapshot.published import find_changes, published_text

    snapshot = snapshot_of(facts.register, week)
    text = (
        None if snapshot is None else published_text(snapshot, PAGE, read_page)
    )
    if snapshot is None or text is None:
        if week == facts.week:
            page = read_page_of(facts.reading, facts.figures)
            return render(page, language)
        return render(read_week(facts.register, week, facts.now), language)

    changes = find_changes(facts.register, snapshot, read_page, facts.now)
    if not changes:
        return text
    return f"{text}\n{render_changes(changes, facts.register, facts.now, language)}"


@dataclass(frozen=True)
class PageForm:
    """The folder into which the pages of weeks are written, and in which forms."""

    folder: str
    first_page: bool = False
    html: bool = False
    annex: bool = False
    chat: bool = False

    @property
    def chosen_forms(self) -> tuple[str, ...]:
        """The names of the forms that are chosen, to offer them again."""
        return tuple(name for name in FORMS if getattr(self, name))


FORMS = {
    "first_page": N_("First page only"),
    "html": N_("As HTML too"),
    "annex": N_("Annex as a workbook too"),
    "chat": N_("Message for a chat too"),
}
"""The msgids of the forms in which a page can be written, by the field of ``PageForm``."""


def page_form(folder: str, chosen: Sequence[str] = ()) -> "Form[PageForm]":
    """Return the form that asks for the folder and the forms of pages.

    It begins with ``folder`` and the forms that were ``chosen`` the last time.
    """
    from screens.dialogs.form import Field, FieldType, Form

    place = Field("folder", N_("Folder"), value=folder, required=True)
    switches = [
        Field(name, label, FieldType.SWITCH, name in chosen)
        for name, label in FORMS.items()
    ]

    def make(values: Mapping[str, Any]) -> PageForm:
        wanted = {name: bool(values[name]) for name in FORMS}
        return PageForm(values["folder"], **wanted)

    return Form(
        N_("Write file"),
        (place, *switches),
        make,
        confirm=N_("Write file"),
    )


def write_pages(
    facts: DayView,
    weeks: Sequence[Week],
    form: PageForm,
    language: Language,
    read_page: "ReadPage" = lambda digest: None,
) -> "list[Written]":
    """Write the forms of each week, such as ``2026-W47.md``, as they were published.

    Raises ``Rejected`` if the disk does not take them.
    """
    from tracker.publish.forms import (
        ANNEX,
        CHAT,
        FIRST_PAGE,
        FIRST_PAGE_HTML,
        HTML,
        PAGE,
    )
    from tracker.publish.writing import WeekForms

    forms = [FIRST_PAGE if form.first_page else PAGE]
    if form.html:
        forms.append(FIRST_PAGE_HTML if form.first_page else HTML)
    if form.annex:
        forms.append(ANNEX)
    if form.chat:
        forms.append(CHAT)

    source = WeekForms(facts.register, facts.now, language, read_page)
    folder = typed_path(form.folder)
    return [
        file for week in weeks for file in source.write(folder, week, forms)
    ]
