"""The definitions name every figure that the program gives, and no other."""

import re
from pathlib import Path
from typing import Any, get_args

from tests.tracker.snapshot.cities import TODAY, W18, small_city
from tracker.cli.figures import city_json
from tracker.metrics import measure
from tracker.metrics.values import Caution, GoalOutcome, Pace, Reason
from tracker.model import TABLES, Factor, Stage
from tracker.snapshot.revision_rate import revision_rate

DEFINITIONS = Path(__file__).parents[3] / "docs/METRICS.md"
NAME = re.compile(r"[a-z][a-z0-9_]*")

OF_WHAT = {"week", "as_of", "complete", "city", "opds", "code", "name", "kind"}
"""Keys that say of what week and scope figures are."""

FACT_FIELDS = {
    name for kind in TABLES.values() for name in kind.__struct_fields__
}
WORDS = {*Pace, *get_args(Reason), *get_args(Caution), *get_args(GoalOutcome)}
"""Values of figures that are words."""

SYMBOLS = {"d", "w", "s", "e", "remaining", "points", "retired_on"}
"""What the definitions themselves are written with."""

RULES_COMPARED = {"old", "urn"}
"""The rules of forecasting whose record the definitions show."""


def names_in(value: Any) -> set[str]:
    """Return every key of a JSON value, however deep."""
    if isinstance(value, dict):
        inner = [names_in(one) for one in value.values()]
        return set(value).union(*inner)
    if isinstance(value, list | tuple):
        return set().union(*map(names_in, value))
    return set()


def figures_given() -> set[str]:
    """Return the name of every figure in the JSON of a city that has some of each."""
    city = small_city()
    city.target("kk", "2026-12-31")
    register = city.register
    found = measure(register, W18, TODAY)
    given = city_json(found, revision_rate(register, W18, TODAY))
    groups = {*Stage, *Factor}
    return names_in(given) - groups - OF_WHAT


def test_every_figure_is_defined() -> None:
    spans = re.findall(r"`([^`]+)`", DEFINITIONS.read_text(encoding="utf-8"))
    defined = {name for span in spans for name in NAME.findall(span)}
    assert figures_given() - defined == set()


def test_every_name_in_the_definitions_exists() -> None:
    spans = re.findall(r"`([^`]+)`", DEFINITIONS.read_text(encoding="utf-8"))
    named = {span for span in spans if NAME.fullmatch(span)}
    known = figures_given() | FACT_FIELDS | WORDS | {*Stage, *Factor}
    assert named - known - SYMBOLS - RULES_COMPARED == set()
