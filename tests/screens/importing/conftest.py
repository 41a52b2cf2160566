"""Tests answer at once what a person would read first."""

import pytest

from screens.importing import screen


@pytest.fixture(autouse=True)
def answers_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Enter count as soon as a question has come up."""
    monkeypatch.setattr(screen, "GLANCE", 0)
