"""Every dialog opens on a register that is hostile throughout; what is put into its fields is no order."""

from collections.abc import Iterable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from screens.dialogs import DIALOGS, dialog_for
from screens.dialogs.base import FormDialog
from screens.dialogs.form import FieldType
from screens.dialogs.personal import ask_new_register, edit_preferences
from screens.dialogs.pick import Pick
from screens.importing.forms import (
    column_form,
    keep_form,
    reading_form,
    word_form,
)
from screens.importing.job import Job, Reading
from screens.personal import name_form
from screens.sanitizing_app import SanitizingApp
from screens.selection import Selection
from screens.snapshots.pages import page_form
from screens.state import DayView, State
from tests.hostile.registers import hostile
from tests.hostile.test_screens import sound
from tests.hostile.texts import (
    FORMULAS,
    MARKUP,
    ORDERS,
    PATHS,
    STRANGE,
    WIDE,
    harm_in,
)
from tests.screens.harness import TODAY
from tests.screens.patience import be_patient
from tracker.errors import Rejected
from tracker.exchange.columns import COLUMNS
from tracker.exchange.parsing.headers import Header
from tracker.language import load_language
from tracker.model import TABLES
from tracker.settings import Settings

__all__ = ["be_patient"]

HELD = (*MARKUP[:2], *ORDERS[:3], ORDERS[7], WIDE[0])
TYPED = (*ORDERS, *MARKUP, *FORMULAS, *PATHS, *STRANGE, *WIDE)
VARIOUS = {
    "Evaluation",
    "New service",
    "Move",
    "Export",
    "Report",
    "How to read it",
    "Preferences",
    "Column",
}
STATE = State(
    DayView(hostile(HELD), TODAY), load_language("en"), "".join(ORDERS[:3])
)
TIMELINE = (
    "services",
    "moves",
    "obstacles",
    "targets",
    "reports",
    "reminders",
    "milestones",
    "evaluations",
    "decisions",
    "opds",
)


class DialogApp(SanitizingApp[None]):
    """What dialogs need of the app: the store, which here is not a file."""

    store = None


def of_all(state: State) -> Selection:
    """Return a selection of the first of everything."""
    first = {table: tuple(state.register.table(table))[:3] for table in TABLES}
    return Selection(
        services=first["services"],
        opds=first["opds"],
        applications=first["applications"],
        obstacles=first["obstacles"],
        decisions=first["decisions"],
        facts=first["moves"][:1],
    )


def dialogs(state: State) -> Iterator[ModalScreen[Any]]:
    """Make every dialog that there is."""
    for command in sorted(DIALOGS):
        yield dialog_for(command, state, of_all(state))
    for table in TIMELINE:
        yield dialog_for(
            "correct",
            state,
            Selection(facts=tuple(state.register.table(table))[:1]),
        )
    language, text = state.language, "".join(HELD)
    job = Job(Path(text.replace("\0", "")), Reading(mapping=text))
    header = Header("services", 0, {"name": 0}, titles=[*HELD])
    column = next(
        column for column in COLUMNS["services"] if column.name == "name"
    )
    for form in (
        reading_form(job.reading, HELD, language),
        column_form(column, header, language),
        word_form(job, "opd", text, state.register, language),
        word_form(job, "tags", text, state.register, language),
        keep_form(job),
        page_form("."),
        name_form(text, language),
    ):
        yield FormDialog(form, language, TODAY)
    kept = Settings(by=text, theme=text, backup_folder=text, permissions=text)
    yield edit_preferences(kept, language, TODAY, [*HELD], text)
    yield ask_new_register(language, TODAY, [*HELD])


def refuse(result: object) -> None:
    """Take nothing, and say so in hostile words."""
    raise Rejected(
        "{file} is damaged: {reason}.",
        file="".join(HELD),
        reason="".join(TYPED),
    )


def fill(dialog: ModalScreen[Any], texts: Iterator[str]) -> list[str]:
    """Put a text into every field that takes one, and return those texts."""
    typed = []
    for entry in (*dialog.query(Input), *dialog.query(TextArea)):
        typed.append(next(texts))
        if isinstance(entry, Input):
            entry.value = typed[-1]
        else:
            entry.text = typed[-1]
    return typed


async def try_out(
    pilot: Pilot[Any], dialog: ModalScreen[Any], texts: Iterator[str]
) -> list[str]:
    """Open a dialog, fill it in and save; look at what it says all the while; return what was filled in."""
    app = pilot.app
    app.push_screen(dialog)
    await pilot.pause()
    sound(pilot)
    for pick in dialog.query(Pick):
        pick.step(1)
        await pilot.pause()
        sound(pilot)
        pick.close()
    typed = fill(dialog, texts)
    if isinstance(dialog, FormDialog):
        dialog.submit = refuse
        dialog.check()
        if dialog.form.title not in {"Export", "Catalogue"}:
            dialog.action_confirm()
        if dialog.result is not None:
            dialog.show_outcome(
                [str(dialog.language.text("{name}", name="".join(TYPED)))]
            )
    await pilot.pause()
    sound(pilot)
    while app.screen is dialog:
        dialog.dismiss(None)
        await pilot.pause()
    return typed


async def tried(every: Iterable[ModalScreen[Any]]) -> tuple[int, set[str]]:
    """Try dialogs out one after another; return how many there were, and what was put into them."""
    app, texts, typed, count = (
        DialogApp(),
        cycle(TYPED),
        set[str](),
        0,
    )
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        for dialog in every:
            typed.update(await try_out(pilot, dialog, texts))
            count += 1
    return count, typed


@pytest.mark.thorough
async def test_every_dialog_obeys_nothing_of_what_it_holds_or_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    count, typed = await tried(dialogs(STATE))
    assert count == len(DIALOGS) + len(TIMELINE) + 9
    assert typed == set(TYPED)
    # The dialog of open data writes the file that is named in it, and nothing else does.
    written = {path.stem for path in tmp_path.iterdir()}
    named = {stem.removesuffix("-dictionary") for stem in written}
    assert len(written) <= 2
    assert len(named) <= 1
    assert named <= set(TYPED)


async def test_dialogs_with_every_kind_of_field_obey_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    some = [
        d
        for d in dialogs(STATE)
        if not isinstance(d, FormDialog) or d.form.title in VARIOUS
    ]
    asked = {
        field.ask
        for dialog in some
        if isinstance(dialog, FormDialog)
        for field in dialog.form.fields
    }
    assert asked == set(FieldType)
    await tried(some)
    assert not list(tmp_path.iterdir())


async def test_what_is_pasted_into_a_dialog_is_no_order() -> None:
    app = DialogApp()
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        dialog = dialog_for(
            "correct", STATE, Selection(facts=tuple(STATE.register.obstacles))
        )
        app.push_screen(dialog)
        await pilot.pause()
        for row in dialog.rows:
            row.target.focus()
            app.post_message(events.Paste("".join(ORDERS)))
            await pilot.pause()
            sound(pilot)
        await pilot.press("f2")
        await pilot.pause()
        assert not harm_in(sound(pilot).replace("\n", ""))
        assert app.screen is dialog
