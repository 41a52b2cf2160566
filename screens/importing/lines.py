"""An import in lines: how the file is understood, questions, problems, and the outcome."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from screens.importing.files import Found
from screens.importing.forms import meanings
from screens.importing.job import ImportPreview, Job, example
from screens.importing.mending import bad_rows
from screens.navigation import ImportLine
from screens.widgets.lines import (
    EMPTY_LINE,
    Item,
    text_item,
    wrap_after_sign,
)
from screens.widgets.paint import Piece, fit, safe_line
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
    found: Sequence[Found],
    language: Language,
    *,
    whole: bool = False,
) -> list[Item]:
    """Return the folders and files to choose from; with ``whole`` also all files at once."""
    if not found:
        none = language.text("There is no file here that can be read.")
        return [text_item(f" {none}", "quiet")]

    items = [_file(index, one, language) for index, one in enumerate(found)]
    files = [one for one in found if not one.folder]
    if whole and len(files) > 1:
        every = language.text("All CSV and XLSX files of this folder")
        pieces = (" ▸ ", "key"), (every, "")
        items.insert(0, Item(pieces, ImportLine("folder:")))
    return items


def _file(index: int, found: Found, language: Language) -> Item:
    opens = ImportLine(f"file:{index}")
    name = safe_line(found.name)
    if found.folder:
        return Item(((" ▸ ", "key"), (name, "strong")), opens)

    # Rounded up, so that no file has 0 kB.
    size = language.text("{n} kB", n=-(-found.size // 1000))
    written = language.date(found.written.date())
    end = (f" {size}  ", "quiet"), (f"{written} ", "quiet")
    return Item((("   ", ""), (name, "")), opens, end)


def import_items(
    seen: ImportPreview,
    language: Language,
    width: int,
) -> list[Item]:
    """Return the lines of an import; each that can be changed opens what changes it."""
    job, plan = seen.job, seen.plan
    columns: list[Item] = []
    for index, (grid, header) in enumerate(seen.headers):
        columns += _columns(index, grid, header, job, language)

    items = [
        *_verdict(plan, language, width),
        *_unread(plan, language, width),
        *_questions(job, plan, language, width),
        *_words(seen, language),
        *_problems(plan, language, width),
    ]
    # Without a plan the columns are what has to be corrected first.
    if not plan.headers:
        items += columns
    items += _outcome(plan, language)
    items += _reading(job, language)
    if plan.headers:
        items += columns
    return items


def _heading(text: str, count: int | None = None) -> Iterator[Item]:
    number = "" if count is None else f" {count}"
    yield EMPTY_LINE
    yield Item(((f" {text}", "title"), (number, "strong")))


def _verdict(
    plan: ImportPlan,
    language: Language,
    width: int,
) -> Iterator[Item]:
    """Return whether the import can be entered, and what to do."""
    text = language.text
    if plan.problems:
        sign, role = " ✗ ", "bad"
        verdict = text(
            "Nothing can be imported yet: correct what is wrong, here or in the file.",
        )
    elif plan.questions:
        sign, role = " ? ", "warn"
        verdict = text("Questions are open: choose an answer to each.")
    elif plan.changes_nothing:
        sign, role = " = ", "quiet"
        verdict = text("All that the file says is in the register already.")
    else:
        sign, role = " ✓ ", "good"
        verdict = text(
            "Ready: F2 enters all of it as one action, and u takes it back.",
        )
    return wrap_after_sign(verdict, width, sign, role)


def _unread(
    plan: ImportPlan,
    language: Language,
    width: int,
) -> Iterator[Item]:
    """Yield the columns that are not read, by sheet; a line opens the form of the first."""
    for index, (grid, header) in enumerate(plan.headers):
        if not header.unread:
            continue

        columns = ", ".join(header.unread)
        text = language.text("Columns not read: {columns}", columns=columns)
        if len(plan.headers) > 1:
            text = f"{grid.name}: {text}"
        first, *others = wrap_after_sign(text, width, " ! ", "warn")
        yield replace(first, opens=ImportLine(f"unread:{index}"))
        yield from others

    for line in part_lines(plan.account, language):
        first, *others = wrap_after_sign(line, width, " ! ", "warn")
        yield replace(first, opens=ImportLine("reading:"))
        yield from others


def _questions(
    job: Job,
    plan: ImportPlan,
    language: Language,
    width: int,
) -> Iterator[Item]:
    """Show the open questions with their answers; many alike are one question."""
    groups = group_questions(plan.questions, job.answers)
    if groups:
        yield from _heading(language.text("Questions"), len(groups))
    for question, _ in groups[:_MANY]:
        asked = language.text(question.msgid, **question.values)
        yield from wrap_after_sign(asked, width, "   ? ", "")
        for candidate in question.candidates:
            meant = language.text(candidate.msgid, **candidate.values)
            opens = ImportLine(f"answer:{question.key}\n{candidate.answer}")
            yield Item((("     ○ ", "key"), (safe_line(meant), "")), opens)
    yield from _more(len(groups) - _MANY, language)


def _words(seen: ImportPreview, language: Language) -> Iterator[Item]:
    """Yield the words without a meaning, and those with a given one; each opens its form."""
    # In a register without OPDs none can be chosen: the question about them is enough.
    has_opds = bool(seen.register.opds)
    unknown = [
        one for one in seen.plan.unknown if has_opds or one.column != "opd"
    ]
    known = [
        (column, word, ours)
        for column, words in seen.job.mapping.values.items()
        for word, ours in words.items()
    ]
    if unknown or known:
        title = language.text("Words of the file")
        yield from _heading(title, len(unknown) or None)

    missing = language.text("choose what it means")
    for column, word, rows in unknown[:_MANY]:
        count = language.plural("{n} row", "{n} rows", rows)
        pieces = (f" ← {missing}", "bad"), (f"  {count}", "quiet")
        yield _word_item(column, word, pieces, language)
    yield from _more(len(unknown) - _MANY, language)

    for column, word, ours in known[:_MANY]:
        meaning = safe_line(_meaning(column, ours, language))
        pieces_known = ((f" ← {meaning}", "key"),)
        yield _word_item(column, word, pieces_known, language)
    yield from _more(len(known) - _MANY, language)


def _word_item(
    column: str,
    word: str,
    pieces: Sequence[Piece],
    language: Language,
) -> Item:
    typed = (f" “{safe_line(word)}”", "")
    line = (*_label(name_word(column), language), typed, *pieces)
    return Item(line, ImportLine(f"word:{column}:{word}"))


def _meaning(column: str, ours: str, language: Language) -> str:
    """Return one of our values as the user reads it."""
    for meaning in meanings(column, language):
        if meaning.value == ours:
            return meaning.word
    return ours


def _label(msgid: str, language: Language) -> list[Piece]:
    """Return the label of a line, as wide as all of them."""
    return fit([(f"   {language.text(msgid)}", "")], _OURS + 3)


def _problems(
    plan: ImportPlan,
    language: Language,
    width: int,
) -> Iterator[Item]:
    """Yield what is wrong; a line of rows opens the ways to handle them."""
    if not plan.problems:
        return

    yield from _heading(language.text("Wrong"), len(plan.problems))
    rows = {
        (problem.values["file"], row)
        for problem in bad_rows(plan.problems)
        for row in rows_of(problem)
    }
    if len(rows) > 1:
        offer = language.plural(
            "Put the bad row aside into a file",
            "Put all {n} bad rows aside into a file",
            len(rows),
        )
        yield Item((("   ▸ ", "key"), (offer, "")), ImportLine("rows-aside:"))

    groups = group_problems(plan.problems)
    for index, problem in enumerate(groups[:_MANY]):
        line = problem_line(language, problem)
        first, *others = wrap_after_sign(line, width, "   ✗ ", "bad")
        opens = ImportLine(f"problem:{index}") if rows_of(problem) else None
        yield replace(first, opens=opens)
        yield from others
    yield from _more(len(groups) - _MANY, language)


def _outcome(plan: ImportPlan, language: Language) -> Iterator[Item]:
    """Yield how many facts of each kind would change, and each change."""
    if not plan.counts:
        return

    yield from _heading(language.text("What would come of it"))
    for kind, counts in plan.counts.items():
        pieces = _label(kind_word(kind), language)
        for what, count in counts.items():
            word = language.text(what_word(what))
            pieces.append((f" {language.number(count, 0)}", "strong"))
            pieces.append((f" {word} ", "quiet"))
        yield Item(tuple(pieces))

    for effect in plan.effects[:_MANY]:
        what = language.text(what_word(effect.what))
        changes = safe_line(describe_changes(effect, language))
        pieces = [
            *fit([(f"     {what}", "quiet")], _OURS + 3),
            (f" {safe_line(effect.name)}", ""),
        ]
        if changes:
            pieces.append((f"  {changes}", "quiet"))
        yield Item(tuple(pieces))
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
    said = (
        ("kind", text("Rows are"), kind),
        ("sheet", text("Sheet"), sheet),
        ("as_of", text("Inventory of"), language.date(reading.as_of)),
        ("create_opds", text("Enter new OPDs"), yes_no[reading.create_opds]),
        (
            "retire_missing",
            text("Retire unlisted"),
            yes_no[reading.retire_missing],
        ),
        ("mapping", text("Mapping file"), safe_line(reading.mapping) or "–"),
    )
    for name, label, value in said:
        yield Item(
            (*fit([(f"   {label}", "quiet")], _OURS + 3), (f" {value}", "")),
            ImportLine(f"reading:{name}"),
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
            f"   {text('Keep for next time')} …",
            "key",
            ImportLine("keep:"),
        )


def _columns(
    index: int,
    grid: Grid,
    header: Header,
    job: Job,
    language: Language,
) -> Iterator[Item]:
    """Yield a sheet's name and kind, and each of our columns with theirs."""
    about = language.text(kind_word(header.kind))
    if header.row:
        about += ", " + language.text("header in row {row}", row=header.row)
    yield EMPTY_LINE
    yield Item(((f" {safe_line(grid.name)}", "title"), (f"  {about}", "quiet")))

    for column in COLUMNS[header.kind]:
        # Only exports have these two.
        is_rare = column.name in {"recorded_at", "by"}
        if column.needed or column.name in header.places or not is_rare:
            yield _column(index, column, grid, header, job, language)

    if header.ignored:
        columns = ", ".join(header.ignored)
        ignored = language.text("Left aside: {columns}", columns=columns)
        opens = None if grid.places else ImportLine(f"aside:{index}")
        yield text_item(f"   {ignored}", "quiet", opens)


def _column(
    index: int,
    column: Column,
    grid: Grid,
    header: Header,
    job: Job,
    language: Language,
) -> Item:
    """Return one of our columns, with theirs and an example of its values."""
    label = _label(column_word(column), language)
    opens = ImportLine(f"column:{index}:{column.name}")
    at = header.places.get(column.name)
    if at is None:
        missing, role = language.text("none"), "quiet"
        if column.needed:
            missing, role = language.text("needed: choose a column"), "bad"
        return Item((*label, (f" ← {missing}", role)), opens)

    is_chosen = column.name in job.mapping.columns
    title = safe_line(header.titles[at])
    pieces = [*label, (f" ← {title}", "key" if is_chosen else "good")]

    shown = example(grid, header, at)
    if grid.places:
        shown = _meaning(column.name, shown, language)
    if shown:
        such_as = language.text("such as “{example}”", example=shown)
        pieces.append((f"  {such_as}", "quiet"))
    return Item(tuple(pieces), opens)
