"""Moves by one key on the screens of services: to the stage after or before, with evidence or at once."""

from dataclasses import replace

from screens.action_runner import open_dialog
from screens.base_screen import TrackerScreen
from screens.commands.registry import BY_ID
from tracker.actions.moves import MoveServices
from tracker.model import Stage

_STAGES = tuple(Stage)


class SteppingScreen(TrackerScreen):
    """A screen on which selected services go one stage on or back."""

    def do_forward(self) -> None:
        """Ask for the move to the stage after."""
        self._open_move_dialog(1)

    def do_backward(self) -> None:
        """Ask for the move to the stage before: a claim was not true, or a system is down."""
        self._open_move_dialog(-1)

    def do_step_on(self) -> None:
        """Move to the stage after, today and without evidence: one key, and one takes it back."""
        self._move_at_once(1)

    def do_step_back(self) -> None:
        """Move to the stage before, today and without evidence."""
        self._move_at_once(-1)

    def _open_move_dialog(self, step: int) -> None:
        stage = self._stage_beyond(step)
        if stage is not None:
            open_dialog(
                self.host,
                BY_ID["move"],
                replace(self.current_selection(), stage=stage),
            )

    def _move_at_once(self, step: int) -> None:
        """Move at once what is selected in one stage; of several stages, ask to which."""
        services = self.current_selection().services
        row_of = self.state.facts.row_of
        if len({row_of[key].stage for key in services if key in row_of}) > 1:
            self._open_move_dialog(step)
            return
        self.app.clear_notifications()
        stage = self._stage_beyond(step)
        if stage is not None and self.host.try_action(
            MoveServices(services, stage, self.state.today),
        ):
            self.host.forget_marks()

    def _stage_beyond(self, step: int) -> Stage | None:
        """Return the stage after that of the selection; if there is none, None after a message."""
        row_of = self.state.facts.row_of
        services = self.current_selection().services
        points = [row_of[key].at.points for key in services if key in row_of]
        if not points:
            self.host.refuse_dialog(self.translate("The service is closed."))
            return None
        wanted = (min(points) if step > 0 else max(points)) + step
        if 0 <= wanted < len(_STAGES):
            return _STAGES[wanted]
        self.host.refuse_dialog(
            self.translate("There is no stage beyond this one."),
        )
        return None
