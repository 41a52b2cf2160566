"""Write the kept pages anew: ``python -m tests.tracker.snapshot.keep``, then read what changed."""

from pathlib import Path

from tests.tracker.snapshot.cities import TODAY, W18, small_city
from tracker.language import LANGUAGES, load_language
from tracker.snapshot import compare_weeks, read_week, render, render_diff
from tracker.week import Week

KEPT = Path(__file__).parent / "kept"


def pages() -> dict[str, str]:
    """Return every kept page by the name of its file."""
    register = small_city(illustrative=True).register
    value = read_week(register, W18, TODAY)
    changes = compare_weeks(register, Week(2026, 8), W18, TODAY)
    found: dict[str, str] = {}
    for code in LANGUAGES:
        found[f"2026-W18.{code}.md"] = render(value, load_language(code))
        found[f"2026-W08-W18.{code}.md"] = render_diff(
            changes, load_language(code)
        )
    return found


if __name__ == "__main__":
    for name, text in pages().items():
        (KEPT / name).write_text(text, encoding="utf-8")
