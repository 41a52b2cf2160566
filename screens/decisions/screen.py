"""The screen of decisions: asked for, suggested by the register, closed."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from screens.base_screen import bindings_for
from screens.decisions.lines import decision_items, lines_in_full
from screens.empty_state import ListScreen, empty_state_lines
from screens.figures.background_result import BackgroundResult
from screens.navigation import DecisionLine, Destination, ProposalLine
from screens.selection import Selection
from screens.state import DayView
from screens.widgets.detail import Fitted
from screens.widgets.lines import LineList, LineView
from tracker.actions.decisions import DecisionDraft
from tracker.language import N_, Language
from tracker.model import Decision


class DecisionsScreen(ListScreen):
    """The decisions, and the one under the cursor in full."""

    screen_name = "decisions"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("decisions")

    def __init__(self) -> None:
        super().__init__()
        self.proposed: BackgroundResult[Language, Sequence[DecisionDraft]] = (
            BackgroundResult(self, _propose)
        )

    def compose_body(self) -> Iterable[Widget]:
        """Return the list, and the decision under the cursor in full."""
        yield from super().compose_body()
        yield Fitted(id="decision")

    @property
    def page_title(self) -> str:
        """The name of the page in the head."""
        return self.translate("Decisions")

    def create_list(self) -> LineList:
        """Return the list."""
        self.list = LineList(id="decisions")
        return self.list

    @property
    def proposals(self) -> dict[str, DecisionDraft]:
        """What the register suggests, by its key; nothing until it is computed."""
        found = self.proposed.get(self.state.facts, self.language) or ()
        return {draft.proposal: draft for draft in found}

    def show_state(self) -> None:
        """Show the decisions and the proposals."""
        width = self.size.width - 1
        items = decision_items(self.state, [*self.proposals.values()], width)
        none = N_(
            "Nothing is asked of the leadership, and nothing is suggested.",
        )
        empty = empty_state_lines(
            self.state,
            none,
            ("add_decision",),
            follows_filter=False,
        )
        self.list.show(items)
        self.show_empty_state(() if items else empty)
        self._show_detail()

    def _show_detail(self) -> None:
        """Show in full what the line under the cursor is about."""
        asked = self._asked(self.list.key)
        detail = self.query_one("#decision", Fitted)
        detail.display = asked is not None
        if asked is not None:
            state = self.state
            detail.show(lambda width: [*lines_in_full(asked, state, width)])

    def _asked(
        self,
        line: Destination | None,
    ) -> Decision | DecisionDraft | None:
        if isinstance(line, DecisionLine):
            return self.state.register.decisions.get(line.key)
        if isinstance(line, ProposalLine):
            return self.proposals.get(line.key)
        return None

    def on_line_view_moved(self, event: LineView.Moved) -> None:
        """Follow the cursor."""
        super().on_line_view_moved(event)
        self._show_detail()

    def open_line(self, event: LineView.Opened) -> None:
        """Word a proposal, or edit a decision."""
        if isinstance(event.key, ProposalLine):
            self.host.run_command("add_decision")
        else:
            self.host.run_command("edit_decision")

    def current_selection(self) -> Selection:
        """Return the decisions, and the proposals, that are marked or under the cursor."""
        decisions, proposals = [], []
        for line in self.list.chosen_keys():
            asked = self._asked(line)
            if isinstance(asked, Decision):
                decisions.append(asked.id)
            elif isinstance(asked, DecisionDraft):
                proposals.append(asked)

        return Selection(decisions=tuple(decisions), proposals=tuple(proposals))

    def do_take_proposals(self) -> None:
        """Ask for the marked proposals as they are worded; keep the marks if that is rejected."""
        from tracker.actions.decisions import AddDecisions

        proposals = self.current_selection().proposals
        done = self.host.try_action(AddDecisions(proposals, self.state.today))
        if done is not None:
            self.list.unmark()

    def on_resize(self) -> None:
        """Draw the lines for the width there is."""
        if self.is_current:
            self.call_after_refresh(self.show_state)


def _propose(facts: DayView, language: Language) -> Sequence[DecisionDraft]:
    from tracker.decisions.proposals import propose_decisions
    from tracker.decisions.wording import word_proposal

    opds = facts.register.opds
    return [
        word_proposal(one, opds, language)
        for one in propose_decisions(facts.reading)
    ]
