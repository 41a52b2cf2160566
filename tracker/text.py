"""Text from the register is data: what may enter, and how it leaves for each kind of page."""

import re
import unicodedata

MAX_NAME = 300
MAX_TEXT = 10_000

_INVISIBLE_LETTERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u2028\u2029\u3164\uffa0",
) | frozenset(map(chr, range(0xE0100, 0xE01F0)))
"""Letters without a shape of their own, and the selectors of a letter's variants."""
_VISIBLE_FORMATS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd",
)
_COMMANDING = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_HYPHENS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
)
"""The dashes that people and word processors put for a hyphen."""
_LINE_ENDS = re.compile(r"\r\n?|\n")
# Two that only pages need, compiled when they are first asked for.
_INLINE = r"""(?xi)
      [\\`*\[|~$]                        # code, emphasis, links, cells, strikethrough, formulas
    | (?<![^\W_])_ | _(?![^\W_])          # an underscore that does not join a word
    | <(?=[A-Za-z/!?]|$)                 # HTML and autolinks
    | &(?=\#?\w+;)                       # entities
    | :(?=//) | (?<=www)\. | @(?=\w)     # bare addresses, mentions
    | :(?=[a-z+-][\w+-]*:) | \#(?=\w)    # signs by name, references
"""
_LINE_START = (
    r"^(?=[-+](?:[\s-]|$)|=+$|>|#{1,6}(?:\s|$))|^(\d{1,9})(?=[.)](?:\s|$))"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def is_harmful(character: str) -> bool:
    """Return whether a character could control a terminal or hide part of a text."""
    if character in _INVISIBLE_LETTERS:
        return True
    return (
        unicodedata.category(character) in _COMMANDING
        and character not in _VISIBLE_FORMATS
    )


def is_harmless(text: str) -> bool:
    """Return whether ``text`` shows all that it holds; False leaves each character to be looked at."""
    return text.isprintable() and (
        text.isascii() or _INVISIBLE_LETTERS.isdisjoint(text)
    )


def find_harmful(text: str, *, lines: bool = False) -> str | None:
    """Return the first character of ``text`` that may not enter the register, if any.

    ``lines`` allows line feeds and tabs, as notes have them.
    """
    if is_harmless(text):
        return None
    allowed = "\n\t" if lines else ""
    return next((c for c in text if c not in allowed and is_harmful(c)), None)


def collapse_whitespace(text: str) -> str:
    """Return ``text`` on one line, without spaces at its ends or doubled within."""
    return " ".join(text.split())


def shorten(text: str, limit: int) -> str:
    """Return ``text`` on one line of at most ``limit`` characters, cut at a word with an ellipsis."""
    line = collapse_whitespace(text)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def collapse_whitespace_in_lines(text: str) -> str:
    """Return ``text`` with plain line feeds and without space at its ends."""
    return _LINE_ENDS.sub("\n", text).strip()


def visible(text: str, *, lines: bool = False) -> str:
    """Return ``text`` on one line for a terminal, each harmful character shown by its number.

    ``lines`` leaves line feeds and tabs as they are.
    """
    if is_harmless(text):
        return text
    if lines:
        return "".join(
            c if c in "\n\t" else _shown(c) for c in _LINE_ENDS.sub("\n", text)
        )
    return "".join(_shown(c) for c in _LINE_ENDS.sub(" ", text))


def _shown(character: str) -> str:
    if character == "\t":
        return " "
    return f"<U+{ord(character):04X}>" if is_harmful(character) else character


def markdown(text: str) -> str:
    """Escape ``text`` so that Markdown shows it literally, on one line.

    Only characters that have a meaning in their place are escaped, so that plain text stays
    legible. The result may stand anywhere, also first in a line, a list item or a cell.
    """
    escaped = re.sub(_INLINE, r"\\\g<0>", collapse_whitespace(visible(text)))
    return re.sub(_LINE_START, r"\1\\", escaped)


def cell(text: str) -> str:
    """Return ``text`` so that no spreadsheet runs it: a formula leaves behind an apostrophe."""
    return "'" + text if text.lstrip("'").startswith(_FORMULA) else text


def uncell(text: str) -> str:
    """Undo ``cell``: remove the apostrophe that it put before a formula."""
    return (
        text[1:]
        if text[:1] == "'" and text.lstrip("'").startswith(_FORMULA)
        else text
    )


def slugify(name: str) -> str:
    """Make a code of a name: what ``hyphenate`` makes of it, as far as a code reaches."""
    return hyphenate(name)[:64].strip("-")


def hyphenate(name: str) -> str:
    """Write a name in lower case letters, digits and hyphens; the same every time.

    Letters of other scripts than Latin are left out: see ``is_spelled_out``.
    """
    hyphened = name.translate(_HYPHENS)
    plain = (
        unicodedata.normalize("NFKD", hyphened)
        .encode("ascii", "ignore")
        .decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def is_spelled_out(name: str) -> bool:
    """Return whether ``slugify`` keeps every letter and digit of a name, so that no other name has its code."""
    if name.isascii():
        return True
    marked = unicodedata.normalize("NFKD", name)
    return not any(sign.isalnum() and not sign.isascii() for sign in marked)


def content_digest(text: str) -> str:
    """Return the name under which a text is kept: 32 hexadecimal digits of its SHA-256."""
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()[:32]


def name_key(name: str) -> str:
    """Return a name as it can stand in a key: its code, with digits behind it if letters are missing there.

    Two names share a key only if their codes stand for both: ``窓口`` and ``市民課`` have keys of their own.
    """
    code = slugify(name)
    if code and is_spelled_out(name):
        return code
    digits = content_digest(normalize_name(name))[:8]
    return f"{code[:48]}-{digits}".strip("-")


def is_code(text: str) -> bool:
    """Return whether ``text`` is a valid code."""
    return (
        re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text) is not None
        and len(text) <= 64
    )


def normalize_name(name: str) -> str:
    """Return the form in which two names count as the same: case, spacing and Unicode's spellings aside."""
    return collapse_whitespace(unicodedata.normalize("NFKC", name)).casefold()


def in_sentence(label: str) -> str:
    """Return a label for use within a sentence: ``office visits``, but ``OPD``."""
    is_abbreviation = label[1:2].isupper()
    return label if is_abbreviation else label[:1].lower() + label[1:]
