"""What travels in a JSON export alone: the city's settings and the published snapshots."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from tracker.errors import Rejected
from tracker.exchange.apply.session import ImportSession
from tracker.exchange.parsing.records import Record
from tracker.model import City, StoredSnapshot


def enter_city(
    session: ImportSession, cities: Sequence[dict[str, Any]]
) -> None:
    """Take over the city's settings into a register that holds nothing yet; others keep their own."""
    register = session.register
    if not cities or register.opds or register.services or not register.city:
        return
    said = cities[0]
    if any(_settings(other) != _settings(said) for other in cities):
        raise Rejected(
            "The files have different settings of the city: import one file first."
        )
    try:
        city = msgspec.convert({**said, "id": register.only_city.id}, City)
    except msgspec.ValidationError as error:
        raise Rejected(
            "The settings are damaged: {reason}.", reason=str(error)
        ) from None
    if city != register.only_city:
        session.draft.put(city)
        session.note_effect("changed", "city", city.name)


def begin_history(
    session: ImportSession, kinds: Mapping[str, Sequence[Record]]
) -> None:
    """Close the opening of a register without services if the files bring a history.

    An export of a register that is past its opening is taken over as it is.
    """
    register = session.draft.register
    brings_history = any(
        kinds.get(kind) for kind in ("moves", "transfers", "closures")
    )
    if (
        brings_history
        and register.only_city.in_opening
        and not register.services
    ):
        session.draft.edit(register.only_city, in_opening=False)
        session.note_effect("changed", "city", register.only_city.name)


def enter_snapshots(
    session: ImportSession, rows: Sequence[dict[str, Any]]
) -> None:
    """Enter the snapshots of weeks that have none; what is published stays as published."""
    there = {snapshot.week for snapshot in session.register.snapshots.values()}
    told: dict[Any, dict[str, Any]] = {}
    for said in rows:
        week = said.get("week")
        first = told.setdefault(str(week), said)
        if first != said:
            raise Rejected(
                "The files have different snapshots of {week}: import one file first.",
                week=week,
            )
        if week in there or first is not said:
            session.counts["snapshots", "unchanged"] += 1
            continue
        try:
            snapshot = msgspec.convert(
                {
                    **said,
                    "id": "",
                    "figures": _keyed(session, said),
                    "pages": _keep_pages(session, said),
                },
                StoredSnapshot,
            )
        except (msgspec.ValidationError, AttributeError, TypeError) as error:
            raise Rejected(
                "The snapshots are damaged: {reason}.", reason=str(error)
            ) from None
        fields = {
            name: value
            for name, value in msgspec.structs.asdict(snapshot).items()
            if name != "id"
        }
        session.draft.new(StoredSnapshot, **fields)
        session.counts["snapshots", "new"] += 1


def _keep_pages(session: ImportSession, said: dict[str, Any]) -> dict[str, str]:
    """Keep the published texts that an export carries; return their digests by form."""
    texts: dict[str, str] = msgspec.convert(
        said.get("pages", {}), dict[str, str]
    )
    return {form: session.draft.keep_page(text) for form, text in texts.items()}


def _settings(said: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in said.items()
        if name not in {"id", "recorded_at", "by"}
    }


def _keyed(session: ImportSession, said: dict[str, Any]) -> dict[str, Any]:
    """Return a snapshot's figures by the keys that its OPDs have in this register."""
    told = said["figures"] if isinstance(said.get("figures"), dict) else {}
    rows = {
        session.opds.by_code[code].id
        if code in session.opds.by_code
        else code: row
        for code, row in told.get("opds", {}).items()
    }
    city = {} if told.get("city") is None else {"city": told["city"]}
    return {**city, **rows}
