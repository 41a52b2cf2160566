"""A proposal in the words of an office letter: what is asked, and of whom."""

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.actions.decisions import DecisionDraft
from tracker.decisions.proposals import (
    LeadershipObstacle,
    Proposal,
    SharedApplication,
    SharedService,
    TargetsAtRisk,
    TargetsMissed,
)
from tracker.language import Language
from tracker.model import OPD, Kind
from tracker.narration.counts import count_opds, count_services
from tracker.text import shorten

MOST_NAMED = 3
"""OPDs that are named; more are counted."""
MOST_LETTERS = 150
"""Letters of all their names together; more are counted too."""
LONGEST_DESCRIPTION = 120


def word_proposal(
    proposal: Proposal,
    opds: Mapping[str, OPD],
    language: Language,
) -> DecisionDraft:
    """Return the proposal as a decision to ask for, to be reworded by the coordinator."""
    wording = _Wording(opds, language)
    return DecisionDraft(
        text=wording.text(proposal),
        owner=wording.owner(proposal),
        due_on=proposal.due_on,
        proposal=proposal.key,
    )


class _Wording:
    """The words for proposals on OPDs, by their keys, in one language."""

    def __init__(self, opds: Mapping[str, OPD], language: Language) -> None:
        self.opds = opds
        self.language = language

    def text(self, proposal: Proposal) -> str:
        """Return what is asked."""
        match proposal:
            case TargetsAtRisk():
                return self._at_risk(proposal)
            case TargetsMissed():
                return self._missed(proposal)
            case LeadershipObstacle():
                return self._obstacle(proposal)
            case SharedApplication():
                return self._application(proposal)
            case SharedService():
                return self._family(proposal)
        raise TypeError(proposal.rule)

    def owner(self, proposal: Proposal) -> str:
        """Return of whom it is asked."""
        leader = self.language.text("Sekda")
        if isinstance(proposal, TargetsMissed):
            return self._heads(proposal)
        if isinstance(proposal, SharedApplication):
            return f"{leader}; {self.language.text('Diskominfo')}"
        return f"{leader}; {self._heads(proposal)}"

    def _at_risk(self, proposal: TargetsAtRisk) -> str:
        return self.language.text(
            "Decide how the targets of {deadline} will be met: {open} of {total} are open, "
            "in {opds}; at the pace of the last 13 weeks {misses} will be missed.",
            deadline=self.language.date(proposal.deadline, "long"),
            open=proposal.open,
            total=proposal.total,
            opds=self._opds(proposal),
            misses=proposal.misses,
        )

    def _missed(self, proposal: TargetsMissed) -> str:
        return self.language.plural(
            "Set a new date for the one target of {deadline} that was missed, in {opds}, "
            "or withdraw it.",
            "Set a new date for the {open} of {n} targets of {deadline} that were missed, "
            "in {opds}, or withdraw them.",
            proposal.total,
            open=proposal.open,
            deadline=self._span(proposal.deadlines),
            opds=self._opds(proposal),
        )

    def _obstacle(self, proposal: LeadershipObstacle) -> str:
        return self.language.text(
            "Decide the matter “{words}”, which has held back {services} of {opds} since "
            "{since}.",
            words=shorten(proposal.description, LONGEST_DESCRIPTION),
            services=self._services(proposal),
            opds=self._opds(proposal),
            since=self.language.date(proposal.since, "long"),
        )

    def _application(self, proposal: SharedApplication) -> str:
        since = self.language.date(proposal.since, "long")
        if proposal.application is not None:
            return self.language.text(
                "Write to the owner of {application}: {services} of {opds} have waited "
                "for it since {since}.",
                application=proposal.application.name,
                services=self._services(proposal),
                opds=self._opds(proposal),
                since=since,
            )
        return self.language.text(
            "Write to the owner of the application about “{words}”: {services} of {opds} "
            "have waited since {since}.",
            words=shorten(proposal.description, LONGEST_DESCRIPTION),
            services=self._services(proposal),
            opds=self._opds(proposal),
            since=since,
        )

    def _family(self, proposal: SharedService) -> str:
        return self.language.text(
            "Issue one decree for {services} that {opds} offer alike: {open} of "
            "{total} are still at the counter.",
            services=count_services(proposal.families, self.language),
            opds=self._count(proposal.opd_count, {proposal.kind}),
            open=len(proposal.services),
            total=proposal.total,
        )

    def _services(self, proposal: Proposal) -> str:
        return count_services(len(proposal.services), self.language)

    def _opds(self, proposal: Proposal) -> str:
        """Return the OPDs by name, or how many there are."""
        names = [self.opds[key].name for key in proposal.opds]
        if len(names) <= MOST_NAMED and len("".join(names)) <= MOST_LETTERS:
            return self.language.enumeration(names)
        return self._count(len(names), self._kinds(proposal))

    def _kinds(self, proposal: Proposal) -> set[str]:
        return {self.opds[key].kind for key in proposal.opds}

    def _count(self, opds: int, kinds: set[str]) -> str:
        """Return how many OPDs, by the name of their kind if they are all of one."""
        if kinds == {Kind.KECAMATAN}:
            return self.language.plural(
                "{n} district (kecamatan)",
                "{n} districts (kecamatan)",
                opds,
            )
        if kinds == {Kind.KELURAHAN}:
            return self.language.plural(
                "{n} ward (kelurahan)",
                "{n} wards (kelurahan)",
                opds,
            )
        return count_opds(opds, self.language)

    def _heads(self, proposal: Proposal) -> str:
        """Return the heads of the OPDs: of few by name, of many how many."""
        count = len(proposal.opds)
        if self._kinds(proposal) == {Kind.KECAMATAN}:
            return self.language.plural(
                "{n} head of district (camat)",
                "{n} heads of district (camat)",
                count,
            )
        named = self._opds(proposal)
        if count <= MOST_NAMED and not named[:1].isdigit():
            return self.language.text("head of {opds}", opds=named)
        return self.language.plural(
            "head of {n} OPD",
            "heads of {n} OPDs",
            count,
        )

    def _span(self, days: Sequence[date]) -> str:
        """Return a day, or the first and the last of several."""
        first, last = days[0], days[-1]
        if first == last:
            return self.language.date(first, "long")
        return self.language.text(
            "{first} to {last}",
            first=self.language.date(first, "long"),
            last=self.language.date(last, "long"),
        )
