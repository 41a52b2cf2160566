"""Placeholders in a catalogue's names: ``{kota}`` for the city, ``{portal}`` for its single door.

``Kota {kota}`` stands for the city with its designation, so that a regency reads
``Kabupaten Sumedang`` where Bandung reads ``Kota Bandung``.
"""

import re

CITY, PORTAL = "{kota}", "{portal}"

_DESIGNATION = re.compile(r"(Kota|Kabupaten)\s+(?=\S)", re.IGNORECASE)
_SHORTEST_NAME = 5
"""Letters below which a name alone is no sign of the city: Batu is also a stone."""


def split_city_name(name: str) -> tuple[str, str]:
    """Return a city's designation and bare name; ``Kota`` where the name has none."""
    found = _DESIGNATION.match(name)
    if found is None:
        return "Kota", name
    return found[1].title(), name[found.end() :]


def fill_placeholders(text: str, city: str, portal: str) -> str:
    """Return a name from a catalogue as it reads in a city, by that city's name."""
    if "{" not in text:
        return text
    designation, bare = split_city_name(city)
    domain = bare.lower().replace(" ", "")
    filled = text.replace(f"{CITY}.go.id", f"{domain}.go.id")
    filled = filled.replace(f"Kota {CITY}", f"{designation} {bare}")
    return filled.replace(CITY, bare).replace(PORTAL, portal)


def put_placeholders(text: str, city: str, portal: str) -> str:
    """Return a city's name for something as its catalogue has it, for others to fill in."""
    designation, bare = split_city_name(city)
    shared = _replace_words(text, f"{designation} {bare}", f"Kota {CITY}")
    if len(bare) >= _SHORTEST_NAME:
        shared = _replace_words(shared, bare, CITY)
    # "Satu Pintu" is a phrase of the law, whatever a portal is called.
    return _replace_words(shared, portal, PORTAL, unless_after="Satu ")


def _replace_words(
    text: str,
    words: str,
    by: str,
    *,
    unless_after: str = "",
) -> str:
    if not words:
        return text
    before = f"(?<!{re.escape(unless_after)})" if unless_after else ""
    return re.sub(
        rf"{before}(?<!\w){re.escape(words)}(?!\w)",
        lambda _: by,
        text,
    )
