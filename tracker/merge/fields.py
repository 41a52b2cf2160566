"""The three-way merge of one fact: what only one side changed is taken, the rest is asked."""

from collections.abc import Callable
from typing import Any

from tracker.merge.conflicts import ConflictKind, Side
from tracker.merge.copies import Document
from tracker.merge.steps import PRESENCE, SIGNATURE, Touch

Ask = Callable[[ConflictKind, str, Any, Any], Side]
"""Decides on a field of the fact with its two values; called with the conflict's kind."""


def merge_fact(
    here: Document | None,
    here_touch: Touch | None,
    there_touch: Touch,
    ask: Ask,
) -> Document | None:
    """Return a fact that both copies know, as it stands after the merge.

    ``here`` is the fact as it stands here, ``here_touch`` what happened to it here that is
    not known there, ``there_touch`` what happened there that is not known here.
    """
    there = there_touch.after
    if here is None or there is None:
        return _merge_presence(here, here_touch, there_touch, ask)
    merged = dict(here)
    for name in sorted(there_touch.writers.keys() - {PRESENCE}):
        value = _merge_field(name, here, here_touch, there_touch, ask)
        merged.pop(name, None)
        if value is not None:
            merged[name] = value
    return _with_first_signature(merged, here, there)


def merge_doubles(here: Document, there: Document, ask: Ask) -> Document:
    """Return the one fact of two that were entered on both sides and are the same.

    The earlier signature stands; fields that differ are asked for.
    """
    merged = dict(here)
    for name in sorted((here.keys() | there.keys()) - SIGNATURE):
        value = here.get(name)
        if value != there.get(name):
            side = ask(ConflictKind.CHANGED, name, value, there.get(name))
            value = value if side is Side.HERE else there.get(name)
        merged.pop(name, None)
        if value is not None:
            merged[name] = value
    return _with_first_signature(merged, here, there)


def _with_first_signature(
    merged: Document,
    here: Document,
    there: Document,
) -> Document:
    """Return a fact under the signature of who entered it first."""
    first = min(here, there, key=lambda one: (one["recorded_at"], one["by"]))
    return {**merged, "recorded_at": first["recorded_at"], "by": first["by"]}


def _merge_presence(
    here: Document | None,
    here_touch: Touch | None,
    there_touch: Touch,
    ask: Ask,
) -> Document | None:
    """Merge a fact that is missing on one side: removed there, or unknown here."""
    there = there_touch.after
    if here is None and there is None:
        return None
    if here_touch is None or not here_touch.is_net_change:
        return there
    if not there_touch.is_net_change:
        return here
    side = ask(
        ConflictKind.REMOVED,
        PRESENCE,
        here is not None,
        there is not None,
    )
    return here if side is Side.HERE else there


def _merge_field(
    name: str,
    here: Document,
    here_touch: Touch | None,
    there_touch: Touch,
    ask: Ask,
) -> Any:
    """Return a field's value after the merge; None for one that holds its default."""
    ours, theirs = here.get(name), (there_touch.after or {}).get(name)
    theirs_before = (there_touch.before or {}).get(name)
    if theirs in (ours, theirs_before):
        return ours
    if here_touch is None or name not in here_touch.writers:
        return theirs

    ours_before = (here_touch.before or {}).get(name)
    is_ours_older = ours in (ours_before, theirs_before)
    is_theirs_older = theirs == ours_before
    if is_ours_older and not is_theirs_older:
        return theirs
    if is_theirs_older and not is_ours_older:
        return ours
    side = ask(ConflictKind.CHANGED, name, ours, theirs)
    return ours if side is Side.HERE else theirs
