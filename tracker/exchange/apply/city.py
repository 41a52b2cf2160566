"""What travels in a JSON export alone: the city's settings and the published snapshots."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from tracker.errors import Rejected
from tracker.exchange.apply.session import ImportSession
from tracker.exchange.parsing.records import Record
from tracker.model import City, StoredSnapshot


def enter_city(
    session: ImportSession,
    cities: Sequence[dict[str, Any]],
) -> None:
    """Take over the city's settings into a register that holds nothing yet; others keep their own."""
    register = session.register
    if not cities or register.opds or register.services:
        return
    first = cities[0]
    if any(_settings(other) != _settings(first) for other in cities):
        raise Rejected(
            "The files have different settings of the city: import one file first.",
        )
    try:
        city = msgspec.convert({**first, "id": register.only_city.id}, City)
    except msgspec.ValidationError as error:
        raise Rejected(
            "The settings are damaged: {reason}.",
            reason=str(error),
        ) from None
    if city != register.only_city:
        session.draft.put(city)
        session.note_effect("changed", "city", city.name)


def begin_history(
    session: ImportSession,
    kinds: Mapping[str, Sequence[Record]],
) -> None:
    """Close the opening of a register without services if the files bring a history.

    An export of a register that is past its opening is taken over as it is.
    """
    register = session.draft.register
    city = register.only_city
    if not city.in_opening or register.services:
        return
    if any(kinds.get(kind) for kind in ("moves", "transfers", "closures")):
        session.draft.edit(city, in_opening=False)
        session.note_effect("changed", "city", city.name)


def enter_snapshots(
    session: ImportSession,
    rows: Sequence[dict[str, Any]],
) -> None:
    """Enter the snapshots of weeks that have none; what is published stays as published."""
    there = {snapshot.week for snapshot in session.register.snapshots.values()}
    seen: dict[str, dict[str, Any]] = {}
    for row in rows:
        week = row.get("week")
        first = seen.setdefault(str(week), row)
        if first != row:
            raise Rejected(
                "The files have different snapshots of {week}: import one file first.",
                week=week,
            )
        if week in there or first is not row:
            session.counts["snapshots", "unchanged"] += 1
            continue

        fields = msgspec.structs.asdict(_read_snapshot(session, row))
        del fields["id"]
        session.draft.new(StoredSnapshot, **fields)
        session.counts["snapshots", "new"] += 1


def _read_snapshot(
    session: ImportSession,
    row: dict[str, Any],
) -> StoredSnapshot:
    """Return a snapshot as this register keeps it; its texts are kept beside it."""
    try:
        fields = {
            **row,
            "id": "",
            "figures": _figures_by_key(session, row),
            "pages": _keep_pages(session, row),
        }
        return msgspec.convert(fields, StoredSnapshot)
    except (msgspec.ValidationError, AttributeError, TypeError) as error:
        raise Rejected(
            "The snapshots are damaged: {reason}.",
            reason=str(error),
        ) from None


def _keep_pages(session: ImportSession, row: dict[str, Any]) -> dict[str, str]:
    """Keep the published texts that an export carries; return their digests by form."""
    texts: dict[str, str] = msgspec.convert(
        row.get("pages", {}),
        dict[str, str],
    )
    return {form: session.draft.keep_page(text) for form, text in texts.items()}


def _settings(city: dict[str, Any]) -> dict[str, Any]:
    """Return a city's settings without what says when and where they were recorded."""
    return {
        name: value
        for name, value in city.items()
        if name not in {"id", "recorded_at", "by"}
    }


def _figures_by_key(
    session: ImportSession,
    row: dict[str, Any],
) -> dict[str, Any]:
    """Return a snapshot's figures by the keys that its OPDs have in this register."""
    figures = row.get("figures")
    if not isinstance(figures, dict):
        return {}
    by_key = {}
    if figures.get("city") is not None:
        by_key["city"] = figures["city"]
    for code, values in figures.get("opds", {}).items():
        opd = session.opds.by_code.get(code)
        by_key[opd.id if opd else code] = values
    return by_key
