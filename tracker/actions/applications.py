"""Actions on applications: enter, edit, bring behind the single door, switch off."""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from tracker.actions.draft import Draft
from tracker.actions.editing import Fields, edit_fields
from tracker.errors import Rejected
from tracker.fields import ChangedBy
from tracker.history import is_active, stage_at
from tracker.language import N_
from tracker.lookup import find_application
from tracker.model import Application, Move, Service, Stage
from tracker.register import Register
from tracker.text import (
    collapse_whitespace,
    collapse_whitespace_in_lines,
    name_key,
)


class AddApplication(Struct, frozen=True):
    """Enter an application; its code is made from its name unless given."""

    name: ClassVar[str] = "app add"
    log_label: ClassVar[str] = N_("new application")
    title: str
    code: str = ""
    fields: Fields = {}
    """Its OPD, address, dates … (``tracker.fields``)."""

    def apply(self, draft: Draft) -> None:
        """Enter the application."""
        title, code = collapse_whitespace(self.title), self.code.strip()
        known = draft.register.application_codes.get(name_key(title))
        if known is not None and not code:
            raise Rejected(
                "“{name}” is there already, with the code {code}.",
                name=known.name,
                code=known.code,
            )
        application = draft.new(
            Application,
            code=code or name_key(title),
            name=title,
        )
        edit_fields(draft, application, self.fields, ChangedBy.EDIT)


class EditApplication(Struct, frozen=True):
    """Change an application's code, name, OPD, address or dates."""

    name: ClassVar[str] = "app edit"
    log_label: ClassVar[str] = N_("application changed")
    application: str
    fields: Fields

    def apply(self, draft: Draft) -> None:
        """Change the application."""
        application = find_application(draft.register, self.application)
        edit_fields(draft, application, self.fields, ChangedBy.EDIT)


class IntegrateApplication(Struct, frozen=True):
    """Put an application behind the single door on a day, with its online services."""

    name: ClassVar[str] = "app integrate"
    log_label: ClassVar[str] = N_("application integrated")
    application: str
    on: date
    evidence: str = ""
    verified: bool = False

    def apply(self, draft: Draft) -> None:
        """Date the integration and move each service that is online through it that day."""
        register = draft.register
        application = find_application(register, self.application)
        if application.integrated_on is not None:
            raise Rejected(
                "{application} is behind the single door since {day}.",
                application=application.code,
                day=application.integrated_on,
            )
        if self.on > draft.today:
            raise Rejected(
                "{day} is still to come; enter what has happened.",
                day=self.on,
            )
        draft.edit(application, integrated_on=self.on)
        for service in online_services(register, application, self.on):
            draft.new(
                Move,
                service=service.id,
                on=self.on,
                stage=Stage.INTEGRATED,
                evidence=collapse_whitespace_in_lines(self.evidence),
                verified_on=draft.today if self.verified else None,
            )


class RetireApplication(Struct, frozen=True):
    """Switch an application off from a day on; its services keep their stages until moved."""

    name: ClassVar[str] = "app retire"
    log_label: ClassVar[str] = N_("application switched off")
    application: str
    on: date

    def apply(self, draft: Draft) -> None:
        """Date the end of the application."""
        application = find_application(draft.register, self.application)
        if application.retired_on is not None:
            raise Rejected(
                "{application} was switched off on {day}.",
                application=application.code,
                day=application.retired_on,
            )
        draft.edit(application, retired_on=self.on)


def online_services(
    register: Register,
    application: Application,
    day: date,
) -> list[Service]:
    """Return the services that are online through the application on ``day``, by code."""
    found = [
        service
        for service in register.services.values()
        if service.application == application.id
        and is_active(register, service, day)
        and stage_at(register, service, day) is Stage.ONLINE
    ]
    return sorted(found, key=lambda service: service.code)
