"""Published figures beside what the history says today, in words."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from tracker.language import N_, Language
from tracker.model import OPD, City, StoredSnapshot
from tracker.snapshot.stored import CITY_KEY
from tracker.snapshot.values import Difference, Revision

_COLUMNS = {
    "services": N_("Services"),
    "conventional": N_("Conventional"),
    "online": N_("Online"),
    "integrated": N_("Integrated"),
    "opening": N_("Points at the start"),
    "joined": N_("Points joined"),
    "left": N_("Points left"),
    "forward": N_("Steps forward"),
    "backward": N_("Steps backward"),
    "closing": N_("Points at the end"),
}


def column_word(column: str) -> str:
    """Return the msgid of a figure that is compared with the published one."""
    return _COLUMNS[column]


def published_on(snapshot: StoredSnapshot, city: City) -> date:
    """Return the day in the city on which a snapshot was taken."""
    return snapshot.recorded_at.astimezone(ZoneInfo(city.timezone)).date()


def changes_of(revision: Revision, language: Language) -> str:
    """Say what of the city's published figures differs, else that only OPDs' figures do."""
    city = [
        difference
        for difference in revision.differences
        if difference.scope == CITY_KEY
    ]
    return (
        describe_changes(city, language)
        if city
        else language.text("the figures of some OPDs (see the annex)")
    )


def describe_changes(
    differences: Iterable[Difference],
    language: Language,
) -> str:
    """Say differences: each figure as published, and as it is today."""
    return ", ".join(
        f"{language.text(column_word(difference.column))} "
        f"{language.number(difference.published, 0)} → {language.number(difference.recomputed, 0)}"
        for difference in differences
    )


def revision_lines(
    revision: Revision,
    city: City,
    opds: Mapping[str, OPD],
    language: Language,
) -> list[str]:
    """Return a line for each scope of which a published week says something else by now."""
    lines = []
    by_scope = groupby(revision.differences, lambda one: one.scope)
    for scope, differences in by_scope:
        name = _name(scope, city, opds)
        lines.append(
            language.text(
                "{week}, {scope}: {changes}",
                week=str(revision.week),
                scope=name,
                changes=describe_changes(differences, language),
            ),
        )
    return lines


def _name(
    scope: str,
    city: City,
    opds: Mapping[str, OPD],
) -> str:
    if scope == CITY_KEY:
        return city.name
    return opds[scope].name if scope in opds else scope
