from datetime import timedelta

import pytest

from tests.tracker.actions.world import TODAY, City, small_city
from tracker.actions.moves import WithdrawFact
from tracker.actions.reminders import RecordReminders
from tracker.model import ReminderLevel


@pytest.fixture
def city() -> City:
    return City(small_city())


CONTACT, HEAD = ReminderLevel.CONTACT, ReminderLevel.HEAD


def test_an_opd_is_reminded_once_a_day_and_level(city: City) -> None:
    city.do(RecordReminders((("dinkes", CONTACT), ("dinkes", CONTACT)), TODAY))
    city.do(RecordReminders((("dinkes", CONTACT), ("dinkes", HEAD)), TODAY))
    levels = [one.level for one in city.register.reminders.values()]
    assert levels == [CONTACT, HEAD]


def test_what_is_recorded_already_is_refused(city: City) -> None:
    sent = RecordReminders((("dinkes", CONTACT),), TODAY)
    city.do(sent)
    assert "recorded already" in city.refused(sent)


@pytest.mark.parametrize("ahead", [1, 30])
def test_no_reminder_was_sent_in_the_future(city: City, ahead: int) -> None:
    later = TODAY + timedelta(days=ahead)
    assert "still to come" in city.refused(
        RecordReminders((("dinkes", CONTACT),), later)
    )


def test_a_reminder_is_taken_out_again(city: City) -> None:
    city.do(RecordReminders((("dinkes", CONTACT),), TODAY))
    (sent,) = city.register.reminders
    city.do(WithdrawFact(sent, "belum dikirim"))
    assert not city.register.reminders
