"""Pages from templates: every text from the register is escaped and made harmless."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tracker.language import Language, load_language
from tracker.text import collapse_whitespace, visible


def render_template(name: str, language: Language, **values: Any) -> str:
    """Return the page that the template ``name`` makes of ``values``."""
    return _make_environment(language.code).get_template(name).render(values)


@cache
def _make_environment(code: str) -> Environment:
    language = load_language(code)
    environment = Environment(
        loader=PackageLoader("tracker.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_make_harmless,
    )
    environment.globals.update(
        _=language.text,
        plural=language.plural,
        language=language,
    )
    environment.tests["block"] = lambda value, name: (
        type(value).__name__ == name
    )
    return environment


def _make_harmless(value: Any) -> Any:
    """Show hidden and commanding characters by their numbers; markup made here stays."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return collapse_whitespace(visible(value))
    return value
