"""What an action did, told to the one who carried it out and to those who look on."""

from collections.abc import Sequence

from tracker.actions.names import action_word
from tracker.actions.notices import find_notices
from tracker.actions.perform import ActionResult
from tracker.changes import Change, changes_of
from tracker.language import Language
from tracker.log_chain import UNMENTIONED
from tracker.model import LogEntry, Move
from tracker.narration.codes import Codes
from tracker.narration.facts import describe_changes
from tracker.narration.summary import summarize_changes
from tracker.register import Register


def describe_result(result: ActionResult, language: Language) -> list[str]:
    """Return what an action did, fact by fact, as the command line prints it."""
    if result.entry is None or not result.entry.changes:
        return describe_heading(result, language)

    register = result.register
    changes = changes_of(register, result.entry)
    lines = describe_heading(result, language)
    lines += describe_changes(Codes(register, changes), changes, language)
    backward = sum(_is_backward(register, change) for change in changes)
    if backward:
        lines.append(
            language.plural(
                "{n} of these goes backward.",
                "{n} of these go backward.",
                backward,
            ),
        )
    return lines


def summarize_result(
    before: Register,
    result: ActionResult,
    language: Language,
) -> list[str]:
    """Return what an action did to the register ``before``, in a few lines for a notification."""
    entry, after = result.entry, result.register
    lines = describe_heading(result, language)
    if entry is not None and entry.merged:
        parts = [after.log[key] for key in entry.merged]
        return [*lines, *summarize_entries(before, after, parts, language)]
    if entry is None or not entry.changes:
        return lines
    if entry.undoes:
        # What was taken back is told as it had been done: from the register after the undo.
        return [*lines, *summarize_entries(after, before, [entry], language)]
    lines += summarize_entries(before, after, [entry], language)
    return [*lines, *describe_notices(result, language)]


def describe_heading(result: ActionResult, language: Language) -> list[str]:
    """Return the line that stands over the changes: that there are none, or what was taken back."""
    entry = result.entry
    if entry is None:
        return [language.text("Nothing differs: it stands so already.")]
    if entry.merged:
        said = language.plural(
            "{n} action was brought in from {copies}.",
            "{n} actions were brought in from {copies}.",
            len(entry.merged),
            copies=entry.why,
        )
        return [said]
    if entry.undoes or entry.redoes:
        return _describe_inversion(result, entry, language)
    if entry.changes:
        return []
    what = entry.why or action_word(entry.action)
    return [language.text("Done: {what}", what=what)]


def _describe_inversion(
    result: ActionResult,
    entry: LogEntry,
    language: Language,
) -> list[str]:
    """Return which action was taken back or done again."""
    done_again, first = entry.redoes is not None, entry
    while (key := first.undoes or first.redoes) and key in result.register.log:
        first = result.register.log[key]
    if first is entry:
        return []  # a restore has lost what was taken back
    action = action_word(first.action)
    if done_again:
        return [language.text("Done again: {action}", action=action)]
    return [language.text("Taken back: {action}", action=action)]


def describe_notices(result: ActionResult, language: Language) -> list[str]:
    """Return what is allowed and may yet surprise the one who acted."""
    if result.entry is None:
        return []
    changes = changes_of(result.register, result.entry)
    return [
        language.say(notice)
        for notice in find_notices(
            result.register,
            changes,
            result.entry.recorded_at.date(),
        )
    ]


def describe_others_changes(
    before: Register,
    after: Register,
    own: LogEntry | None,
    language: Language,
) -> list[str]:
    """Return who else than the one with the ``own`` entry changed the register, and what."""
    new = (
        after.log[key] for key in sorted(after.log.keys() - before.log.keys())
    )
    brought = own.merged if own is not None else ()
    entries = [
        entry
        for entry in new
        if entry is not own
        and entry.id not in brought
        # A published week changes no fact: there would be nothing to tell.
        and entry.action not in UNMENTIONED
    ]
    if not entries:
        return []
    who = language.enumeration(dict.fromkeys(entry.by for entry in entries))
    heading = language.text("{by} has changed the register:", by=who)
    return [heading, *summarize_entries(before, after, entries, language)]


def summarize_entries(
    before: Register,
    after: Register,
    entries: Sequence[LogEntry],
    language: Language,
) -> list[str]:
    """Return in a few lines how what entries of the log touched differs between two registers."""
    touched = dict.fromkeys(
        (table, key)
        for entry in entries
        for table, facts in entry.changes.items()
        for key in facts
    )
    changes = [
        Change(
            table,
            key,
            before.table(table).get(key),
            after.table(table).get(key),
        )
        for table, key in touched
    ]
    return summarize_changes(before, after, changes, language)


def _is_backward(register: Register, change: Change) -> bool:
    """Return whether a change enters a move to a lower stage than the one before it."""
    move = change.after
    if not isinstance(move, Move) or change.before is not None:
        return False
    service = register.services[move.service]
    moves = register.moves_of[service.id]
    index = moves.index(move)
    previous = moves[index - 1] if index else service
    return move.stage.points < previous.stage.points
