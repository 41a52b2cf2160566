"""What only a person can decide about a file: questions as data, and their answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from tracker.errors import Rejected
from tracker.exchange.reading.toml_file import read_toml
from tracker.language import N_, Language
from tracker.text import visible

Answers = Mapping[str, str]
"""The answer to each question by its key, or to every question of a sort by the part before ``:``."""

SAME, NEW, SKIP, EACH = "same", "new", "skip", "each"
_FOR_ALL = frozenset((SAME, NEW, SKIP, EACH))
"""Answers that can be given to every question of a sort; they leave open those that they do not fit."""
_DIFFERENT_EACH = frozenset(("column",))
"""The sorts of questions of which each has an answer of its own."""
_MOST_NAMES = 8


class Candidate(NamedTuple):
    """One answer that can be given: what is written down for it, and what it means."""

    answer: str
    msgid: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Question:
    """Something that a file leaves open; ``key`` is the same every time the file is read."""

    key: str
    msgid: str
    values: dict[str, Any]
    candidates: tuple[Candidate, ...]
    hint: str = ""
    """A msgid that says how a mapping file settles it for every next time, with the same values."""

    @property
    def sort(self) -> str:
        """The sort of question, under which all of its sort can be answered at once."""
        return self.key.partition(":")[0]

    @property
    def answers(self) -> tuple[str, ...]:
        """What can be answered."""
        return tuple(candidate.answer for candidate in self.candidates)

    def answer_in(self, answers: Answers) -> str | None:
        """Return the answer that is given to it, or to all of its sort; None if it is open.

        Raises ``Rejected`` for an answer that is not one of the candidates.
        """
        own = answers.get(self.key)
        answer = own or answers.get(self.sort)
        if not answer:
            return None
        if answer in self.answers:
            return answer
        if not own and answer in _FOR_ALL:
            return None
        raise Rejected(
            "“{answer}” does not answer “{key}”: write one of {expected}.",
            answer=answer,
            key=self.key,
            expected=", ".join(self.answers),
        )


class QuestionGroup(NamedTuple):
    """Questions of one sort that one answer can settle; a group of one is the question itself."""

    question: Question
    members: tuple[Question, ...]

    @property
    def is_single(self) -> bool:
        """Whether it is one question."""
        return len(self.members) == 1


def group_questions(
    questions: Iterable[Question],
    answers: Answers | None = None,
) -> list[QuestionGroup]:
    """Return the questions with those of one sort as one, if one answer can settle them all.

    The answer to a group is kept under its sort; one that is ``each`` leaves its members ungrouped.
    """
    one_by_one = {
        sort for sort, answer in (answers or {}).items() if answer == EACH
    }
    one_by_one |= _DIFFERENT_EACH
    sorts: dict[str, list[Question]] = {}
    for question in questions:
        sorts.setdefault(question.sort, []).append(question)
    groups: list[QuestionGroup] = []
    for members in sorts.values():
        common = [
            answer
            for answer in members[0].answers
            if all(answer in question.answers for question in members)
        ]
        if len(members) > 1 and common and members[0].sort not in one_by_one:
            groups.append(
                QuestionGroup(_of_all(members, common), tuple(members)),
            )
        else:
            groups += [
                QuestionGroup(question, (question,)) for question in members
            ]
    return groups


def _of_all(members: Sequence[Question], common: Sequence[str]) -> Question:
    first = members[0]
    names = [_name_of(question) for question in members]
    shown = ", ".join(names[:_MOST_NAMES]) + (
        " …" if names[_MOST_NAMES:] else ""
    )
    candidates = [_for_all(members, answer) for answer in common]
    is_alike = all(question.msgid == first.msgid for question in members)
    msgid = _TOGETHER.get(first.sort) if is_alike else None
    return Question(
        first.sort,
        msgid or _TOGETHER_OTHERWISE,
        {"count": len(members), "names": shown},
        (*candidates, Candidate(EACH, N_("one by one"), {})),
    )


def _for_all(members: Sequence[Question], answer: str) -> Candidate:
    """Return an answer as it is offered for all of the questions."""
    if answer in _ANSWER_FOR_ALL:
        return Candidate(answer, _ANSWER_FOR_ALL[answer], {})
    offered = [
        candidate
        for question in members
        for candidate in question.candidates
        if candidate.answer == answer
    ]
    is_alike = all(candidate == offered[0] for candidate in offered)
    return offered[0] if is_alike else Candidate(answer, answer, {})


def _name_of(question: Question) -> str:
    for name in ("name", "column", "opd", "service", "file"):
        if question.values.get(name):
            return str(question.values[name])
    return question.key


_TOGETHER = {
    "opd": N_("{count} OPDs are not known: {names}."),
    "transferred": N_("{count} services are listed with another OPD: {names}."),
    "renamed": N_("{count} codes stand with another name: {names}."),
    "recoded": N_("{count} names have another code: {names}."),
    "near": N_("{count} names are new, or nearly those of others: {names}."),
    "sheet-opd": N_(
        "{count} sheets or files have no column of OPDs and are called after one: {names}.",
    ),
    "note": N_(
        "{count} sheets have rows with one value each, as notes and headings have: {names}.",
    ),
    "above": N_(
        "{count} sheets leave the OPD blank in rows below one that names it: {names}.",
    ),
    "untold": N_(
        "{count} rows are filled in without a stage that nobody has told yet: {names}.",
    ),
    "unfilled": N_("{count} sheets have nothing filled in: {names}."),
    "dates": N_(
        "{count} columns of dates leave open which number is the day: {names}.",
    ),
    "spans": N_("{count} columns have cells with several numbers: {names}."),
    "changed": N_("{count} values were changed on both sides: {names}."),
    "removed": N_(
        "{count} entries were taken out on one side and changed on the other: {names}.",
    ),
    "rule": N_("Of {count}, what both sides did cannot both stand: {names}."),
    "double": N_(
        "{count} codes or names were entered on both sides and may be one: {names}.",
    ),
}
_TOGETHER_OTHERWISE = N_("{count} questions of one kind: {names}.")
_ANSWER_FOR_ALL = {
    SAME: N_("each is the one that is there"),
    NEW: N_("all are new: they are entered"),
    SKIP: N_("all are left out"),
    "here": N_("of each, what is here stays"),
    "there": N_("of each, what is there is taken"),
    "one": N_("each two are one"),
    "two": N_("all are different: both of each stay"),
}


def read_answers(path: Path) -> dict[str, str]:
    """Read a file of answers without its empty lines; raise ``Rejected`` if it is not TOML."""
    said = read_toml(path)
    answers = said.get("answers", said)
    if not isinstance(answers, dict):
        raise Rejected(
            "In {file}, {name} must be a section: [{name}].",
            file=path.name,
            name="answers",
        )
    return {
        str(key): str(answer) for key, answer in answers.items() if answer != ""
    }


def answers_form(
    questions: Sequence[Question],
    language: Language,
    given: Answers | None = None,
) -> str:
    """Return the form in which the questions can be answered: TOML, each explained in comments.

    Many alike can be answered at once, by their sort. Answers that are given already stay in it.
    """
    import tomli_w

    lines = [
        "# "
        + language.text(
            "Write one of the words offered between the quotation marks.",
        ),
        "[answers]",
    ]
    if given:
        lines.append(tomli_w.dumps(dict(given)).strip())
    for group in group_questions(questions):
        if not group.is_single:
            lines += ["", "# " + language.text("One answer for all of them:")]
            lines += _form_entry(group.question, language)[1:]
        for question in group.members:
            lines += _form_entry(question, language)
    return "\n".join(lines) + "\n"


def _form_entry(question: Question, language: Language) -> list[str]:
    import tomli_w

    said = [question.msgid, *([question.hint] if question.hint else [])]
    lines = [
        "",
        *("# " + language.text(msgid, **question.values) for msgid in said),
    ]
    lines += [
        f"#   {visible(c.answer)}: {language.text(c.msgid, **c.values)}"
        for c in question.candidates
    ]
    return [*lines, tomli_w.dumps({question.key: ""}).strip()]
