"""The page of a site on other cities: side by side, and what to learn from whom."""

from tracker.comparison.report import Comparison, all_sections
from tracker.language import Language
from tracker.publish.site.links import INDEX, Link
from tracker.publish.templating import render_template


def render_cities(comparison: Comparison, language: Language) -> str:
    """Return the page of a comparison."""
    names = [city.name for city in comparison.cities]
    return render_template(
        "cities.html.j2",
        language,
        title=language.text(
            "{cities} side by side",
            cities=language.enumeration(names),
        ),
        sections=all_sections(comparison, language),
        note="",
        links=[Link(INDEX, language.text("All OPDs and weeks"))],
    )
