"""What to do after a refusal that has nothing to do with what was entered."""

from tracker.errors import InUse, UserError
from tracker.language import Language


def advice_lines(error: UserError, language: Language) -> list[str]:
    """Return what the person is to do now; nothing where the reason itself says it."""
    if isinstance(error, InUse):
        return [language.text("Nothing was recorded. Try again in a moment.")]
    return []
