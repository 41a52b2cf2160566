"""What a merge brings, in words: how many actions of whom, what was left, what was renamed."""

from collections import Counter

from tracker.language import Language
from tracker.merge.merging import Merged
from tracker.merge.planning import MergePlan
from tracker.text import visible


def describe_plan(plan: MergePlan, language: Language) -> list[str]:
    """Return what each copy of a merge adds."""
    lines = []
    # A copy that cannot be merged as answered so far ends the plan before the further ones.
    for copy, merged in zip(plan.action.copies, plan.merged, strict=False):
        lines.append(_count_actions(copy.name, merged, language))
        if merged.left:
            lines.append(
                language.plural(
                    "{n} action concerns others too and was left.",
                    "{n} actions concern others too and were left.",
                    merged.left,
                ),
            )
        # With problems the plan has no facts of this copy.
        renamed = [] if merged.problems else merged.renamed
        for table, key in renamed:
            fact = plan.after.table(table)[key]
            lines.append(
                language.text(
                    "“{name}” is now {code}: its code was given twice.",
                    name=fact.name,
                    code=fact.code,
                ),
            )
    if not plan.entries:
        lines.append(language.text("Nothing differs: it stands so already."))
    return lines


def _count_actions(name: str, merged: Merged, language: Language) -> str:
    authors = Counter(entry.by for entry in merged.entries)
    by_author = [
        language.text("{by} ({count})", by=by, count=count)
        for by, count in authors.items()
    ]
    counted = language.plural(
        "{n} new action",
        "{n} new actions",
        len(merged.entries),
    )
    who = f": {language.enumeration(by_author)}" if by_author else ""
    return visible(f"{name}: {counted}{who}")
