"""Actions on services: enter, edit, transfer, retire, reopen."""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from tracker.actions.codes import unique_code
from tracker.actions.draft import Draft
from tracker.actions.editing import Fields, edit_fields
from tracker.actions.opds import find_working_opd, is_at_work
from tracker.errors import Rejected
from tracker.fields import ChangedBy
from tracker.history import is_active, opd_at
from tracker.language import N_
from tracker.lookup import find_service, find_services
from tracker.model import OPD, Closure, Service, Stage, Transfer
from tracker.register import Register
from tracker.text import (
    collapse_whitespace,
    collapse_whitespace_in_lines,
    normalize_name,
)


class AddService(Struct, frozen=True):
    """Add a service with its baseline: its stage, visits and days when registered."""

    name: ClassVar[str] = "service add"
    log_label: ClassVar[str] = N_("new service")
    opd: str
    title: str
    registered_on: date
    code: str = ""
    stage: Stage | None = None
    visits: float | None = None
    days: float | None = None
    fields: Fields = {}
    """What is not dated: volume, application, tags, owner … (``tracker.fields``)."""

    def apply(self, draft: Draft) -> None:
        """Enter the service; in the opening one without a stage is assumed conventional."""
        register = draft.register
        opd = find_working_opd(register, self.opd, self.registered_on)
        title, code = collapse_whitespace(self.title), self.code.strip()
        if not code:
            _reject_known(draft, opd, title)
        service = draft.new(
            Service,
            code=code or unique_code(title, register.service_codes, opd.code),
            name=title,
            opd=opd.id,
            registered_on=self.registered_on,
            stage=self.stage or Stage.CONVENTIONAL,
            assumed=self.stage is None and register.only_city.in_opening,
            visits=self.visits,
            days=self.days,
        )
        edit_fields(draft, service, self.fields, ChangedBy.EDIT)


def _reject_known(draft: Draft, opd: OPD, title: str) -> None:
    """Raise ``Rejected`` if the OPD already offers a service of this name today."""
    for service in draft.register.services.values():
        if (
            normalize_name(service.name) == normalize_name(title)
            and opd_at(draft.register, service, draft.today) == opd.id
            and is_active(draft.register, service, draft.today)
        ):
            raise Rejected(
                "“{name}” is there already, with the code {code}: give the new one a code of its own.",
                name=service.name,
                code=service.code,
            )


class EditService(Struct, frozen=True):
    """Change what is not dated in a service, and so how the past is read: code, name, volume, tags …"""

    name: ClassVar[str] = "service edit"
    log_label: ClassVar[str] = N_("service changed")
    service: str
    fields: Fields

    def apply(self, draft: Draft) -> None:
        """Change the service."""
        service = find_service(draft.register, self.service)
        edit_fields(draft, service, self.fields, ChangedBy.EDIT)


class TransferServices(Struct, frozen=True):
    """Services pass to another OPD at the start of a day."""

    name: ClassVar[str] = "service transfer"
    log_label: ClassVar[str] = N_("passed to another OPD")
    services: tuple[str, ...]
    opd: str
    on: date

    def apply(self, draft: Draft) -> None:
        """Transfer each service that is not with the OPD already."""
        register = draft.register
        opd = find_working_opd(register, self.opd, self.on)
        services = find_services(register, self.services)
        passing = [
            service
            for service in services
            if opd_at(register, service, self.on) != opd.id
        ]
        if not passing:
            raise Rejected(
                "Nothing to transfer: {opd} has it already on {day}.",
                opd=opd.code,
                day=self.on,
            )
        for service in passing:
            draft.new(
                Transfer,
                service=service.id,
                on=self.on,
                opd=opd.id,
            )


class RetireServices(Struct, frozen=True):
    """Retire services: they are not offered from a day on."""

    name: ClassVar[str] = "service retire"
    log_label: ClassVar[str] = N_("service retired")
    services: tuple[str, ...]
    on: date
    why: str = ""

    def apply(self, draft: Draft) -> None:
        """Close each service; reject one that is closed already."""
        draft.why = collapse_whitespace_in_lines(self.why)
        register = draft.register
        for service in find_services(register, self.services):
            closures = register.closures_of.get(service.id, ())
            if any(closure.until is None for closure in closures):
                raise Rejected(
                    "{service} is retired already.",
                    service=service.code,
                )
            draft.new(Closure, service=service.id, start=self.on)


class ReopenServices(Struct, frozen=True):
    """Reopen retired services from a day on; ``opd`` offers them if theirs is dissolved."""

    name: ClassVar[str] = "service reopen"
    log_label: ClassVar[str] = N_("service reopened")
    services: tuple[str, ...]
    on: date
    opd: str = ""

    def apply(self, draft: Draft) -> None:
        """End each service's closure, and transfer the service if another OPD offers it then."""
        register = draft.register
        given = (
            find_working_opd(register, self.opd, self.on) if self.opd else None
        )
        for service in find_services(register, self.services):
            closures = register.closures_of.get(service.id, [])
            if not closures or closures[-1].until is not None:
                raise Rejected(
                    "{service} is not retired.",
                    service=service.code,
                )
            draft.edit(closures[-1], until=self.on)
            owner = register.opds[opd_at(register, service, self.on)]
            opd = given or _find_successor(register, service, owner, self.on)
            if opd.id != owner.id:
                draft.new(
                    Transfer,
                    service=service.id,
                    on=self.on,
                    opd=opd.id,
                )


def _find_successor(
    register: Register,
    service: Service,
    opd: OPD,
    day: date,
) -> OPD:
    """Return the OPD that has ``opd``'s work on ``day``: itself, or that into which it was merged."""
    named = (opd, *register.opd_names[normalize_name(opd.name)])
    heir = next((one for one in named if is_at_work(one, day)), None)
    if heir is None:
        raise Rejected(
            "{service} was with {opd}, which was retired on {day}: name the OPD that offers it from now on.",
            service=service.code,
            opd=opd.code,
            day=opd.retired_on,
        )
    return heir


def active_services(register: Register, day: date) -> list[Service]:
    """Return the services that the city offers on ``day``, by code."""
    found = [
        service
        for service in register.services.values()
        if is_active(register, service, day)
    ]
    return sorted(found, key=lambda service: service.code)
