"""The page of a site on other cities: side by side, and what to learn from whom."""

from tracker.comparison.report import (
    Comparison,
    all_sections,
    title_comparison,
)
from tracker.language import Language
from tracker.publish.site.links import INDEX, Link
from tracker.publish.templating import render_template


def render_cities(comparison: Comparison, language: Language) -> str:
    """Return the page of a comparison."""
    return render_template(
        "cities.html.j2",
        language,
        title=title_comparison(comparison, language),
        sections=all_sections(comparison, language),
        note="",
        links=[Link(INDEX, language.text("All OPDs and weeks"))],
    )
