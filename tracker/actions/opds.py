"""Actions on agencies: enter, edit, merge, retire; and what they report."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from msgspec import Struct

from tracker.actions.draft import Draft
from tracker.actions.editing import Fields, collapse_items, edit_fields
from tracker.errors import Rejected
from tracker.fields import ChangedBy
from tracker.history import is_active, offered_from, opd_at
from tracker.language import N_
from tracker.lookup import find_opd
from tracker.model import OPD, Kind, Report, Service, Transfer
from tracker.register import Register
from tracker.text import (
    collapse_whitespace,
    collapse_whitespace_in_lines,
    name_key,
    normalize_name,
)
from tracker.vocabulary import kind_of_name
from tracker.week import Week


def kind_of(name: str, own: Iterable[str] = ()) -> str:
    """Return the kind that an OPD's name begins with (``Dinas Kesehatan``), else ``lainnya``.

    ``own`` are the city's own kinds; they come first.
    """
    named = normalize_name(name)
    for kind in own:
        if f"{named} ".startswith(f"{normalize_name(kind)} "):
            return kind
    return kind_of_name(name) or Kind.LAINNYA


class AddOPD(Struct, frozen=True):
    """Add an agency; unless given, its code and kind are derived from its name."""

    name: ClassVar[str] = "opd add"
    log_label: ClassVar[str] = N_("new OPD")
    title: str
    code: str = ""
    fields: Fields = {}
    """Its kind, aliases, contact … (``tracker.fields``)."""

    def apply(self, draft: Draft) -> None:
        """Enter the OPD; refuse one that is there already."""
        title, code = collapse_whitespace(self.title), self.code.strip()
        if not code:
            _reject_known(draft.register, title)
        kind = self.fields.get("kind") or kind_of(
            title,
            draft.register.only_city.kinds,
        )
        opd = draft.new(OPD, code=code or name_key(title), name=title)
        edit_fields(
            draft,
            opd,
            {**self.fields, "kind": kind},
            ChangedBy.EDIT,
        )


class EditOPD(Struct, frozen=True):
    """Change an agency's code, name, kind, aliases or contact; a former name stays as an alias."""

    name: ClassVar[str] = "opd edit"
    log_label: ClassVar[str] = N_("OPD changed")
    opd: str
    fields: Fields

    def apply(self, draft: Draft) -> None:
        """Change the OPD."""
        opd = find_opd(draft.register, self.opd)
        fields = dict(self.fields)
        name = normalize_name(fields.get("name") or "")
        if "name" in fields and name != normalize_name(opd.name):
            fields["aliases"] = collapse_items(
                (*(fields.get("aliases", opd.aliases) or ()), opd.name),
            )
        end = edit_fields(draft, opd, fields, ChangedBy.EDIT).retired_on
        if end not in (None, opd.retired_on):
            _reject_offering(draft.register, opd, end)


class MergeOPD(Struct, frozen=True):
    """Merge an agency into another on a day: services and members move there, names become aliases."""

    name: ClassVar[str] = "opd merge"
    log_label: ClassVar[str] = N_("OPDs merged")
    old: str
    new: str
    on: date

    def apply(self, draft: Draft) -> None:
        """Transfer services and members, keep the names, retire the old OPD."""
        old = find_opd(draft.register, self.old)
        new = find_working_opd(draft.register, self.new, self.on)
        if old.id == new.id:
            raise Rejected("An OPD cannot be merged with itself.")
        if old.retired_on is not None:
            raise _dissolved_error(old)
        for service in services_of(draft.register, old, self.on):
            draft.new(
                Transfer,
                service=service.id,
                on=self.on,
                opd=new.id,
            )
        _reject_offering(draft.register, old, self.on)
        # Before the OPDs themselves: a summary has room for what goes without saying last.
        for member in list(draft.register.members.values()):
            if member.opd == old.id:
                draft.edit(member, opd=new.id)
        draft.edit(old, retired_on=self.on)
        names = (*new.aliases, old.name, *old.aliases)
        draft.edit(
            new,
            aliases=tuple(
                n
                for n in collapse_items(names)
                if normalize_name(n) != normalize_name(new.name)
            ),
        )


