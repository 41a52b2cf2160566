"""The figures as programs get them: JSON with METRICS.md's names, CSV with a row a scope."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from tracker.metrics import measure
from tracker.metrics.values import CityFigures, Figures, Scope
from tracker.register import Register
from tracker.week import Week, last_complete


def city_json(found: CityFigures) -> dict[str, Any]:
    """Return what ``metrics --json`` prints of the city and its OPDs."""
    return {
        **_head(found.week, found.as_of, found.complete, found.rates_week),
        "reporting_share": found.reporting_share,
        "city": msgspec.to_builtins(found.city),
        "opds": [
            {
                "code": opd.code,
                "name": opd.name,
                "kind": opd.kind,
                **msgspec.to_builtins(opd.figures),
                "silent_weeks": opd.silent_weeks,
            }
            for opd in found.opds
        ],
    }


def scope_json(
    register: Register, scope: Scope, figures: Figures, week: Week, today: date
) -> dict[str, Any]:
    """Return what ``metrics --json`` prints of one scope; of an OPD also how long it has been silent."""
    head = _head(
        week, week.as_of(today), week.is_complete(today), last_complete(week, today)
    )
    fields = msgspec.to_builtins(figures)
    if scope.what == "opd":
        opds = measure(register, week, today).opds
        fields["silent_weeks"] = next(
            (opd.silent_weeks for opd in opds if opd.key == scope.key), 0
        )
    return {**head, "scope": fields}


def _head(week: Week, as_of: date, complete: bool, rates_week: Week) -> dict[str, Any]:
    return {
        "week": str(week),
        "as_of": as_of,
        "complete": complete,
        "rates_week": str(rates_week),
    }


def csv_rows(
    scopes: Iterable[tuple[str, str, str, str, Figures]],
) -> tuple[list[str], list[list[Any]]]:
    """Return the headers and a row for each scope: what it is, its code, name and kind, its figures."""
    headers: list[str] = []
    rows = []
    for what, code, name, kind, figures in scopes:
        flat = dict(_flat(msgspec.to_builtins(figures)))
        headers = ["scope", "code", "name", "kind", *flat]
        rows.append([what, code, name, kind, *flat.values()])
    return headers, rows


def _flat(fields: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}_")
        else:
            yield (
                f"{before}{name}",
                "; ".join(value) if isinstance(value, list | tuple) else value,
            )
