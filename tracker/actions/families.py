"""Families of services: name them, and take services out of them."""

from typing import ClassVar

from msgspec import Struct

from tracker.actions.draft import Draft
from tracker.errors import Rejected
from tracker.families import spelled_like
from tracker.language import N_
from tracker.lookup import find_services
from tracker.text import collapse_whitespace


class NameFamilies(Struct, frozen=True):
    """Services become members of a family each; an empty name takes them out of theirs.

    ``families`` are pairs of a family's name and its services.
    """

    name: ClassVar[str] = "service family"
    log_label: ClassVar[str] = N_("family of services named")
    families: tuple[tuple[str, tuple[str, ...]], ...]

    def apply(self, draft: Draft) -> None:
        """Give each service its family; refuse if all of them have it already."""
        changed = False
        for given, services in self.families:
            family = spelled_like(draft.register, collapse_whitespace(given))
            for service in find_services(draft.register, services):
                if service.family != family:
                    draft.edit(service, family=family)
                    changed = True
        if not changed:
            raise Rejected(
                "Nothing to change: every service has that family already.",
            )
