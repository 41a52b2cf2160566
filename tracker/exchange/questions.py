"""What only a person can decide about a file: questions as data, and their answers."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from tracker.errors import Rejected
from tracker.language import Language
from tracker.os_errors import reason_of
from tracker.paths import ordinary
from tracker.text import visible

Answers = Mapping[str, str]
"""The answer to each question by its key, or to every question of a sort by the part before ``:``."""

SAME, NEW, SKIP = "same", "new", "skip"


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

    @property
    def sort(self) -> str:
        """The sort of question, under which all of its sort can be answered at once."""
        return self.key.partition(":")[0]

    def answer_in(self, answers: Answers) -> str | None:
        """Return the answer that is given; ``Rejected`` where it is none of the candidates."""
        answer = answers.get(self.key) or answers.get(self.sort)
        if not answer:
            return None
        if answer not in {candidate.answer for candidate in self.candidates}:
            raise Rejected(
                "“{answer}” does not answer “{key}”: write one of {expected}.",
                answer=answer,
                key=self.key,
                expected=", ".join(candidate.answer for candidate in self.candidates),
            )
        return answer


def read_answers(path: Path) -> dict[str, str]:
    """Read the file of answers; unanswered lines are left out. ``Rejected`` where it is no TOML."""
    try:
        said = tomllib.loads(ordinary(path).read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise Rejected(
            "{file} cannot be read: {reason}.", file=path.name, reason=reason_of(error)
        ) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Rejected(
            "{file} is not a TOML file: {reason}.", file=path.name, reason=str(error)
        ) from None
    answers = said.get("answers", said)
    if not isinstance(answers, dict):
        raise Rejected(
            "In {file}, {name} must be a section: [{name}].",
            file=path.name,
            name="answers",
        )
    return {str(key): str(answer) for key, answer in answers.items() if answer != ""}


def answers_form(
    questions: Iterable[Question], language: Language, given: Answers | None = None
) -> str:
    """Return the form in which the questions can be answered: TOML, each explained in comments.

    Answers that are given already stay in it.
    """
    import tomli_w

    lines = [
        "# "
        + language.text("Write one of the words offered between the quotation marks."),
        "[answers]",
    ]
    if given:
        lines.append(tomli_w.dumps(dict(given)).strip())
    for question in questions:
        lines += ["", "# " + language.text(question.msgid, **question.values)]
        lines += [
            f"#   {visible(c.answer)}: {language.text(c.msgid, **c.values)}"
            for c in question.candidates
        ]
        lines.append(tomli_w.dumps({question.key: ""}).strip())
    return "\n".join(lines) + "\n"