class RetireOPD(Struct, frozen=True):
    """Dissolve an agency from a day on; its services must have gone to others before."""

    name: ClassVar[str] = "opd retire"
    log_label: ClassVar[str] = N_("OPD ended")
    opd: str
    on: date

    def apply(self, draft: Draft) -> None:
        """Retire the OPD; refuse while services are with it."""
        opd = find_opd(draft.register, self.opd)
        if opd.retired_on is not None:
            raise _dissolved_error(opd)
        _reject_offering(draft.register, opd, self.on)
        draft.edit(opd, retired_on=self.on)


class ReportOPDs(Struct, frozen=True):
    """Record that OPDs have reported for a week, even if nothing moved."""

    name: ClassVar[str] = "report"
    log_label: ClassVar[str] = N_("report of the week")
    opds: tuple[str, ...]
    week: Week
    note: str = ""

    def apply(self, draft: Draft) -> None:
        """Add a report for each OPD; an existing one gets the new note.

        An OPD dissolved before the week is rejected: its successor reports what it did.
        """
        register = draft.register
        reports = {(r.opd, r.week): r for r in register.reports.values()}
        note = collapse_whitespace_in_lines(self.note)
        for text in dict.fromkeys(self.opds):
            opd = find_working_opd(register, text, self.week.monday)
            there = reports.get((opd.id, str(self.week)))
            if there is None:
                new = draft.new(
                    Report,
                    opd=opd.id,
                    week=str(self.week),
                    note=note,
                )
                reports[opd.id, str(self.week)] = new
            elif note:
                draft.edit(there, note=note)


def find_working_opd(register: Register, text: str, day: date) -> OPD:
    """Return the OPD that ``text`` means; raise ``Rejected`` if it is dissolved by ``day``."""
    opd = find_opd(register, text)
    if not is_at_work(opd, day):
        raise _dissolved_error(opd)
    return opd


def _dissolved_error(opd: OPD) -> Rejected:
    return Rejected(
        "{opd} was retired on {day}: choose another.",
        opd=opd.code,
        day=opd.retired_on,
    )


def is_at_work(opd: OPD, day: date) -> bool:
    """Return whether the OPD still exists on ``day``."""
    return opd.retired_on is None or day < opd.retired_on


def _reject_known(register: Register, title: str) -> None:
    """Raise ``Rejected`` if an OPD has this name, or the code that would be made from it."""
    named = register.opd_names.get(normalize_name(title), [])
    known = named[0] if named else register.opd_codes.get(name_key(title))
    if known is None:
        return
    if known.retired_on is not None:
        raise Rejected(
            "“{name}” was retired on {day} and keeps the code {code}: give the new one another code.",
            name=known.name,
            day=known.retired_on,
            code=known.code,
        )
    raise Rejected(
        "“{name}” is there already, with the code {code}.",
        name=known.name,
        code=known.code,
    )


def services_of(
    register: Register,
    opd: OPD,
    day: date,
) -> list[Service]:
    """Return the services that the OPD offers on ``day``, by code."""
    found = [
        service
        for service in register.services.values()
        if opd_at(register, service, day) == opd.id
        and is_active(register, service, day)
    ]
    return sorted(found, key=lambda service: service.code)


def _reject_offering(register: Register, opd: OPD, end: date) -> None:
    """Raise ``Rejected`` if ``opd`` still offers services on or after the day ``end``."""
    days = (
        offered_from(register, service, opd.id, end)
        for service in register.services.values()
    )
    first = min(filter(None, days), default=None)
    if first == end:
        raise Rejected(
            "{opd} still offers services on {day}: retire or transfer them, or merge it with another.",
            opd=opd.code,
            day=end,
        )
    if first is not None:
        raise Rejected(
            "Services came to {opd} after {day}: choose a later day, or correct those entries.",
            opd=opd.code,
            day=end,
        )
