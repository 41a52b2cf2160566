"""Other cities beside ours: the figures, what to learn from whom, and names to decide on."""

from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType

from screens.base_screen import bindings_for
from screens.cities.dialogs import (
    choose_collected_dialog,
    choose_files_dialog,
    near_names_dialog,
    write_dialog,
)
from screens.cities.lines import comparison_items
from screens.cities.reading import (
    RememberedComparison,
    Wanted,
    read_comparison,
)
from screens.empty_state import ListScreen, empty_state_lines, progress_items
from screens.figures.background_result import BackgroundResult
from screens.navigation import NearNames
from screens.selection import Selection, select_destinations
from screens.widgets.lines import LineList, LineView, text_item
from screens.widgets.paint import wrap_text
from tracker.comparison.report import Comparison
from tracker.errors import UserError
from tracker.exchange.problems import problem_lines
from tracker.language import N_
from tracker.paths import home_folder

_NO_CITIES = N_("No other city has been chosen yet.")


class CitiesScreen(ListScreen):
    """The eighth screen."""

    screen_name = "cities"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("cities")

    def __init__(self) -> None:
        super().__init__()
        self.same_age = False
        self.compared: BackgroundResult[Wanted, Comparison | UserError] = (
            BackgroundResult(self, read_comparison)
        )

    def create_list(self) -> LineList:
        """Return the list."""
        self.remembered = RememberedComparison(self.host)
        self.list = LineList(id="cities")
        return self.list

    @property
    def comparison(self) -> Comparison | UserError | None:
        """Our city beside the others; None until it is read, or why it cannot be."""
        wanted = self.remembered.wanted(self.state.by, same_age=self.same_age)
        return self.compared.get(self.state.facts, wanted)

    def show_state(self) -> None:
        """Show the comparison, or how to begin one."""
        state = self.state
        if not self.remembered.memory.files:
            self.show_empty_state(
                empty_state_lines(
                    state,
                    _NO_CITIES,
                    ("choose_cities", "choose_collected"),
                    follows_filter=False,
                ),
            )
            return
        found = self.comparison
        if found is None:
            self.show_empty_state(progress_items(state.language))
        elif isinstance(found, UserError):
            problems = getattr(found, "problems", (found,))
            width = self.size.width - 2
            self.show_empty_state(
                [
                    *(
                        text_item(f" {part}")
                        for line in problem_lines(state.language, problems)
                        for part in wrap_text(line, width)
                    ),
                    *empty_state_lines(
                        state,
                        N_("These cities cannot be compared."),
                        (
                            "choose_cities",
                            "choose_collected",
                            *(("same_age",) if self.same_age else ()),
                        ),
                        follows_filter=False,
                    ),
                ],
            )
        else:
            width = self.size.width - 1
            self.list.show(comparison_items(found, state.language, width))
            self.show_empty_state(())

    def current_selection(self) -> Selection:
        """Return the services that are marked or under the cursor."""
        return select_destinations(self.list.chosen_keys())

    def open_line(self, event: LineView.Opened) -> None:
        """Open the page of a service; ask what near names mean."""
        if not isinstance(event.key, NearNames):
            super().open_line(event)
            return
        near = event.key
        found = self.comparison
        if not isinstance(found, Comparison):
            return

        def decide(same: bool | None) -> None:
            if same is not None:
                self.remembered.decide(
                    near.city,
                    near.ours,
                    near.theirs,
                    same=same,
                )
                self.show_state()

        dialog = near_names_dialog(near, found, self.state)
        self.app.push_screen(dialog, decide)

    def do_choose_cities(self) -> None:
        """Ask for the files of the other cities."""

        def choose(files: tuple[str, ...] | None) -> None:
            if files is not None:
                self.remembered.choose_files(files)
                self.show_state()

        self.app.push_screen(
            choose_files_dialog(self.remembered.memory.files, self.state),
            choose,
        )

    def do_choose_collected(self) -> None:
        """Ask for a collected table; it takes the place of one that is compared."""

        def choose(table: Path | None) -> None:
            if table is not None:
                self.remembered.choose_table(table)
                self.show_state()

        self.app.push_screen(
            choose_collected_dialog(self.remembered.table, self.state),
            choose,
        )

    def do_same_age(self) -> None:
        """Compare in the same week since each city began, or as each stands now."""
        if self._are_cities_chosen():
            self.same_age = not self.same_age
            self.show_state()

    def do_write_comparison(self) -> None:
        """Ask for the file of the comparison, and write it as Markdown."""
        found = self.comparison
        if self._are_cities_chosen() and isinstance(found, Comparison):
            self.app.push_screen(write_dialog(found, self.state, home_folder()))

    def _are_cities_chosen(self) -> bool:
        """Tell whether there is anything to compare, and a person if there is not."""
        if not self.remembered.memory.files:
            self.host.show_message(self.state.language.text(_NO_CITIES))
            return False
        return True

    def on_resize(self) -> None:
        """Draw the lines for the width there is."""
        if self.is_current:
            self.call_after_refresh(self.show_state)
