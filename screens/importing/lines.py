"""An import in lines: how the file is understood, what is asked, what is wrong, and what would come of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from screens.importing.files import Found
from screens.importing.forms import meanings
from screens.importing.job import ImportPreview, Job, example
from screens.importing.mending import bad_rows
from screens.navigation import ImportLine
from screens.widgets.lines import EMPTY_LINE, Item, text_item
from screens.widgets.paint import Piece, fit, safe_line, wrap_text
from tracker.exchange.account import part_lines
from tracker.exchange.aside import rows_of
from tracker.exchange.columns import COLUMNS, Column
from tracker.exchange.effects import describe_changes
from tracker.exchange.importing import ImportPlan
from tracker.exchange.labels import column_word, kind_word, name_word, what_word
from tracker.exchange.parsing.headers import Header
from tracker.exchange.parsing.mapping import Mapping
from tracker.exchange.problems import group_problems, problem_line
from tracker.exchange.questions import group_questions
from tracker.exchange.reading.grid import Grid
from tracker.exchange.reading.sheet_choice import ALL
from tracker.language import Language

_MANY = 100
_OURS = 20


def file_items(
    found: Sequence[Found], language: Language, *, whole: bool = False
) -> list[Item]:
    """Return the folders and files to choose from as lines, with ``whole`` also all files at once."""
    if not found:
        return [
            text_item(
                " " + language.text("There is no file here that can be read."),
                "quiet",
            )
        ]
    lines = [_file(place, one, language) for place, one in enumerate(found)]
    if whole and sum(not one.folder for one in found) > 1:
        return [
            Item(
                (
                    (" ▸ ", "key"),
                    (
                        language.text("All CSV and XLSX files of this folder"),
                        "",
                    ),
                ),
                ImportLine("folder:"),
            ),
            *lines,
        ]
    return lines


def _file(place: int, found: Found, language: Language) -> Item:
    if found.folder:
        return Item(
            ((" ▸ ", "key"), (safe_line(found.name), "strong")),
            ImportLine(f"file:{place}"),
        )
    size = language.text("{n} kB", n=-(-found.size // 1000))
    end: tuple[Piece, ...] = (
        (f" {size}  ", "quiet"),
        (f"{language.date(found.written.date())} ", "quiet"),
    )
    return Item(
        (("   ", ""), (safe_line(found.name), "")),
        ImportLine(f"file:{place}"),
        end,
    )


def import_items(
    seen: ImportPreview, language: Language, width: int
) -> list[Item]:
    """Return the lines of an import; each that can be changed opens what changes it."""
    job, plan = seen.job, seen.plan
    columns = [
        item
        for at, one in enumerate(seen.headers)
        for item in _columns(at, *one, job, language)
    ]
    reading = list(_reading(job, language))
    return [
        *_verdict(plan, language, width),
        *_unread(plan, language, width),
        *_questions(job, plan, language, width),
        *_words(seen, language),
        *_problems(plan, language, width),
        *([] if plan.headers else columns),
        *_outcome(plan, language),
        *reading,
        *(columns if plan.headers else []),
    ]


def _heading(text: str, count: int | None = None) -> Iterator[Item]:
    yield EMPTY_LINE
    yield Item(
        (
            (f" {text}", "title"),
            (f" {count}" if count is not None else "", "strong"),
        )
    )


def _verdict(
    plan: ImportPlan, language: Language, width: int
) -> Iterator[Item]:
    text = language.text
    if plan.problems:
        said = text(
            "Nothing can be imported yet: correct what is wrong, here or in the file."
        )
        return _wrapped(said, width, " ✗ ", "bad")
    if plan.questions:
        return _wrapped(
            text("Questions are open: choose an answer to each."),
            width,
            " ? ",
            "warn",
        )
    if plan.changes_nothing:
        said = text("All that the file says is in the register already.")
        return _wrapped(said, width, " = ", "quiet")
    said = text(
        "Ready: F2 enters all of it as one action, and u takes it back."
    )
    return _wrapped(said, width, " ✓ ", "good")


def _unread(plan: ImportPlan, language: Language, width: int) -> Iterator[Item]:
    """Tell which columns are not read, sheet by sheet; the line opens what says what one holds."""
    for place, (grid, header) in enumerate(plan.headers):
        if not header.unread:
            continue
        said = language.text(
            "Columns not read: {columns}", columns=", ".join(header.unread)
        )
        text = f"{grid.name}: {said}" if len(plan.headers) > 1 else said
        first, *others = _wrapped(text, width, " ! ", "warn")
        yield replace(first, opens=ImportLine(f"unread:{place}"))
        yield from others
    for line in part_lines(plan.account, language):
        first, *others = _wrapped(line, width, " ! ", "warn")
        yield replace(first, opens=ImportLine("reading:"))
        yield from others


def _wrapped(text: str, width: int, first: str, role: str) -> Iterator[Item]:
    """Return a text that may be long as lines, the first after a sign."""
    for place, part in enumerate(wrap_text(text, width - len(first) - 1)):
        yield text_item(
            (first if place == 0 else " " * len(first)) + part, role
        )


def _questions(
    job: Job, plan: ImportPlan, language: Language, width: int
) -> Iterator[Item]:
    """Show the open questions with their answers; many alike are one question."""
    groups = group_questions(plan.questions, job.answers)
    if groups:
        yield from _heading(language.text("Questions"), len(groups))
    for question, _ in groups[:_MANY]:
        asked = language.text(question.msgid, **question.values)
        yield from _wrapped(asked, width, "   ? ", "")
        for candidate in question.candidates:
            meant = language.text(candidate.msgid, **candidate.values)
            opens = ImportLine(f"answer:{question.key}\n{candidate.answer}")
            yield Item((("     ○ ", "key"), (safe_line(meant), "")), opens)
    yield from _more(len(groups) - _MANY, language)


def _words(seen: ImportPreview, language: Language) -> Iterator[Item]:
    """Show the words that mean nothing yet, and those that were given a meaning; each can be given one."""
    said = [
        (column, word, ours)
        for column, words in seen.job.mapping.values.items()
        for word, ours in words.items()
    ]
    # Where there are no OPDs yet, none can be chosen; the question about them says it all.
    unknown = [
        one
        for one in seen.plan.unknown
        if one.column != "opd" or seen.register.opds
    ]
    if unknown or said:
        yield from _heading(
            language.text("Words of the file"), len(unknown) or None
        )
    for column, word, rows in unknown[:_MANY]:
        count = language.plural("{n} row", "{n} rows", rows)
        missing = language.text("choose what it means")
        pieces: list[Piece] = [
            (f" “{safe_line(word)}”", ""),
            (f" ← {missing}", "bad"),
            (f"  {count}", "quiet"),
        ]
        yield Item(
            (*_ours(column, language), *pieces),
            ImportLine(f"word:{column}:{word}"),
        )
    yield from _more(len(unknown) - _MANY, language)
    for column, word, ours in said[:_MANY]:
        pieces = [
            (f" “{safe_line(word)}”", ""),
            (f" ← {safe_line(_meaning(column, ours, language))}", "key"),
        ]
        yield Item(
            (*_ours(column, language), *pieces),
            ImportLine(f"word:{column}:{word}"),
        )
    yield from _more(len(said) - _MANY, language)


def _meaning(column: str, ours: str, language: Language) -> str:
    return next(
        (one.word for one in meanings(column, language) if one.value == ours),
        ours,
    )


def _ours(column: str, language: Language) -> list[Piece]:
    return fit([(f"   {language.text(name_word(column))}", "")], _OURS + 3)


def _problems(
    plan: ImportPlan, language: Language, width: int
) -> Iterator[Item]:
    """Show what is wrong; a line of rows opens what can be done about them."""
    if plan.problems:
        yield from _heading(language.text("Wrong"), len(plan.problems))
    rows = {
        (problem.values["file"], row)
        for problem in bad_rows(plan.problems)
        for row in rows_of(problem)
    }
    if len(rows) > 1:
        said = language.plural(
            "Put the bad row aside into a file",
            "Put all {n} bad rows aside into a file",
            len(rows),
        )
        yield Item((("   ▸ ", "key"), (said, "")), ImportLine("rows-aside:"))
    every = group_problems(plan.problems)
    for place, problem in enumerate(every[:_MANY]):
        said = problem_line(language, problem)
        first, *others = _wrapped(said, width, "   ✗ ", "bad")
        opens = ImportLine(f"problem:{place}") if rows_of(problem) else None
        yield replace(first, opens=opens)
        yield from others
    yield from _more(len(every) - _MANY, language)


def _outcome(plan: ImportPlan, language: Language) -> Iterator[Item]:
    if not plan.counts:
        return
    yield from _heading(language.text("What would come of it"))
    for kind, counts in plan.counts.items():
        pieces: list[Piece] = [
            *fit([(f"   {language.text(kind_word(kind))}", "")], _OURS + 3)
        ]
        for what, count in counts.items():
            pieces += [
                (f" {language.number(count, 0)}", "strong"),
                (f" {language.text(what_word(what))} ", "quiet"),
            ]
        yield Item(tuple(pieces))
    for effect in plan.effects[:_MANY]:
        changes = safe_line(describe_changes(effect, language))
        yield Item(
            (
                *fit(
                    [
                        (
                            f"     {language.text(what_word(effect.what))}",
                            "quiet",
                        )
                    ],
                    _OURS + 3,
                ),
                (f" {safe_line(effect.name)}", ""),
                (f"  {changes}" if changes else "", "quiet"),
            )
        )
    yield from _more(len(plan.effects) - _MANY, language)


def _more(count: int, language: Language) -> Iterator[Item]:
    if count > 0:
        more = language.plural("… and {n} more", "… and {n} more", count)
        yield text_item(f"     {more}", "quiet")


def _reading(job: Job, language: Language) -> Iterator[Item]:
    text, reading = language.text, job.reading
    yield from _heading(text("How it is read"))
    kind = text("as the file says")
    if reading.kind:
        kind = text(kind_word(reading.kind))
    sheet = safe_line(reading.sheet) or text("the first")
    if reading.sheet == ALL:
        sheet = text("all sheets")

    yes_no = {True: text("Yes"), False: text("No")}
    for label, value in (
        (text("Rows are"), kind),
        (text("Sheet"), sheet),
        (text("Inventory of"), language.date(reading.as_of)),
        (text("Enter new OPDs"), yes_no[reading.create_opds]),
        (text("Retire unlisted"), yes_no[reading.retire_missing]),
        (text("Mapping file"), safe_line(reading.mapping) or "–"),
    ):
        yield Item(
            (*fit([(f"   {label}", "quiet")], _OURS + 3), (f" {value}", "")),
            ImportLine(f"reading:{label}"),
        )
    if job.answers:
        given = language.plural(
            "Take back the answer given",
            "Take back all {n} answers given",
            len(job.answers),
        )
        yield text_item(f"   {given} …", "key", ImportLine("forget:"))
    if job.mapping != Mapping():
        yield text_item(
            f"   {text('Keep for next time')} …", "key", ImportLine("keep:")
        )


def _columns(
    place: int, grid: Grid, header: Header, job: Job, language: Language
) -> Iterator[Item]:
    kind = language.text(kind_word(header.kind))
    row = (
        f", {language.text('header in row {row}', row=header.row)}"
        if header.row
        else ""
    )
    yield EMPTY_LINE
    yield Item(
        ((f" {safe_line(grid.name)}", "title"), (f"  {kind}{row}", "quiet"))
    )
    for column in COLUMNS[header.kind]:
        if (
            column.needed
            or column.name in header.places
            or column.name not in {"recorded_at", "by"}
        ):
            yield _column(place, column, grid, header, job, language)
    if header.ignored:
        said = language.text(
            "Left aside: {columns}", columns=", ".join(header.ignored)
        )
        opens = None if grid.places else ImportLine(f"aside:{place}")
        yield text_item(f"   {said}", "quiet", opens)


def _column(
    place: int,
    column: Column,
    grid: Grid,
    header: Header,
    job: Job,
    language: Language,
) -> Item:
    ours: list[Piece] = fit(
        [(f"   {language.text(column_word(column))}", "")], _OURS + 3
    )
    opens = ImportLine(f"column:{place}:{column.name}")
    at = header.places.get(column.name)
    if at is None:
        missing = (
            language.text("needed: choose a column")
            if column.needed
            else language.text("none")
        )
        return Item(
            (*ours, (f" ← {missing}", "bad" if column.needed else "quiet")),
            opens,
        )
    shown = example(grid, header, at)
    if grid.places:
        shown = _meaning(column.name, shown, language)
    said: list[Piece] = [
        (
            f" ← {safe_line(header.titles[at])}",
            "key" if column.name in job.mapping.columns else "good",
        )
    ]
    if shown:
        said.append(
            (
                f"  {language.text('such as “{example}”', example=shown)}",
                "quiet",
            )
        )
    return Item((*ours, *said), opens)
