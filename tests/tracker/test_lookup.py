"""Whom a name means where several have it."""

import pytest

from tests.tracker.builder import Builder
from tracker.errors import Rejected
from tracker.lookup import find_application


@pytest.fixture
def city() -> Builder:
    city = Builder()
    city.application("app-1", name="Salaman", retired_on="2026-02-02")
    city.application("app-2", name="SALAMAN")
    return city


def test_an_application_in_use_comes_before_one_that_is_switched_off(
    city: Builder,
) -> None:
    assert find_application(city.register, "Salaman").code == "app-2"
    assert find_application(city.register, "APP-1").code == "app-1"


def test_an_application_is_not_guessed_where_two_in_use_share_a_name(
    city: Builder,
) -> None:
    city.application("app-3", name="Salaman ")
    with pytest.raises(Rejected, match="2 applications are called “SALAMAN”"):
        find_application(city.register, "SALAMAN")
