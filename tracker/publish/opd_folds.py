"""Every OPD with its services, as rows of words: what the folds and the pages of OPDs show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from tracker.labels import factor_word, kind_word, short_opd_name, stage_word
from tracker.language import Language
from tracker.metrics.labels import pace_word
from tracker.metrics.point_in_time import ServiceAt
from tracker.metrics.reading import group_by_opd
from tracker.metrics.values import OPDFigures
from tracker.model import Stage
from tracker.publish.charts.bars import heat_bar, share_bar
from tracker.publish.series import HeatRow
from tracker.snapshot.values import WeekValue


@dataclass(frozen=True)
class ServiceLine:
    """A service: its name, since when it is in its stage, what is due or in the way."""

    name: str
    since: str
    late: str
    """The target that is late, in words; empty where none is."""
    remarks: str


@dataclass(frozen=True)
class StageGroup:
    """The services of one stage."""

    stage: str
    lines: tuple[ServiceLine, ...]


@dataclass(frozen=True)
class OPDFold:
    """An OPD's figures and services in words, with its two bars."""

    code: str
    name: str
    short_name: str
    kind: str
    services: int
    index: str
    overdue: int
    due_soon: int
    steps: str
    """The steps of the weeks of the heat map, signed."""
    pace: str
    silent: int
    bar: Markup
    stages: str
    """The counts that the bar shows."""
    heat: Markup
    groups: tuple[StageGroup, ...]


def opd_folds(
    value: WeekValue,
    heat: Sequence[HeatRow],
    language: Language,
) -> list[OPDFold]:
    """Return a fold for each OPD with services, by name."""
    services = group_by_opd(value.services)
    rows = {row.code: row for row in heat}
    day = value.figures.as_of
    found = []
    for opd in value.figures.opds:
        if opd.key in services:
            short_name = short_opd_name(value.opds[opd.key])
            heat_row = rows.get(opd.code)
            found.append(
                opd_fold(
                    opd,
                    heat_row,
                    services[opd.key],
                    short_name,
                    day,
                    language,
                ),
            )
    return sorted(found, key=lambda fold: (fold.name.casefold(), fold.code))


def opd_fold(
    opd: OPDFigures,
    heat: HeatRow | None,
    services: Sequence[ServiceAt],
    short_name: str,
    day: date,
    language: Language,
) -> OPDFold:
    """Return one OPD's figures and services in words."""
    figures, text = opd.figures, language.text
    weeks = heat.steps if heat else ()
    stages = {
        "integrated": figures.integrated,
        "online": figures.online,
        "conventional": figures.conventional,
    }
    return OPDFold(
        code=opd.code,
        name=opd.name,
        short_name=short_name,
        kind=text(kind_word(opd.kind)),
        services=figures.services,
        index=language.number(figures.index, 0),
        overdue=figures.overdue,
        due_soon=figures.due_soon,
        steps=language.number(sum(step or 0 for step in weeks), 0, signed=True),
        pace=text(pace_word(figures.pace))
        if figures.pace
        else language.number(None),
        silent=opd.silent_weeks,
        bar=share_bar(list(stages.items())),
        stages=" · ".join(
            language.number(count, 0) for count in stages.values()
        ),
        heat=heat_bar(weeks),
        groups=tuple(_stage_groups(services, day, language)),
    )


def _stage_groups(
    services: Sequence[ServiceAt],
    day: date,
    language: Language,
) -> Iterator[StageGroup]:
    """Yield the stages with services; in each what is late comes first, then what is due."""
    for stage in Stage:
        found = sorted(
            (at for at in services if at.stage is stage),
            key=lambda at: (
                not at.overdue,
                not at.due_soon,
                at.service.name.casefold(),
                at.service.code,
            ),
        )
        if found:
            lines = tuple(_service_line(at, day, language) for at in found)
            yield StageGroup(language.text(stage_word(stage)), lines)


def _service_line(at: ServiceAt, day: date, language: Language) -> ServiceLine:
    late = ""
    if at.overdue:
        due_on = min(target.due_on for target in at.overdue)
        late = language.plural(
            "{n} day late",
            "{n} days late",
            (day - due_on).days,
        )
    return ServiceLine(
        name=at.service.name,
        since=language.date(at.entered_on),
        late=late,
        remarks="; ".join(_remarks(at, language)),
    )


def _remarks(at: ServiceAt, language: Language) -> Iterator[str]:
    text = language.text
    if at.due_soon:
        yield text(
            "due {day}",
            day=min(target.due_on for target in at.due_soon),
        )
    if at.points and at.visits:
        yield language.plural(
            "still wants {visits} visit",
            "still wants {visits} visits",
            1 if at.visits == 1 else 2,
            visits=language.plain(at.visits),
        )
    if not at.verified:
        yield text("not verified")
    for obstacle in at.obstacles:
        factor = text(factor_word(obstacle.factor))
        yield f"{factor}: {obstacle.description}"
