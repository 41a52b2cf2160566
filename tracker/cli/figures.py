"""The figures for programs: JSON with the names of METRICS.md, CSV with a row a scope."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from tracker.metrics.later import work_out
from tracker.metrics.measure import find_reporting_share
from tracker.metrics.reading import ScopeReading
from tracker.metrics.values import CityFigures, Figures, OPDFigures

if TYPE_CHECKING:
    from tracker.snapshot.revision_rate import RevisionRate

HEAD = ("week", "as_of", "complete", "rates_week")


@dataclass(frozen=True)
class ScopeRow:
    """The row of a scope in CSV."""

    scope: str
    code: str
    name: str
    kind: str
    figures: Figures
    reporting_share: float | None
    silent_weeks: int | None = None


def city_json(found: CityFigures, revision: "RevisionRate") -> dict[str, Any]:
    """Return the JSON of ``metrics`` for the city and its OPDs."""
    return {
        **_head(found, found.reporting_share),
        "revision": msgspec.to_builtins(revision),
        "city": _fields(found.city),
        "opds": [
            {
                "code": opd.code,
                "name": opd.name,
                "kind": opd.kind,
                **_fields(opd.figures),
                "silent_weeks": opd.silent_weeks,
            }
            for opd in found.opds
        ],
    }


def scope_json(
    found: CityFigures,
    revision: "RevisionRate",
    reading: ScopeReading,
    figures: Figures,
) -> dict[str, Any]:
    """Return the JSON of ``metrics`` for one scope; ``found`` is the whole city's.

    The head is the city's, except for the scope's own ``reporting_share``.
    """
    fields = _fields(figures)
    if reading.scope.what == "opd":
        fields["silent_weeks"] = silence_of(found, reading.scope.key)
    share = find_reporting_share(reading.week, reading.services)
    return {
        **_head(found, share),
        "revision": msgspec.to_builtins(revision),
        "scope": fields,
    }


def silence_of(found: CityFigures, opd: str) -> int:
    """Return for how many weeks an OPD has been silent; 0 if it never had a service."""
    return next(
        (known.silent_weeks for known in found.opds if known.key == opd),
        0,
    )


def city_rows(found: CityFigures) -> list[ScopeRow]:
    """Return the CSV's rows of the city and its OPDs."""
    city = ScopeRow("city", "", "", "", found.city, found.reporting_share)
    return [city, *(_opd_row(opd) for opd in found.opds)]


def _opd_row(opd: OPDFigures) -> ScopeRow:
    return ScopeRow(
        scope="opd",
        code=opd.code,
        name=opd.name,
        kind=opd.kind,
        figures=opd.figures,
        reporting_share=opd.reporting_share,
        silent_weeks=opd.silent_weeks,
    )


def scope_row(
    found: CityFigures,
    reading: ScopeReading,
    names: tuple[str, str, str],
    figures: Figures,
) -> ScopeRow:
    """Return the CSV's row of one scope; ``names`` are its code, name and kind."""
    code, name, kind = names
    what, key = reading.scope.what, reading.scope.key
    return ScopeRow(
        scope=what,
        code=code,
        name=name,
        kind=kind,
        figures=figures,
        reporting_share=find_reporting_share(reading.week, reading.services),
        silent_weeks=silence_of(found, key) if what == "opd" else None,
    )


def csv_rows(
    found: CityFigures,
    scopes: Iterable[ScopeRow],
) -> tuple[list[str], list[list[Any]]]:
    """Return the CSV's headers and a row for each scope."""
    rows = [_csv_row(found, row) for row in scopes]
    headers = list(dict.fromkeys(header for row in rows for header in row))
    return headers, [[row.get(header) for header in headers] for row in rows]


def _csv_row(found: CityFigures, row: ScopeRow) -> dict[str, Any]:
    head = _head(found, row.reporting_share)
    fields = _fields(row.figures)
    fields.setdefault(
        "track_record",
        {"made": None, "kept": dict.fromkeys(_LEVELS)},
    )
    fields["targets"] = {
        f"{target['due_on']}_{target['stage']}": {
            name: value
            for name, value in target.items()
            if name not in {"due_on", "stage"}
        }
        for target in fields["targets"]
    }
    return {
        "scope": row.scope,
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        **{name: head[name] for name in HEAD},
        "reporting_share": row.reporting_share,
        "silent_weeks": row.silent_weeks,
        **dict(_flatten(fields)),
    }


_LEVELS = ("p50", "p85", "p95")


def _head(found: CityFigures, reporting_share: float | None) -> dict[str, Any]:
    return {
        "week": str(found.week),
        "as_of": found.as_of,
        "complete": found.complete,
        "rates_week": str(found.rates_week),
        "reporting_share": reporting_share,
        "goal_outcome": found.goal_outcome,
        "on_course": msgspec.to_builtins(found.on_course),
    }


def _fields(figures: Figures) -> dict[str, Any]:
    """Return figures by name; the track record only if it was computed."""
    fields: dict[str, Any] = msgspec.to_builtins(
        figures,
        enc_hook=work_out,
    )
    if fields["track_record"] is None:
        del fields["track_record"]
    return fields


def _flatten(
    fields: Mapping[str, Any],
    prefix: str = "",
) -> Iterator[tuple[str, Any]]:
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{name}_")
        elif isinstance(value, list | tuple):
            yield f"{prefix}{name}", "; ".join(value)
        else:
            yield f"{prefix}{name}", value
