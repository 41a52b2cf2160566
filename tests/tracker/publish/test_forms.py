"""The forms of a week, and the names of their files."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from itertools import product

import pytest

from tests.tracker.builder import Builder
from tests.tracker.snapshot.cities import TODAY, W18, small_city
from tracker.language import load_language
from tracker.publish.forms import FORMS, file_name, render_form
from tracker.snapshot import read_week
from tracker.snapshot.forms import render_forms

EN, ID = load_language("en"), load_language("id")


def test_no_two_files_of_a_week_have_one_name() -> None:
    names = [
        file_name("2026-W47", form, ID, final=final)
        for form, final in product(FORMS, (True, False))
    ]
    assert len(set(names)) == len(names)


def test_names_are_in_the_language_of_the_page() -> None:
    names = {
        form.key: file_name("2026-W47", form, ID, final=True) for form in FORMS
    }
    assert names["page"] == "2026-W47.md"
    assert names["first-page"] == "2026-W47-halaman-pertama.md"
    assert names["annex"] == "2026-W47-lampiran.xlsx"


def test_every_form_is_kept_with_the_snapshot() -> None:
    register = small_city().register
    value = read_week(register, W18, TODAY)
    kept = render_forms(register, value, TODAY, EN)
    assert set(kept) == {"figures", *(form.key for form in FORMS)}
    for form in FORMS:
        assert kept[form.key] == render_form(form, register, value, TODAY, EN)


def city_of_one(days_left: int, *, in_opening: bool = False) -> Builder:
    """A city that has one of each thing."""
    city = Builder(goal="2026-12-31", in_opening=in_opening)
    city.service("ktp", "dinkes", "2026-01-05", visits=1, days=1, volume=1)
    city.move("ktp", "2026-04-30", "online", "2026-05-01")
    city.target("ktp", str(TODAY + timedelta(days_left)))
    city.obstacle("ktp", "2026-05-03", "leadership")
    return city


@pytest.mark.parametrize("in_opening", [False, True])
@pytest.mark.parametrize("days_left", [-1, 1])
def test_english_tells_of_one_thing_in_the_singular(
    days_left: int, in_opening: bool
) -> None:
    register = city_of_one(days_left, in_opening=in_opening).register
    for week in (W18, W18.plus(1)):
        value = read_week(register, week, TODAY)
        for text in render_forms(register, value, TODAY, EN).values():
            found = re.findall(
                r"(?<![\w.,–-])1 (?:net )?(?:OPDs|\w*(?:day|step|service|target|visit)s)\b",
                str(text),
            )
            assert not found


DIGESTS = """
from hashlib import sha256
from tests.tracker.snapshot.cities import TODAY, W18, small_city
from tracker.language import load_language
from tracker.publish.forms import FORMS, file_bytes, render_form
from tracker.snapshot import read_week

register = small_city().register
value = read_week(register, W18, TODAY)
for form in FORMS:
    text = render_form(form, register, value, TODAY, load_language("id"))
    print(form.key, sha256(file_bytes(form, text)).hexdigest())
"""


def test_the_same_week_gives_the_same_bytes_in_every_process() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", DIGESTS],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": os.getcwd(),
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert len(said.pop().splitlines()) == len(FORMS)
