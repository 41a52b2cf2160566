"""Write the site: only what has changed is written anew."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from tracker.comparison.report import Comparison
from tracker.errors import Rejected
from tracker.exchange.progress import Hook, Progress
from tracker.exchange.writing.output_folder import Written, writing_into
from tracker.language import N_, Language
from tracker.metrics.series import read_all_series
from tracker.model import StoredSnapshot
from tracker.publish.forms import HTML
from tracker.publish.series import charts_of
from tracker.publish.site.cities_page import render_cities
from tracker.publish.site.index_page import WeekLine, render_index
from tracker.publish.site.links import (
    CITIES,
    INDEX,
    Link,
    opd_file,
    week_file,
    with_links,
)
from tracker.publish.site.opd_page import render_opd
from tracker.publish.writing import WeekForms
from tracker.register import Register
from tracker.snapshot.stored import CITY_KEY, figures_of_row, snapshot_of
from tracker.snapshot.values import WeekValue
from tracker.snapshot.week import read_week
from tracker.week import Week

_RECOMPUTED = N_(
    "The text of this page was not kept when the week was published: it is computed from today's history.",
)


def write_site(
    forms: WeekForms,
    folder: Path,
    progress: Hook | None = None,
    comparison: Comparison | None = None,
) -> list[Written]:
    """Write the site of the register of ``forms`` into ``folder``; return every file of it.

    With a ``comparison`` it has a page of other cities.

    Its front page and its OPDs are as of the last published week. Raises ``Rejected`` if no
    week was published, or if the folder cannot be written. The provisional page of a week
    that is final by now is removed.
    """
    snapshots = find_published(forms.register)
    if not snapshots:
        raise Rejected(
            "No week was published yet: `snapshot take` publishes one.",
        )

    last = snapshots[-1]
    day = forms.today if last.final else last.as_of
    value = read_week(forms.register, Week.parse(last.week), day)
    cities_pages = []
    if comparison is not None:
        page = render_cities(comparison, forms.language)
        cities_pages.append((CITIES, page))
    pages = chain(
        _week_pages(forms, snapshots),
        _opd_pages(forms.register, value, day, forms.language),
        cities_pages,
        [(INDEX, _index_page(forms, snapshots, value, day, comparison))],
    )
    total = len(snapshots) + len(value.figures.opds) + 1
    total += comparison is not None
    steps, written = Progress(progress), []
    with writing_into(folder, forms.language) as output:
        for done, (name, page) in enumerate(pages, start=1):
            written.append(output.write(name, page.encode()))
            steps.part((done - 1) / total, done / total).tell(1, 1)
        for snapshot in snapshots:
            if snapshot.final:
                output.remove(
                    week_file(snapshot.week, forms.language, final=False),
                )
    return written


def find_published(register: Register) -> list[StoredSnapshot]:
    """Return what was published, one snapshot a week, the earliest first."""
    weeks = sorted({snapshot.week for snapshot in register.snapshots.values()})
    found = [snapshot_of(register, Week.parse(week)) for week in weeks]
    return [snapshot for snapshot in found if snapshot is not None]


def _week_pages(
    forms: WeekForms,
    snapshots: Sequence[StoredSnapshot],
) -> Iterator[tuple[str, str]]:
    """Yield each published week's page as it was published, with links to its neighbours."""
    language = forms.language
    for place, snapshot in enumerate(snapshots):
        links = [Link(INDEX, language.text("All OPDs and weeks"))]
        for arrow, neighbours in (
            ("← {week}", snapshots[max(0, place - 1) : place]),
            ("{week} →", snapshots[place + 1 : place + 2]),
        ):
            for other in neighbours:
                file = week_file(other.week, language, final=other.final)
                links.append(Link(file, arrow.format(week=other.week)))
        week = Week.parse(snapshot.week)
        page, note = forms.published(week, HTML), ""
        if page is None:
            page, note = forms.render(week, HTML), language.text(_RECOMPUTED)
        name = week_file(snapshot.week, language, final=snapshot.final)
        yield name, with_links(page, links, language, note)


def _opd_pages(
    register: Register,
    value: WeekValue,
    day: date,
    language: Language,
) -> Iterator[tuple[str, str]]:
    series = read_all_series(register, value.week, day)
    for opd in value.figures.opds:
        page = render_opd(register, value, opd, series[opd.key], language)
        yield opd_file(register.opds[opd.key]), page


def _index_page(
    forms: WeekForms,
    snapshots: Sequence[StoredSnapshot],
    value: WeekValue,
    day: date,
    comparison: Comparison | None,
) -> str:
    register = forms.register
    opd_links = {
        opd.code: opd_file(register.opds[opd.key]) for opd in value.figures.opds
    }
    weeks = [_week_line(forms, snapshot) for snapshot in reversed(snapshots)]
    charts = charts_of(register, value, day)
    page = render_index(value, charts, weeks, opd_links, forms.language)
    if comparison is None:
        return page
    cities = Link(CITIES, forms.language.text("Other cities"))
    return with_links(page, [cities], forms.language)


def _week_line(forms: WeekForms, snapshot: StoredSnapshot) -> WeekLine:
    language, week = forms.language, Week.parse(snapshot.week)
    city = figures_of_row(snapshot.figures.get(CITY_KEY, ()))
    services = city["services"]
    return WeekLine(
        link=Link(
            week_file(snapshot.week, language, final=snapshot.final),
            snapshot.week,
        ),
        days=language.text(
            "{first} to {last}",
            first=language.date(week.monday, "long"),
            last=language.date(week.sunday, "long"),
        ),
        state=language.text("final")
        if snapshot.final
        else language.text("provisional"),
        index=language.number(
            50 * city["closing"] / services if services else None,
        ),
    )
