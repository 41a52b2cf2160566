"""Over a slow line keys arrive in bursts: each still goes to the field that it was typed for."""

from collections.abc import Iterable

import pytest
from textual import events
from textual.widgets import Input

from tests.depth import one_in
from tests.screens.dialogs.host import Person, asked

KEYS = {
    "⇥": "tab",
    "⇤": "shift+tab",
    "⏎": "enter",
    "✂": "ctrl+k",
    "⌫": "ctrl+u",
}


def burst(person: Person, typed: Iterable[str]) -> None:
    """Hand keys over as fast as a terminal that was held up."""
    driver = person.host._driver
    assert driver is not None
    for sign in typed:
        name = KEYS.get(sign)
        driver.send_message(
            events.Key(name, None) if name else events.Key(sign, sign)
        )


@pytest.mark.parametrize(
    ("typed", "evidence", "visits"),
    one_in(
        4,
        [
            ("abc⇥2", "abc", "2"),
            ("abc⏎2", "abc", "2"),
            ("abc⇥2⇤d", "d", "2"),  # what one comes back to is selected
            ("abc⌫de⇥1", "de", "1"),
            ("abc✂de", "abcde", ""),
        ],
    ),
)
async def test_a_burst_of_keys_goes_where_each_was_typed_for(
    typed: str, evidence: str, visits: str
) -> None:
    async with asked("move", {"services": "kk"}) as person:
        await person.fills("visits", "")
        person.focus("evidence")
        await person.pilot.pause()
        burst(person, typed)
        await person.waits()
        written = {
            row.field.name: row.entry.value
            for row in person.dialog.rows
            if isinstance(row.entry, Input)
        }
        assert written["evidence"] == evidence
        assert written["visits"] == visits
