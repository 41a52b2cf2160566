"""A page tells what was so at the end of its last day, however much is known by the time it is written."""

from hypothesis import HealthCheck, given, settings

from tests.depth import examples
from tests.tracker.as_of import as_of, lived_in
from tests.tracker.metrics.histories import History
from tracker.language import load_language
from tracker.snapshot import read_week
from tracker.snapshot.forms import render_forms

EN = load_language("en")


@settings(
    max_examples=examples(10, 150), suppress_health_check=list(HealthCheck)
)
@given(lived_in())
def test_nothing_dated_after_a_pages_day_stands_on_it(history: History) -> None:
    register, week, today = history.register, history.week, history.today
    known = as_of(register, week.as_of(today))
    then, now = (
        render_forms(one, read_week(one, week, today), today, EN)
        for one in (known, register)
    )
    assert then.keys() == now.keys()
    for form in then:
        assert now[form].splitlines() == then[form].splitlines(), form
