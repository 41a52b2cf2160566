"""Codes made of names, the same every time."""

from collections.abc import Container
from hashlib import sha256

from tracker.text import is_spelled_out, normalize_name, slugify


def unique_code(
    name: str,
    taken: Container[str],
    owner: str = "",
) -> str:
    """Make a code of a name, with its owner's code in front.

    A few digits tell it from a taken one, and stand for letters that no code can have.
    """
    code = slugify(f"{owner}-{name}" if owner else name)
    if code and code not in taken and code != owner and is_spelled_out(name):
        return code
    digits = sha256(f"{owner}/{normalize_name(name)}".encode()).hexdigest()
    for length in (6, 12, 24):
        told = f"{code[: 63 - length].strip('-')}-{digits[:length]}".strip("-")
        if told not in taken:
            return told
    return digits[:64]
