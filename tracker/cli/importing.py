"""Print what an import would do, ask its questions, and read their answers."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from tracker.errors import Rejected
from tracker.exchange.effects import describe_changes
from tracker.exchange.labels import noun_word, what_word
from tracker.exchange.problems import MANY
from tracker.language import Language
from tracker.text import visible

if TYPE_CHECKING:
    from tracker.exchange.importing import ImportPlan
    from tracker.exchange.questions import Answers, Question

_LIKELY = ("volume", "contact", "note", "description", "source", "url")
"""Columns of ours that an unread column of a foreign file is likely to be."""
_ROW_NUMBERS = {"no", "nomor", "#"}
"""Headings of columns that only number the rows."""


def print_unread(plan: "ImportPlan", language: Language, out: TextIO) -> None:
    """Print what is not read of the files, and how to have a column read."""
    from tracker.exchange.account import unread_lines

    for line in unread_lines(plan.account, language, most=MANY):
        print(line, file=out)

    sample = _unread_sample(plan, language)
    if sample is not None:
        ours, column = sample
        hint = language.text(
            'To have one read, say in a mapping (--map) which it is, such as [columns] {ours} = "{column}".',
            ours=ours,
            column=column,
        )
        print(f"  {hint}", file=out)


def _unread_sample(
    plan: "ImportPlan",
    language: Language,
) -> tuple[str, str] | None:
    """Return a column that we know and the file lacks, and one that is not read.

    None if nothing is left unread but columns that number the rows, the reasons of rows set
    aside, or what a question asks about, with a better guess of its own.
    """
    from tracker.exchange.aside import WHY_ASIDE
    from tracker.exchange.columns import COLUMNS

    asked = {question.values.get("column") for question in plan.questions}
    asked.add(language.text(WHY_ASIDE))
    for _, header in plan.headers:
        titles = [
            title
            for title in header.unread
            if title.casefold().rstrip(".") not in _ROW_NUMBERS
            and title not in asked
        ]
        if not titles:
            continue

        free = [
            column.name
            for column in COLUMNS[header.kind]
            if column.name not in header.places
        ]
        likely = [name for name in _LIKELY if name in free]
        return (likely or free or ["name"])[0], titles[0]

    return None


def print_effects(plan: "ImportPlan", language: Language) -> None:
    """Print how many rows of each kind are new, changed …, then the changes."""
    for kind, counts in plan.counts.items():
        parts = [
            f"{language.text(what_word(what))} {language.number(n, 0)}"
            for what, n in counts.items()
        ]
        print(f"{language.text(noun_word(kind))}: {', '.join(parts)}")

    shown: Counter[str] = Counter()
    for effect in plan.effects:
        shown[effect.what] += 1
        if shown[effect.what] <= MANY:
            changes = describe_changes(effect, language)
            line = f"{language.text(what_word(effect.what))}  {effect.name}"
            line = f"{line}: {changes}" if changes else line
            print(f"  {visible(line)}")

    for what, count in shown.items():
        if count > MANY:
            more = language.plural(
                "… and {n} more",
                "… and {n} more",
                count - MANY,
            )
            print(f"  {language.text(what_word(what))}: {more}")


def read_given_answers(form: Path | None, *, dry_run: bool) -> "Answers":
    """Return the answers in a form; none if a dry run is yet to write it."""
    from tracker.exchange.questions import read_answers

    if form is None or (dry_run and not form.exists()):
        return {}
    return read_answers(form)


def can_ask() -> bool:
    """Return whether a person at a terminal can answer questions."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def print_questions(
    questions: Sequence["Question"],
    language: Language,
) -> None:
    """Print the open questions and their answers; many alike are one question."""
    from tracker.exchange.questions import group_questions

    for question, members in group_questions(questions):
        print(_question_line(question, language))
        for candidate in question.candidates:
            meaning = language.text(candidate.msgid, **candidate.values)
            print(f"    {visible(candidate.answer)}: {meaning}")
        if question.hint:
            print(f"    {language.text(question.hint, **question.values)}")
        if members[1:]:
            for member in members[:MANY]:
                print(f"  {_question_line(member, language)}")
            _print_rest(len(members), language, sys.stdout)


def print_unanswered(
    questions: Sequence["Question"],
    language: Language,
) -> None:
    """Print on standard error the open questions that stop an import."""
    from tracker.exchange.questions import group_questions

    groups = group_questions(questions)
    for question, _ in groups[:MANY]:
        print(_question_line(question, language), file=sys.stderr)
        if question.hint:
            hint = language.text(question.hint, **question.values)
            print(f"  {hint}", file=sys.stderr)
    _print_rest(len(groups), language, sys.stderr)


def _print_rest(count: int, language: Language, out: TextIO) -> None:
    if count > MANY:
        more = language.plural("… and {n} more", "… and {n} more", count - MANY)
        print(f"  {more}", file=out)


def _question_line(question: "Question", language: Language) -> str:
    return f"{visible(question.key)}: {language.text(question.msgid, **question.values)}"


def ask_questions(
    questions: Sequence["Question"],
    language: Language,
) -> dict[str, str]:
    """Ask the questions on the terminal and return the answers.

    Many alike are asked as one first, and one by one only if the user wants that.
    Raises ``Rejected`` if Enter alone is pressed.
    """
    from tracker.exchange.questions import EACH, group_questions

    given: dict[str, str] = {}
    groups = group_questions(questions)
    for index, (question, members) in enumerate(groups, start=1):
        chosen = _ask(question, f"[{index}/{len(groups)}]", language)
        if chosen != EACH:
            given[question.key] = chosen
            continue
        for number, member in enumerate(members, start=1):
            mark = f"[{index}/{len(groups)}, {number}/{len(members)}]"
            given[member.key] = _ask(member, mark, language)
    return given


def _ask(question: "Question", mark: str, language: Language) -> str:
    asked = language.text(question.msgid, **question.values)
    print(f"{mark} {asked}", file=sys.stderr)
    if question.hint:
        hint = language.text(question.hint, **question.values)
        print(f"  {hint}", file=sys.stderr)
    for number, candidate in enumerate(question.candidates, start=1):
        meant = language.text(candidate.msgid, **candidate.values)
        print(f"  {number}  {meant}", file=sys.stderr)
    return _read_choice(question, language)


def _read_choice(question: "Question", language: Language) -> str:
    answers = [candidate.answer for candidate in question.candidates]
    prompt = f"{language.text('Your choice')}: "
    while True:
        print(prompt, end="", file=sys.stderr, flush=True)
        typed = sys.stdin.readline().strip()
        if not typed:
            raise Rejected("Stopped; nothing was changed.")

        if typed.isdigit() and 1 <= int(typed) <= len(answers):
            return answers[int(typed) - 1]
        if typed in answers:
            return typed

        hint = language.text(
            "Write a number from 1 to {n}; Enter alone stops.",
            n=len(answers),
        )
        print(hint, file=sys.stderr)
