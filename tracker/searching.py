"""The words by which a service or an OPD is found, on the screens and by commands."""

from operator import attrgetter

from tracker.fields import fields_changed_by
from tracker.fields.description import ChangedBy, ValueType
from tracker.model import OPD, Service
from tracker.register import Register
from tracker.text import normalize_name

_own_words = attrgetter(
    *(
        field.name
        for field in fields_changed_by("services", ChangedBy.EDIT)
        if field.type in (ValueType.CODE, ValueType.TEXT, ValueType.LINES)
    ),
)
"""Returns the texts of a service in which words are looked for."""


def service_words(register: Register, service: Service) -> str:
    """Return a service's own words, normalized, and those of its application."""
    words = [*_own_words(service), *service.tags]
    application = register.applications.get(service.application or "")
    if application:
        words += [application.name, application.code]
    return normalize_name(" ¦ ".join(words))


def opd_words(opd: OPD) -> str:
    """Return an OPD's names and code, normalized."""
    return normalize_name(" ¦ ".join((opd.name, opd.code, *opd.aliases)))
