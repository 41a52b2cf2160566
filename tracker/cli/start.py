"""Start the program: find the language, build the commands that are needed, run one, tell its errors."""

import errno
import os
import sys
from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from tracker.cli.command_index import COMMANDS, Head, read_head
from tracker.cli.output import fill_closed_descriptors, open_output
from tracker.text import visible

if TYPE_CHECKING:
    from tracker.cli.output import LastingWriter
    from tracker.cli.session import Session
    from tracker.errors import UserError
    from tracker.language import Language

PROGRAM_FAULT = 70
OUTPUT_GONE = 141
"""What shells tell of a program whose reader has gone: 128 and the number of SIGPIPE."""
_WRITING_FILES = frozenset(
    (
        "export",
        "sheets",
        "backup",
        "site",
        "catalogue",
        "config",
        "demo",
        "init",
    )
)
"""Commands whose result is a file and not what they print."""


def main() -> NoReturn:
    """Run the command that was typed, and end with its exit code.

    Standard output that is closed or goes away changes nothing that a command does: it runs to its end, and
    its exit code says what came of it. A command that has only printed ends with 141.
    """
    fill_closed_descriptors()
    sys.stdout, output = open_output(sys.stdout, 1)
    sys.stderr, _ = open_output(sys.stderr, 2)
    code = run_program(sys.argv[1:], output)
    sys.stdout.flush()
    sys.stderr.flush()
    sys.exit(code)


def run_program(
    arguments: Sequence[str], output: "LastingWriter | None" = None
) -> int:
    """Run one command and return its exit code; what can go wrong for a user is told in its language.

    ``output`` tells whether standard output could be written.
    """
    head = read_head(arguments)
    if head.version:
        from tracker import __version__

        print(__version__)
        return 0
    from tracker.cli.session import Session

    session = Session(language=_choose_language(head))
    try:
        code = _run_command(arguments, head, session)
        sys.stdout.flush()
        for warning in session.warnings():
            _print_line(session.language.say(warning))
    except KeyboardInterrupt:
        return 130
    if output is None or output.error is None or code != 0:
        return code
    return _lost_output_code(output.error, head, session)


def _lost_output_code(error: OSError, head: Head, session: "Session") -> int:
    """Return the exit code of a command that went well though its output could not be written."""
    if session.has_written or head.command in _WRITING_FILES:
        return 0
    if error.errno in (errno.EPIPE, errno.EBADF):
        return OUTPUT_GONE
    return _print_os_error(error, session.language)


def _run_command(
    arguments: Sequence[str], head: Head, session: "Session"
) -> int:
    from typer.exceptions import TyperException

    from tracker.cli.program import build_program
    from tracker.errors import UserError

    try:
        command = build_program(_needed_commands(head), session.language)
        return int(
            command.main(
                list(arguments),
                "opd-tracker",
                standalone_mode=False,
                obj=session,
            )
            or 0
        )
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except TyperException as error:
        return _print_misuse(error, session.language)
    except UserError as error:
        return _print_error(error, session.language)
    except OSError as error:
        return _print_os_error(error, session.language)
    except Exception as error:
        if os.environ.get("OPD_TRACKER_TRACEBACK"):
            raise
        return _print_fault(error, session.language)


def _needed_commands(head: Head) -> Collection[str]:
    """Name the commands that this run needs: one, or none, or for help and completion all."""
    if "_OPD_TRACKER_COMPLETE" in os.environ:
        return COMMANDS
    if not head.command:
        return ()
    return (head.command,) if head.command in COMMANDS else COMMANDS


def _choose_language(head: Head) -> "Language":
    from tracker.language import load_language

    return load_language(
        head.language
        or os.environ.get("OPD_TRACKER_LANG", "")
        or _preferred_language()
    )


def _preferred_language() -> str:
    """Return the language that the person has set; none where the settings cannot be read."""
    from tracker.errors import UserError
    from tracker.settings import load_settings, settings_path

    try:
        return load_settings(settings_path()).language
    except UserError:
        return ""


def _print_error(error: "UserError", language: "Language") -> int:
    """Say what is wrong, each problem on a line, and return the exit code that stands for it."""
    from tracker.errors import ProblemList

    if isinstance(error, ProblemList) or "row" in error.values:
        from tracker.exchange.problems import problem_lines

        problems, more = (
            (error.problems, error.more)
            if isinstance(error, ProblemList)
            else ([error], "")
        )
        lines = problem_lines(language, problems, more)
    else:
        lines = [language.say(error)]
    for line in lines:
        _print_line(line)
    return error.exit_code


def _print_misuse(error: Exception, language: "Language") -> int:
    """Say a wrong usage as Typer does: the usage, where help is, what is wrong."""
    from tracker.cli.typer_i18n import translate_complaint

    context = getattr(error, "ctx", None)
    if context is not None:
        _print_line(context.get_usage())
        hint = language.text(
            "Try '{command} --help' for help.", command=context.command_path
        )
        _print_line(hint + "\n")
    message = getattr(error, "format_message", error.__str__)()
    _print_line(
        language.text(
            "Error: {message}",
            message=translate_complaint(message, language)[:2000],
        )
    )
    return 2


def _print_os_error(error: OSError, language: "Language") -> int:
    from tracker.os_errors import reason_of

    where, reason = (
        error.filename if isinstance(error.filename, str) else "",
        reason_of(error),
    )
    _print_line(
        language.text("{path}: {reason}", path=where, reason=reason)
        if where
        else language.text(reason)
    )
    return 1


def _print_fault(error: Exception, language: "Language") -> int:
    _print_line(
        language.text(
            "The program has a fault ({what}). What was recorded before is safe; "
            "please report it with the output of OPD_TRACKER_TRACEBACK=1.",
            what=f"{type(error).__name__}: {error}"[:200],
        )
    )
    return PROGRAM_FAULT


def _print_line(line: str) -> None:
    with suppress(BrokenPipeError):
        print(visible(line, lines=True), file=sys.stderr)
