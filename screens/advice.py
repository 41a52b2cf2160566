"""What to do after a rejection, beside what it says itself."""

from tracker.errors import InUse, UserError
from tracker.language import Language


def advice_lines(error: UserError, language: Language) -> list[str]:
    """Return what to do after a rejection that is not the entry's fault."""
    if isinstance(error, InUse):
        return [language.text("Nothing was recorded. Try again in a moment.")]
    return []
