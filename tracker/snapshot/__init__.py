"""The weekly snapshot: a week as a value, as a page, and as what was published of it."""

from tracker.snapshot.chat import render_chat
from tracker.snapshot.diff import Diff, compare_weeks
from tracker.snapshot.diff_page import render_diff
from tracker.snapshot.page import render
from tracker.snapshot.stored import find_revisions, missing_weeks, snapshot_of
from tracker.snapshot.taking import TakeSnapshots, take, take_missing
from tracker.snapshot.values import Revision, WeekValue
from tracker.snapshot.week import read_page_of, read_week

__all__ = [
    "Diff",
    "Revision",
    "TakeSnapshots",
    "WeekValue",
    "compare_weeks",
    "find_revisions",
    "missing_weeks",
    "read_page_of",
    "read_week",
    "render",
    "render_chat",
    "render_diff",
    "snapshot_of",
    "take",
    "take_missing",
]
