"""Standard output that may be closed, full, gone, or limited to ASCII.

A command must record the same whether or not anybody reads what it prints: a write
that fails is remembered instead of raised, and the command runs to its end.
"""

import codecs
import errno
import io
import os
import sys
import unicodedata
from collections.abc import Mapping
from typing import Any, TextIO

_ASCII_ERRORS = "opd-tracker-ascii"
_ALIKE = {
    "#": "█▓▇▆■▲△●◆",
    "=": "▒▅▄═",
    "-": "▃▂‐‑‒–—―−─━",
    "_": "▁",
    ".": "░·…□○◇",
    "*": "•",
    ">": "▶▷▸→≥",
    "<": "◀◁◂←≤",
    "^": "↑↗",
    "v": "▼▽↓↘✓✔",
    "x": "✗✘×",
    "~": "≈",
    "|": "│┃║¦╵╷",
    "+": "┌┐└┘├┤┬┴┼╭╮╯╰",
    '"': "“”„«»",
    "'": "‘’‚",
}
_LOOKALIKES = {
    ord(sign): ascii for ascii, signs in _ALIKE.items() for sign in signs
}


class LastingWriter(io.RawIOBase):
    """Writes to a file descriptor until a write fails.

    ``error`` is then the reason, and everything later is dropped.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.error: OSError | None = None

    def writable(self) -> bool:
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return the descriptor."""
        return self._descriptor

    def isatty(self) -> bool:
        """Return whether a terminal reads it."""
        try:
            return os.isatty(self._descriptor)
        except OSError:
            return False

    def write(self, data: Any, /) -> int:
        """Write what can be written; all of it counts as written."""
        if self.error is None:
            left = memoryview(data).cast("B")
            try:
                while left:
                    left = left[os.write(self._descriptor, left) :]
            except OSError as error:
                self.error = error
        return len(data)


def open_output(
    stream: TextIO | None,
    descriptor: int,
) -> tuple[TextIO, LastingWriter]:
    """Return a stream that replaces a standard one, and its writer.

    ``stream`` is None if the descriptor was closed before the program started.
    """
    writer = LastingWriter(descriptor)
    if stream is None:
        writer.error = OSError(errno.EBADF, os.strerror(errno.EBADF))
    encoding, errors = choose_encoding(stream, writer.isatty(), os.environ)
    text = io.TextIOWrapper(
        io.BufferedWriter(writer),
        encoding=encoding,
        errors=errors,
        line_buffering=writer.isatty() or descriptor == 2,
    )
    return text, writer


def choose_encoding(
    stream: TextIO | None,
    is_terminal: bool,
    environment: Mapping[str, str],
) -> tuple[str, str]:
    """Return a stream's encoding and its handler for characters outside of it.

    Files and pipes get UTF-8. A terminal that ``PYTHONIOENCODING`` or the locale C
    limits to ASCII gets lookalikes.
    """
    asked = environment.get("PYTHONIOENCODING", "").partition(":")[0]
    if asked and _is_ascii(asked):
        return "ascii", register_lookalikes()
    if not is_terminal:
        return "utf-8", "backslashreplace"
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    locale = next(
        (environment[name] for name in names if environment.get(name)),
        "",
    )
    if locale in ("C", "POSIX"):
        return "ascii", register_lookalikes()
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return (
        encoding,
        register_lookalikes() if _is_ascii(encoding) else "backslashreplace",
    )


def _is_ascii(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name == "ascii"
    except LookupError:
        return False


def register_lookalikes() -> str:
    """Register the codec error handler that writes lookalikes; return its name."""
    codecs.register_error(_ASCII_ERRORS, _replace_with_lookalikes)
    return _ASCII_ERRORS


def _replace_with_lookalikes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(map(to_ascii, text)), error.end


def to_ascii(sign: str) -> str:
    """Return one ASCII character for ``sign``, so that columns stay aligned.

    It is ``?`` if nothing looks like it.
    """
    alike = sign.translate(_LOOKALIKES)
    if alike.isascii():
        return alike
    bare = (
        unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    )
    return bare[:1] or ("" if unicodedata.combining(sign) else "?")


def fill_closed_descriptors() -> None:
    """Open the null device for standard streams that are closed.

    Otherwise the next file opened, such as the register, would become the standard
    stream, and what is printed would be written into it.
    """
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            mode = os.O_RDONLY if descriptor == 0 else os.O_WRONLY
            opened = os.open(os.devnull, mode)
            if opened != descriptor:
                os.dup2(opened, descriptor)
                os.close(opened)
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
