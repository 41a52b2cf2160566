"""Start the program: build the command that was typed, run it, print its errors."""

import errno
import os
import sys
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from tracker.cli.command_index import COMMANDS, Head, read_head
from tracker.cli.output import fill_closed_descriptors, open_output
from tracker.collection import collect_seldom, pass_by_present_objects
from tracker.text import visible

if TYPE_CHECKING:
    from tracker.cli.output import LastingWriter
    from tracker.cli.session import Session
    from tracker.errors import ProblemList, UserError
    from tracker.language import Language

PROGRAM_FAULT = 70
"""Exit code of a fault in the program: ``EX_SOFTWARE`` of sysexits.h."""
OUTPUT_GONE = 141
"""Exit code if the reader of the output is gone: 128 plus the number of SIGPIPE."""
_FEW = 5
"""So many of an action's problems are printed."""
_WRITING_FILES = frozenset(
    (
        "export",
        "sheets",
        "backup",
        "site",
        "catalogue",
        "collect",
        "config",
        "demo",
        "init",
        "server",
    ),
)
"""Commands whose result is a file, so that a closed output loses nothing."""


def main() -> NoReturn:
    """Run the command that was typed and exit with its code.

    If standard output is closed or goes away, the command still runs to its end, and
    its exit code says whether it succeeded. A command that only prints exits with 141.
    """
    collect_seldom()
    fill_closed_descriptors()
    sys.stdout, output = open_output(sys.stdout, 1)
    sys.stderr, _ = open_output(sys.stderr, 2)
    code = run_program(sys.argv[1:], output)
    sys.stdout.flush()
    sys.stderr.flush()
    # Python looks for garbage a last time, which takes a fifteenth of a command.
    pass_by_present_objects()
    sys.exit(code)


def run_program(
    arguments: Sequence[str],
    output: "LastingWriter | None" = None,
) -> int:
    """Run one command and return its exit code.

    Errors that a user can cause are printed in the user's language. ``output`` is the
    writer of standard output, if its loss matters.
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
        return 130  # 128 plus the number of SIGINT

    if output is None or output.error is None or code != 0:
        return code
    return _lost_output_code(output.error, head, session)


def _lost_output_code(error: OSError, head: Head, session: "Session") -> int:
    """Return the exit code of a command that succeeded but lost its output."""
    if session.has_written or head.command in _WRITING_FILES:
        return 0
    if error.errno in (errno.EPIPE, errno.EBADF):
        return OUTPUT_GONE
    return _print_os_error(error, session.language)


def _run_command(
    arguments: Sequence[str],
    head: Head,
    session: "Session",
) -> int:
    from typer.exceptions import TyperException

    from tracker.cli.program import build_program
    from tracker.errors import UserError

    try:
        command = build_program(_needed_commands(head), session.language)
        pass_by_present_objects()
        result = command.main(
            list(arguments),
            "opd-tracker",
            standalone_mode=False,
            obj=session,
        )
        return int(result or 0)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except TyperException as error:
        return _print_misuse(error, session.language)
    except UserError as error:
        for line in _error_lines(error, session.language):
            _print_line(line)
        return error.exit_code
    except OSError as error:
        return _print_os_error(error, session.language)
    except Exception as error:
        if os.environ.get("OPD_TRACKER_TRACEBACK"):
            raise
        return _print_fault(error, session.language)


def _needed_commands(head: Head) -> Collection[str]:
    """Return the commands to load: one, none, or all for help and completion."""
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
        or _preferred_language(),
    )


def _preferred_language() -> str:
    """Return the language of the user's settings; empty if they are unreadable."""
    from tracker.errors import UserError
    from tracker.settings import load_settings, settings_path

    try:
        return load_settings(settings_path()).language
    except UserError:
        return ""


def _error_lines(error: "UserError", language: "Language") -> "Iterable[str]":
    from tracker.errors import ProblemList

    if isinstance(error, ProblemList):
        if not error.more and not _is_of_files(error):
            return _first_lines(error.problems, language)
        from tracker.exchange.problems import problem_lines

        return problem_lines(language, error.problems, error.more)
    if "row" in error.values:
        from tracker.exchange.problems import problem_lines

        return problem_lines(language, [error], "")

    return [language.say(error)]


def _is_of_files(error: "ProblemList") -> bool:
    """Return whether problems are of files, whose rows are corrected one by one."""
    return any(
        one.values.keys() & {"row", "rows", "file"} for one in error.problems
    )


def _first_lines(
    problems: "Sequence[UserError]",
    language: "Language",
) -> list[str]:
    """Return the first few problems: those of an action on many services are alike."""
    lines = list(dict.fromkeys(map(language.say, problems)))
    left = len(lines) - _FEW
    if left > 0:
        lines[_FEW:] = [
            language.plural("… and {n} more", "… and {n} more", left),
        ]
    return lines


def _print_misuse(error: Exception, language: "Language") -> int:
    """Print a usage error as Typer does: the usage, where help is, the error."""
    from tracker.cli.typer_i18n import translate_complaint

    context = getattr(error, "ctx", None)
    if context is not None:
        _print_line(context.get_usage())
        hint = language.text(
            "Try '{command} --help' for help.",
            command=context.command_path,
        )
        _print_line(hint + "\n")

    message = getattr(error, "format_message", error.__str__)()
    translated = translate_complaint(message, language)[:2000]
    _print_line(language.text("Error: {message}", message=translated))
    return 2


def _print_os_error(error: OSError, language: "Language") -> int:
    from tracker.os_errors import reason_of

    path, reason = error.filename, reason_of(error)
    if isinstance(path, str) and path:
        _print_line(language.text("{path}: {reason}", path=path, reason=reason))
    else:
        _print_line(language.text(reason))
    return 1


def _print_fault(error: Exception, language: "Language") -> int:
    _print_line(
        language.text(
            "The program has a fault ({what}). What was recorded before is safe; "
            "please report it with the output of OPD_TRACKER_TRACEBACK=1.",
            what=f"{type(error).__name__}: {error}"[:200],
        ),
    )
    return PROGRAM_FAULT


def _print_line(line: str) -> None:
    with suppress(BrokenPipeError):
        print(visible(line, lines=True), file=sys.stderr)
