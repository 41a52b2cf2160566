"""Actions on the city's own kinds of OPD: add, rename, remove."""

from typing import ClassVar

from msgspec import Struct

from tracker.actions.draft import Draft
from tracker.errors import Rejected
from tracker.language import N_
from tracker.model import City, Kind
from tracker.text import collapse_whitespace, normalize_name
from tracker.vocabulary import find_kind


class AddKind(Struct, frozen=True):
    """Add a kind of OPD that the city has besides those that every register begins with."""

    name: ClassVar[str] = "kind add"
    log_label: ClassVar[str] = N_("new kind of OPD")
    kind: str

    def apply(self, draft: Draft) -> None:
        """Add the kind; refuse one that is there already."""
        title = collapse_whitespace(self.kind)
        city = draft.register.only_city
        known = _find_same(city, title)
        if known is not None:
            raise Rejected("The kind “{kind}” is there already.", kind=known)
        add_kind(draft, title)


class RenameKind(Struct, frozen=True):
    """Give a kind another name; its OPDs follow, also those of a kind that all registers have."""

    name: ClassVar[str] = "kind rename"
    log_label: ClassVar[str] = N_("kind of OPD renamed")
    kind: str
    title: str

    def apply(self, draft: Draft) -> None:
        """Rename the kind and put its OPDs there."""
        city = draft.register.only_city
        old = find_own_kind(city, self.kind)
        new = collapse_whitespace(self.title)
        other = _find_same(city, new)
        if other is not None and other != old:
            new = other
        _replace_kinds(
            draft,
            tuple(new if one == old else one for one in city.kinds),
        )
        add_kind(draft, new)
        for opd in draft.register.opds.values():
            if opd.kind == old:
                draft.edit(opd, kind=new)


class RemoveKind(Struct, frozen=True):
    """Take one of the city's own kinds away; no OPD may be of it any more."""

    name: ClassVar[str] = "kind remove"
    log_label: ClassVar[str] = N_("kind of OPD removed")
    kind: str

    def apply(self, draft: Draft) -> None:
        """Remove the kind; refuse one that OPDs have, or that every register has."""
        city = draft.register.only_city
        kind = find_own_kind(city, self.kind)
        if kind in tuple(Kind):
            raise Rejected(
                "Every register has the kind “{kind}”, which “{value}” means.",
                value=self.kind,
                kind=kind,
            )
        used = sum(opd.kind == kind for opd in draft.register.opds.values())
        if used:
            raise Rejected(
                "{count} OPDs are of the kind “{kind}”: give them another first.",
                count=used,
                kind=kind,
            )
        _replace_kinds(draft, tuple(one for one in city.kinds if one != kind))


def add_kind(draft: Draft, kind: str) -> None:
    """Add a kind to the city's own unless it is known."""
    city = draft.register.only_city
    if kind not in (*Kind, *city.kinds):
        _replace_kinds(draft, (*city.kinds, kind))


def find_own_kind(city: City, text: str) -> str:
    """Return the kind that ``text`` means in a city; raise ``Rejected`` if there is none."""
    kind = find_kind(text, city.kinds)
    if kind is None:
        raise Rejected(
            "“{value}” is not a kind of OPD: write one of {expected}.",
            value=text,
            expected=", ".join((*Kind, *city.kinds)),
        )
    return kind


def _find_same(city: City, title: str) -> str | None:
    """Return the kind that is called so, in whatever case; None if there is none."""
    name = normalize_name(title)
    for kind in (*Kind, *city.kinds):
        if normalize_name(kind) == name:
            return str(kind)
    return None


def _replace_kinds(draft: Draft, kinds: tuple[str, ...]) -> None:
    own = dict.fromkeys(kind for kind in kinds if kind not in tuple(Kind))
    draft.edit(draft.register.only_city, kinds=tuple(own))
