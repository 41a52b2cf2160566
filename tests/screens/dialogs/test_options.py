"""A few letters find what is meant, the likeliest first."""

import pytest

from screens.dialogs.error_field import field_of
from screens.dialogs.form import Option
from screens.dialogs.options import find_option, opd_options, suggest_options
from tests.screens.dialogs.host import TODAY, world
from tracker.errors import Conflict, ProblemList, Rejected

OPTIONS = opd_options(world().builder.register)


def named(letters: str) -> list[str]:
    return [option.word for option in suggest_options(OPTIONS, letters)]


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        ("", ["disdukcapil", "dpmptsp", "kec-coblong"]),
        ("dinas", ["disdukcapil", "dpmptsp"]),
        ("MODAL", ["dpmptsp"]),
        ("capil", ["disdukcapil"]),
        ("dinas modal", ["dpmptsp"]),
        ("coblong", ["kec-coblong"]),
        ("d", ["disdukcapil", "dpmptsp"]),
        ("zzz", []),
    ],
)
def test_letters_find_names_codes_and_aliases(
    letters: str, words: list[str]
) -> None:
    assert (
        named(letters)[: len(words)] == words
        if letters == "d"
        else named(letters) == words
    )


def test_no_more_are_offered_than_can_be_read() -> None:
    many = [Option(n, f"kode-{n}", f"Nama {n}") for n in range(100)]
    assert len(suggest_options(many, "nama")) == 6


@pytest.mark.parametrize(
    "typed", ["disdukcapil", " DISDUKCAPIL ", "dinas  kependudukan"]
)
def test_a_whole_code_or_name_is_what_is_meant(typed: str) -> None:
    option = find_option(OPTIONS, typed)
    assert option is not None
    assert option.word == "disdukcapil"


def test_a_name_that_two_share_means_neither() -> None:
    two = [Option("a", "a", "Sama"), Option("b", "b", "Sama")]
    assert find_option(two, "Sama") is None
    assert find_option(two, "b") == two[1]


@pytest.mark.parametrize(
    ("error", "field"),
    [
        (Rejected("{day} is still to come.", day=TODAY), "on"),
        (Rejected("“{code}” is taken.", code="ktp"), "code"),
        (Rejected("“{field}” cannot be empty.", field="code"), "code"),
        (Rejected("{value} cannot be.", value="3.0"), "visits"),
        (Rejected("{count} services.", count=3), None),
        (Rejected("Nothing differs."), None),
        (Conflict("{by} changed “{code}”.", by="x", code="ktp"), None),
        (ProblemList([Rejected("a", code="ktp"), Rejected("b")]), None),
    ],
)
def test_a_refusal_is_said_at_the_field_whose_value_it_names(
    error: Rejected, field: str | None
) -> None:
    assert (
        field_of(
            error,
            {"code": "ktp", "on": TODAY, "visits": 3.0, "verified": False},
        )
        == field
    )
