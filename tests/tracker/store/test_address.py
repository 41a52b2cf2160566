"""The address of a server: what libpq understands, and no secret in it or in what is shown."""

import pytest

from tracker.errors import UsageError
from tracker.store.address import is_server_address, parse_address


@pytest.mark.parametrize(
    ("typed", "shown", "prefix"),
    [
        ("postgresql://rina@db/kota", "postgresql://rina@db/kota", ""),
        ("postgres://db:5433/kota", "postgresql://db:5433/kota", ""),
        (
            "postgresql://rina@db/kota?register=abcde&sslmode=require",
            "postgresql://rina@db/kota",
            "abcde",
        ),
        ("postgresql://?service=opd", "postgresql://?service=opd", ""),
        (" postgresql:///kota ", "postgresql:///kota", ""),
    ],
)
def test_an_address_is_shown_without_its_options(
    typed: str, shown: str, prefix: str
) -> None:
    assert is_server_address(typed)
    address = parse_address(typed)
    assert (address.shown, address.prefix) == (shown, prefix)
    assert "register" not in address.url


@pytest.mark.parametrize(
    "typed",
    [
        "postgresql://rina:rahasia@db/kota",
        "postgresql://rina:@db/kota",
        "postgresql://rina@db/kota?password=rahasia",
        "postgresql://rina@db/kota?PassWord=rahasia",
        "postgresql://rina@db/kota?sslpassword=rahasia",
        "postgresql://rina@db/kota?scram_client_key=rahasia",
    ],
)
def test_a_password_is_refused_and_not_repeated(typed: str) -> None:
    with pytest.raises(UsageError, match="PGPASSFILE") as caught:
        parse_address(typed)
    assert "rahasia" not in str(caught.value)


def test_options_reach_the_server_as_they_were_written() -> None:
    typed = "postgresql://db/kota?options=-c%20geqo=off&host=/tmp/a+b"
    options = parse_address(typed).url.partition("?")[2]
    assert options == "options=-c%20geqo%3Doff&host=%2Ftmp%2Fa%2Bb"


@pytest.mark.parametrize("path", ["kota.json", "/srv/postgresql:/x", "a://b"])
def test_a_path_is_no_address(path: str) -> None:
    assert not is_server_address(path)


def test_a_port_that_is_none_is_told() -> None:
    with pytest.raises(UsageError, match="address of a server"):
        parse_address("postgresql://db:port/kota")
