"""What the files may hold where they were not read is not missing: retiring it is asked about."""

from dataclasses import replace

from tracker.exchange.account import Account, Part, Unread
from tracker.exchange.options import ImportOptions
from tracker.exchange.questions import Answers, Candidate, Question
from tracker.language import N_

_RETIRE, _KEEP = "retire", "keep"


def settle_retiring(
    account: Account,
    options: ImportOptions,
    answers: Answers,
) -> tuple[ImportOptions, list[Question]]:
    """Return the options, without ``retire_missing`` if a person says so, and the questions left open.

    Each sheet, file or folder that is not read and may list services is one question. Raises ``Rejected``
    for an answer that is none.
    """
    if not options.retire_missing:
        return options, []
    asked = [_question(one) for one in account.may_list_more]
    given = [question.answer_in(answers) for question in asked]
    if _KEEP in given:
        options = replace(options, retire_missing=False)
    left = [
        question
        for question, answer in zip(asked, given, strict=True)
        if not answer
    ]
    return options, left


def _question(one: Unread) -> Question:
    msgid = (
        N_(
            "The sheet “{name}” of {file} is not read and may list services that seem missing. "
            "Is what is missing retired all the same?",
        )
        if one.part is Part.SHEET
        else N_(
            "{file} is not read and may list services that seem missing. "
            "Is what is missing retired all the same?",
        )
    )
    return Question(
        f"unread:{one.file}" + (f"/{one.name}" if one.name else ""),
        msgid,
        {"file": one.file, "name": one.name},
        (
            Candidate(_RETIRE, N_("yes: it lists none of them"), {}),
            Candidate(_KEEP, N_("no: nothing is retired by this import"), {}),
        ),
    )
