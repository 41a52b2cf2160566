"""What was published of a week, read back, and the figures that the history gives otherwise today."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import isclose
from typing import Any

import msgspec

from tracker.metrics.attention import find_due_soon, find_overdue
from tracker.metrics.later import work_out
from tracker.metrics.measure import measure
from tracker.metrics.point_in_time import ServiceAt
from tracker.metrics.reading import WeekReading
from tracker.metrics.targets import measure_targets
from tracker.model import StoredSnapshot
from tracker.register import Register
from tracker.snapshot.forms import FIGURES
from tracker.week import Week

ReadPage = Callable[[str], str | None]
"""Returns the kept text with a digest, None if the store does not have it (``Store.page``)."""

CITY = "city"
_HEAD = {"week", "as_of", "complete", "revision"}
"""Not compared: what names the week, and what other weeks did to it."""
_OF_AN_OPD = {"code", "name", "kind", "key"}
_OF_TARGETS = ("overdue", "due_soon", "targets")
TOLERANCE = 1e-9
"""Numbers that differ by less, relative to their size, are the same: floats are rounded."""


@dataclass(frozen=True)
class FigureChange:
    """A published figure and what the history gives today.

    ``scope`` is ``city`` or an OPD's code; ``figure`` is its name in ``metrics --json``, the
    parts of a nested one joined by points (``forecast.p50``).
    """

    scope: str
    figure: str
    published: Any
    now: Any


def published_text(
    snapshot: StoredSnapshot,
    form: str,
    read_page: ReadPage,
) -> str | None:
    """Return the text of a form as it was published; None if it was not kept."""
    digest = snapshot.pages.get(form)
    return None if digest is None else read_page(digest)


def published_figures(
    snapshot: StoredSnapshot,
    read_page: ReadPage,
) -> dict[str, Any] | None:
    """Return every figure as it was published; None if the figures were not kept."""
    text = published_text(snapshot, FIGURES, read_page)
    if text is None:
        return None
    figures: dict[str, Any] = msgspec.json.decode(text)
    return figures


def find_changes(
    register: Register,
    snapshot: StoredSnapshot,
    read_page: ReadPage,
    today: date,
) -> tuple[FigureChange, ...] | None:
    """Return the published figures that differ from those of today's history.

    A provisional snapshot is compared with its own day. None if the figures were not kept.
    """
    published = published_figures(snapshot, read_page)
    if published is None:
        return None
    day = today if snapshot.final else snapshot.as_of
    if _has_keys_of(register, snapshot, published):
        published = _with_present_codes(register, published)
    now = measure(register, Week.parse(snapshot.week), day)
    return tuple(compare_figures(published, _to_json(now)))


def has_other_targets(
    register: Register,
    snapshot: StoredSnapshot,
    read_page: ReadPage,
    today: date,
) -> bool:
    """Return whether ``find_changes`` finds any where nothing but targets differs since.

    Of all figures only those of targets rest on them, and they take a tenth of the time.
    """
    published = published_figures(snapshot, read_page)
    if published is None:
        return False
    if not _has_keys_of(register, snapshot, published):
        return bool(find_changes(register, snapshot, read_page, today))
    reading = WeekReading(register, Week.parse(snapshot.week), today)
    now = {
        CITY: _measure_targets(reading, reading.services),
        "opds": [
            {
                **opd,
                "figures": _measure_targets(
                    reading,
                    reading.services_of.get(opd["key"], ()),
                ),
            }
            for opd in published["opds"]
        ],
    }
    then = {
        CITY: _choose_of_targets(published[CITY]),
        "opds": [
            {**opd, "figures": _choose_of_targets(opd["figures"])}
            for opd in published["opds"]
        ],
    }
    return any(compare_figures(then, now))


def _choose_of_targets(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: figures[name] for name in _OF_TARGETS if name in figures}


def _has_keys_of(
    register: Register,
    snapshot: StoredSnapshot,
    published: dict[str, Any],
) -> bool:
    """Return whether the published OPDs are there under the keys that they had.

    An import or a merge may have given them others: in the kept counts, but not in the text.
    """
    return all(
        opd.get("key") in register.opds
        and (opd["key"] in snapshot.figures or not opd["figures"]["services"])
        for opd in published["opds"]
    )


def _with_present_codes(
    register: Register,
    published: dict[str, Any],
) -> dict[str, Any]:
    """Return published figures under today's codes: another code is no other figure."""
    opds = [
        {**opd, "code": register.opds[opd["key"]].code}
        for opd in published["opds"]
    ]
    return {**published, "opds": opds}


def _measure_targets(
    reading: WeekReading,
    services: Sequence[ServiceAt],
) -> dict[str, Any]:
    targets = measure_targets(
        reading.register,
        services,
        reading.day,
        reading.rates_week,
    )
    return {
        "overdue": len(find_overdue(services)),
        "due_soon": len(find_due_soon(services)),
        "targets": _to_json(targets),
    }


def _to_json(figures: Any) -> Any:
    """Return figures as they are kept."""
    return msgspec.json.decode(msgspec.json.encode(figures, enc_hook=work_out))


def compare_figures(
    published: dict[str, Any],
    now: dict[str, Any],
) -> Iterator[FigureChange]:
    """Yield the figures that differ, the city's first, then the OPDs' by code.

    Both sides are given as they are kept. Figures that only one side has are left out:
    another version of the program made them.
    """
    if now == published:
        return
    before, after = _by_scope(published), _by_scope(now)
    codes = sorted((before.keys() | after.keys()) - {CITY})
    for scope in (CITY, *codes):
        was, becomes = before.get(scope, {}), after.get(scope, {})
        if not was or not becomes:
            # An OPD had its first service dated into this week later, or lost it again.
            yield FigureChange(scope, "services", *_services(was, becomes))
            continue
        for figure in was:
            if figure in becomes and not _is_same(was[figure], becomes[figure]):
                yield FigureChange(scope, figure, was[figure], becomes[figure])


def _by_scope(figures: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the flat figures of each scope; the head's belong to the city."""
    head = {
        name: value
        for name, value in figures.items()
        if name not in {CITY, "opds", *_HEAD}
    }
    scopes = {CITY: {**_flatten(head), **_flatten(figures.get(CITY) or {})}}
    for opd in figures.get("opds", ()):
        own = {
            name: value for name, value in opd.items() if name not in _OF_AN_OPD
        }
        scopes[opd["code"]] = _flatten(own.pop("figures", {}) | own)
    return scopes


def _flatten(value: Any, name: str = "") -> dict[str, Any]:
    """Return nested figures under names joined by points; targets are named by day and stage."""
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        parts = {
            f"{item.get('due_on', place)}.{item.get('stage', '')}".rstrip(
                ".",
            ): item
            for place, item in enumerate(value)
        }.items()
    else:
        return {name: value}
    found: dict[str, Any] = {}
    for part, inner in parts:
        found |= _flatten(inner, f"{name}.{part}" if name else str(part))
    return found


def _services(was: dict[str, Any], becomes: dict[str, Any]) -> tuple[Any, Any]:
    return was.get("services", 0), becomes.get("services", 0)


def _is_same(published: Any, now: Any) -> bool:
    if isinstance(published, float | int) and isinstance(now, float | int):
        return isclose(published, now, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return bool(published == now)
