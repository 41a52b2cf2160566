"""Which services of two cities are the same, though each city has its own names and codes.

What a city offers in many OPDs alike is one shared service. Services are matched by code, if
it has a word in it, then by name with the city's own name left out; near names are for a
person to decide.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tracker.comparison.cities import ComparedCity
from tracker.exchange.apply.similarity import NEAR, bare_name, spell_out
from tracker.exchange.catalogue.placeholders import put_placeholders
from tracker.history import is_active, stage_at
from tracker.model import Service, Stage

_WORD = re.compile("[a-z]{3}")
"""What a code has that was made of a name: ``12`` and ``a-1`` are places in a city's own list."""


@dataclass(frozen=True)
class Offer:
    """One service as a city offers it, in one OPD or in many alike."""

    city: ComparedCity
    services: tuple[Service, ...]

    @property
    def name(self) -> str:
        """Its name there."""
        return self.services[0].family or self.services[0].name

    @property
    def code(self) -> str:
        """The code by which a person names it: that of its first service."""
        return self.services[0].code

    @cached_property
    def integrated(self) -> int:
        """How many of its services are behind the single door."""
        return sum(
            stage_at(self.city.register, one, self.city.day) is Stage.INTEGRATED
            for one in self.services
        )

    @property
    def integrated_share(self) -> float:
        """The share of its services behind the single door."""
        return self.integrated / len(self.services)

    @cached_property
    def index(self) -> float:
        """0 where all is conventional, 100 where all is behind the single door."""
        points = (
            stage_at(self.city.register, one, self.city.day).points
            for one in self.services
        )
        return 100 * sum(points) / (2 * len(self.services))


@dataclass(frozen=True)
class SharedService:
    """A service that both cities offer."""

    own: Offer
    other: Offer


@dataclass(frozen=True)
class Decisions:
    """What a person has decided on near names: codes of ours and theirs."""

    same: Mapping[str, str]
    different: frozenset[tuple[str, str]] = frozenset()


UNDECIDED = Decisions({})


@dataclass(frozen=True)
class Pairing:
    """What two cities share, and the pairs of near names that nobody has decided on yet."""

    shared: tuple[SharedService, ...]
    near: tuple[SharedService, ...]


def pair_services(
    own: ComparedCity,
    other: ComparedCity,
    decided: Decisions = UNDECIDED,
) -> Pairing:
    """Return what both cities offer, in the order of our register."""
    ours = _list_offers(own)
    theirs = _list_offers(other)
    matched: dict[str, Offer] = {}
    taken: set[str] = set()
    for offer, match in _find_alike(ours, theirs, decided):
        if offer.code not in matched and match.code not in taken:
            matched[offer.code] = match
            taken.add(match.code)

    shared = [
        SharedService(offer, matched[offer.code])
        for offer in ours
        if offer.code in matched
    ]
    left = [offer for offer in ours if offer.code not in matched]
    free = [offer for offer in theirs if offer.code not in taken]
    near = _find_near(left, free, decided)
    return Pairing(tuple(shared), tuple(near))


def _find_alike(
    ours: Sequence[Offer],
    theirs: Sequence[Offer],
    decided: Decisions,
) -> Iterator[tuple[Offer, Offer]]:
    """Yield what may be one service: by what a person decided, then by code, then by name.

    The surest come first, so that no name takes from another what is its own by code; and
    the other city finds the same pairs.
    """
    our_codes, their_codes = _by_code(ours), _by_code(theirs)
    for code, their_code in decided.same.items():
        if code in our_codes and their_code in their_codes:
            yield our_codes[code], their_codes[their_code]
    for code in sorted(our_codes.keys() & their_codes.keys()):
        if _WORD.search(code):
            yield our_codes[code], their_codes[code]

    by_name: dict[str, list[Offer]] = defaultdict(list)
    for offer in theirs:
        by_name[_comparable_name(offer)].append(offer)
    for offer in ours:
        for match in by_name.get(_comparable_name(offer), ()):
            yield offer, match


def _by_code(offers: Iterable[Offer]) -> dict[str, Offer]:
    return {one.code: offer for offer in offers for one in offer.services}


def _list_offers(city: ComparedCity) -> list[Offer]:
    """Return what a city offers; the services of one name are one offer."""
    groups: dict[str, list[Service]] = defaultdict(list)
    for service in city.register.services.values():
        if is_active(city.register, service, city.day):
            groups[bare_name(service.family or service.name)].append(service)
    return [Offer(city, tuple(services)) for services in groups.values()]


def _comparable_name(offer: Offer) -> str:
    city = offer.city.register.only_city
    return bare_name(put_placeholders(offer.name, city.name, city.portal))


def _find_near(
    ours: list[Offer],
    theirs: list[Offer],
    decided: Decisions,
) -> list[SharedService]:
    """Return each of our offers with the one of theirs whose name is nearest, if near.

    One that a person has called different makes way for the next nearest.
    """
    from rapidfuzz import fuzz, process

    names = [spell_out(offer.name) for offer in theirs]
    found: list[SharedService] = []
    for offer in ours:
        nearest_first = process.extract(
            spell_out(offer.name),
            names,
            scorer=fuzz.token_sort_ratio,
            score_cutoff=NEAR,
            limit=None,
        )
        for _name, _score, place in nearest_first:
            pair = SharedService(offer, theirs[place])
            if not _is_different(pair, decided):
                found.append(pair)
                break
    return found


def _is_different(pair: SharedService, decided: Decisions) -> bool:
    return any(
        (ours.code, theirs.code) in decided.different
        for ours in pair.own.services
        for theirs in pair.other.services
    )
