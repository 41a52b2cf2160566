"""What every test of screens needs, wherever it stands, to be the same on any machine."""

import asyncio
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.notifications import Notification
from textual.pilot import Pilot

from tests.screens.harness import wait_for_quiet


@pytest.fixture(autouse=True)
def be_patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pilots wait for what is to happen, messages stay, and styles be parsed once."""
    _wait_for_events_not_for_time(monkeypatch)
    _keep_notifications(monkeypatch)
    _parse_styles_once(monkeypatch)


def _wait_for_events_not_for_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a pilot wait until nothing is left to do, however slow the machine.

    Also after a time that it lets pass: what was due in it may only just have begun.
    """
    monkeypatch.setattr("textual.app.wait_for_idle", wait_for_quiet)
    monkeypatch.setattr("textual.pilot.wait_for_idle", wait_for_quiet)
    pause = Pilot.pause

    async def pause_until_quiet(
        self: Pilot[Any], delay: float | None = None
    ) -> None:
        if delay is not None:
            await asyncio.sleep(delay)
        await pause(self)

    monkeypatch.setattr(Pilot, "pause", pause_until_quiet)


def _keep_notifications(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what a screen told until a test has looked, however slow the machine."""
    monkeypatch.setattr(Notification, "time_left", 3600.0)
    monkeypatch.setattr(Notification, "has_expired", False)


Parsed = tuple[list[RuleSet], dict[str, list[RuleSet]]]
_PARSED: dict[tuple[Any, ...], Parsed] = {}


def _parse_styles_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Share parsed styles among the apps: a quarter of a test's time, and always the same."""
    parse = Stylesheet.parse

    def parse_once(self: Stylesheet) -> None:
        key = (*self._variables.items(), *self.source.items())
        if key not in _PARSED:
            parse(self)
            _PARSED[key] = self._rules, self.rules_map
        self._rules, self._rules_map = _PARSED[key]
        self._require_parse = False

    monkeypatch.setattr(Stylesheet, "parse", parse_once)
