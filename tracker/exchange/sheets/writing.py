"""A spreadsheet for each OPD to fill in: its services as they stand, and columns for what has changed."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from tracker.exchange.parsing.dates import SPREADSHEET_START
from tracker.exchange.progress import Hook, Progress
from tracker.exchange.sheets.layout import (
    COLUMNS,
    EXTRA_ROWS,
    HEADER_ROW,
    INSTRUCTIONS,
    MARKER,
    NAME_CELL,
    NAME_PLACE,
    OBSTACLES_PLACE,
    OPENING_INSTRUCTIONS,
    PHONE_CELL,
    REMARK_ROW,
    SENDER_ROW,
    SENT,
    TARGET_PLACE,
    VERSION,
    name_sheet,
)
from tracker.exchange.sheets.plans import (
    describe_obstacles,
    describe_standings,
    describe_targets,
)
from tracker.exchange.writing.output_folder import Written, writing_into
from tracker.exchange.writing.xlsx_cells import quote_text
from tracker.history import (
    days_at,
    entered_on,
    is_active,
    is_assumed,
    opd_at,
    stage_at,
    visits_at,
)
from tracker.labels import factor_word, stage_word
from tracker.language import N_, Language
from tracker.lookup import find_opd
from tracker.model import OPD, Factor, Service, Stage
from tracker.register import Register
from tracker.text import visible
from tracker.week import Week

_LOCKED, _OPEN, _HEAD, _LATE = "F2F2F2", "FFF9DB", "DDE6F0", "B00020"
_DAY_FORMAT = "dd/mm/yyyy"
_FIRST_DAY = date(2000, 1, 1)
"""The earliest day that a sheet accepts."""


def write_sheets(
    register: Register,
    out_dir: Path,
    opds: Sequence[str],
    language: Language,
    today: date,
    progress: Hook | None = None,
) -> list[Written]:
    """Write ``<OPD>-<week>.xlsx`` into ``out_dir`` for each OPD and return the files.

    ``opds`` are codes, names or aliases; none means every OPD that has services today. A
    sheet that was filled in since is kept beside the new one. Raises ``Rejected`` for an
    unknown OPD.
    """
    services = _group_services(register, today)
    chosen = [find_opd(register, name) for name in opds]
    if not chosen:
        all_opds = sorted(register.opds.values(), key=lambda opd: opd.code)
        chosen = [opd for opd in all_opds if services.get(opd.id)]

    standings = describe_standings(register, language, today)
    steps = Progress(progress)
    written = []
    with writing_into(out_dir, language) as output:
        for done, opd in enumerate(chosen, start=1):
            standing = standings.get(opd.id, "")
            sheet = _Sheet(register, opd, language, today, standing)
            book = sheet.make_book(services.get(opd.id, []))
            data = BytesIO()
            book.save(data)

            name = name_sheet(opd, today)
            written.append(output.write(name, data.getvalue()))
            part = steps.part((done - 1) / len(chosen), done / len(chosen))
            part.tell(1, 1)
    return written


def _group_services(
    register: Register,
    today: date,
) -> dict[str, list[Service]]:
    """Return the services that are offered today, by OPD, in the order of their names."""
    in_order = sorted(
        register.services.values(),
        key=lambda service: (service.name.casefold(), service.code),
    )
    services: dict[str, list[Service]] = {}
    for service in in_order:
        if is_active(register, service, today):
            opd = opd_at(register, service, today)
            services.setdefault(opd, []).append(service)
    return services


class _Sheet:
    """One OPD's workbook in the making."""

    def __init__(
        self,
        register: Register,
        opd: OPD,
        language: Language,
        today: date,
        standing: str = "",
    ) -> None:
        self.register = register
        self.opd = opd
        self.language = language
        self.today = today
        self.standing = standing
        self.week = Week.of(today)
        self.example = f"{today:%d/%m/%Y}"
        self.words = {
            stage: language.text(stage_word(stage)) for stage in Stage
        }

    def make_book(self, services: Sequence[Service]) -> Any:
        """Return the workbook: the sheet to fill in, the instructions, the hidden marker."""
        from openpyxl import Workbook

        book = Workbook()
        sheet = book.active
        sheet.title = self.language.text("Services")
        self._write_top(sheet)
        self._write_titles(sheet)
        self._set_up_page(sheet)

        for row, service in enumerate(services, start=HEADER_ROW + 1):
            self._write_service(sheet, row, service)
        below = HEADER_ROW + len(services)
        for row in range(below + 1, below + EXTRA_ROWS + 1):
            self._open_extra_row(sheet, row)
        self._add_checks(sheet, below + EXTRA_ROWS)

        instructions = book.create_sheet(self.language.text("Instructions"))
        self._write_instructions(instructions)
        self._write_marker(book.create_sheet(MARKER), services)
        return book

    def _write_top(self, sheet: Any) -> None:
        """Write what stands above the titles: the OPD, the remark, and who fills the sheet in."""
        from openpyxl.styles import Font

        title = f"{self.opd.name} – {self.register.only_city.name}"
        keep_text(sheet.cell(1, 1), title)
        sheet.cell(1, 1).font = Font(bold=True, size=14)
        introduction = f"{self._introduce()} {self.standing}"
        sheet.cell(2, 1).value = introduction.strip()

        remark = self.language.text("Your remark on the week:")
        sheet.cell(REMARK_ROW, 1).value = remark
        self._open(sheet.cell(REMARK_ROW, 2))

        sender_cells = (
            (NAME_CELL, N_("Filled in by")),
            (PHONE_CELL, N_("Telephone")),
        )
        for place, label in sender_cells:
            label_cell = sheet.cell(SENDER_ROW, place)
            label_cell.value = f"{self.language.text(label)}:"
            self._open(sheet.cell(SENDER_ROW, place + 1))

    def _write_titles(self, sheet: Any) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter

        for place, column in enumerate(COLUMNS, start=1):
            title = self.language.text(column.title)
            color = _OPEN if column.answer else _HEAD
            cell = sheet.cell(HEADER_ROW, place, title)
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor=color)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            letter = get_column_letter(place)
            sheet.column_dimensions[letter].width = column.width

    def _set_up_page(self, sheet: Any) -> None:
        """Set how the sheet scrolls and prints, and lock all cells that are not opened."""
        sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 3)
        sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True

        protection = sheet.protection
        protection.sheet = True
        # In openpyxl False means that it is allowed in spite of the protection.
        protection.formatColumns = False
        protection.formatRows = False
        protection.autoFilter = False
        protection.sort = False

    @property
    def _in_opening(self) -> bool:
        """Whether the answers are baselines: in the opening, or while it is reopened for the OPD."""
        return self.register.only_city.in_opening or self.opd.reopened

    def _introduce(self) -> str:
        """Return what is to be filled in: in the opening how things stand, later what changed."""
        if self._in_opening:
            return self.language.text(
                "Opening, week {week}, as of {day}. Fill in the stage of each service in "
                "the yellow cells, also where it has not changed; no date is needed.",
                week=self.week,
                day=self.today,
            )
        return self.language.text(
            "Week {week}, as of {day}. Fill in only the yellow cells.",
            week=self.week,
            day=self.today,
        )

    def _known(self, service: Service) -> tuple[str | date | float | None, ...]:
        """Return what the register says of a service: its code and the locked cells."""
        register = self.register
        today = self.today
        stage = None
        if not is_assumed(register, service, today):
            stage = self.words[stage_at(register, service, today)]
        return (
            service.code,
            service.name,
            stage,
            entered_on(register, service, today),
            visits_at(register, service, today),
            days_at(register, service, today),
        )

    def _write_service(self, sheet: Any, row: int, service: Service) -> None:
        from openpyxl.styles import Alignment, PatternFill

        for place, value in enumerate(self._known(service), start=1):
            cell = sheet.cell(row, place)
            cell.fill = PatternFill("solid", fgColor=_LOCKED)
            cell.alignment = Alignment(wrap_text=place == 2, vertical="top")
            _set_value(cell, value)
            if isinstance(value, date):
                cell.number_format = _DAY_FORMAT
        self._open_answers(sheet, row)
        self._show_plans(sheet, row, service)

    def _open_answers(self, sheet: Any, row: int) -> None:
        for place, column in enumerate(COLUMNS, start=1):
            if not column.answer:
                continue
            cell = sheet.cell(row, place)
            self._open(cell)
            if column.answer in ("date", "new_date"):
                cell.number_format = _DAY_FORMAT

    def _show_plans(self, sheet: Any, row: int, service: Service) -> None:
        """Show what the service is due to reach, late ones marked, and what holds it back."""
        from openpyxl.styles import Alignment, Font, PatternFill

        targets = describe_targets(
            self.register,
            service,
            self.language,
            self.today,
        )
        obstacles = describe_obstacles(
            self.register,
            service,
            self.language,
            self.today,
        )
        lines_by_place = (
            (TARGET_PLACE, targets.lines),
            (OBSTACLES_PLACE, obstacles),
        )
        for place, lines in lines_by_place:
            cell = sheet.cell(row, place + 1)
            cell.fill = PatternFill("solid", fgColor=_LOCKED)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if lines:
                keep_text(cell, "\n".join(lines))
        if targets.is_late:
            late = Font(bold=True, color=_LATE)
            sheet.cell(row, TARGET_PLACE + 1).font = late

    def _open_extra_row(self, sheet: Any, row: int) -> None:
        """Leave a row for a service that the OPD also offers: its name and its state."""
        self._open(sheet.cell(row, NAME_PLACE + 1))
        for place, column in enumerate(COLUMNS, start=1):
            if column.answer in ("stage", "visits", "days", "note"):
                self._open(sheet.cell(row, place))

    def _open(self, cell: Any) -> None:
        from openpyxl.styles import (
            Alignment,
            Border,
            PatternFill,
            Protection,
            Side,
        )

        line = Side(style="thin", color="D9D2A8")
        cell.fill = PatternFill("solid", fgColor=_OPEN)
        cell.protection = Protection(locked=False)
        cell.border = Border(
            left=line,
            right=line,
            top=line,
            bottom=line,
        )
        cell.alignment = Alignment(wrap_text=True, vertical="top")

    def _add_checks(self, sheet: Any, last: int) -> None:
        """Let the spreadsheet reject an unknown stage or factor, a future day, a negative number."""
        from openpyxl.utils import get_column_letter

        stages = self._choice_check(list(self.words.values()))
        stages.error = self.language.text(
            "Choose one of the stages from the list.",
        )
        factor_words = [
            self.language.text(factor_word(factor)) for factor in Factor
        ]
        factors = self._choice_check(factor_words)
        factors.error = self.language.text(
            "Choose one of the four factors from the list.",
        )
        days = self._day_check()
        numbers = self._number_check()
        checks = {
            "stage": stages,
            "date": days,
            "visits": numbers,
            "days": numbers,
            "factor": factors,
        }

        for place, column in enumerate(COLUMNS, start=1):
            if column.answer in checks:
                letter = get_column_letter(place)
                cells = f"{letter}{HEADER_ROW + 1}:{letter}{last}"
                checks[column.answer].add(cells)
        for check in (stages, days, numbers, factors):
            check.allow_blank = True
            check.showErrorMessage = True
            sheet.add_data_validation(check)

    def _choice_check(self, words: Sequence[str]) -> Any:
        from openpyxl.worksheet.datavalidation import DataValidation

        return DataValidation(type="list", formula1=f'"{",".join(words)}"')

    def _day_check(self) -> Any:
        """Return the check of a date: not before 2000, not after this week."""
        from openpyxl.worksheet.datavalidation import DataValidation

        check = DataValidation(
            type="date",
            operator="between",
            formula1=str((_FIRST_DAY - SPREADSHEET_START).days),
            formula2=str((self.week.sunday - SPREADSHEET_START).days),
        )
        check.error = self.language.text(
            "Write a date such as {example} that is not still to come.",
            example=self.example,
        )
        return check

    def _number_check(self) -> Any:
        from openpyxl.worksheet.datavalidation import DataValidation

        check = DataValidation(
            type="decimal",
            operator="greaterThanOrEqual",
            formula1="0",
        )
        check.error = self.language.text("Write a number, 0 or more.")
        return check

    def _write_instructions(self, sheet: Any) -> None:
        from openpyxl.styles import Alignment, Font

        keep_text(sheet.cell(1, 1), self.opd.name)
        sheet.cell(1, 1).font = Font(bold=True, size=14)
        sheet.column_dimensions["A"].width = 100
        values = {
            "opd": self.opd.name,
            "day": self.today,
            "portal": self.register.only_city.portal,
            "week": self.week,
            "example": self.example,
        }
        instructions = (
            OPENING_INSTRUCTIONS if self._in_opening else INSTRUCTIONS
        )
        for row, msgid in enumerate(instructions, start=3):
            instruction = self.language.text(msgid, **values)
            cell = sheet.cell(row, 1)
            keep_text(cell, f"{row - 2}. {instruction}")
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.protection.sheet = True

    def _write_marker(self, sheet: Any, services: Sequence[Service]) -> None:
        """Write the hidden sheet by which an import knows the sheet, and what was sent."""
        sheet.sheet_state = "veryHidden"
        rows: list[tuple[str | date | float | None, ...]] = [
            ("version", str(VERSION)),
            ("opd", self.opd.code),
            ("week", str(self.week)),
            ("made_on", str(self.today)),
        ]
        rows += [(stage.value, word) for stage, word in self.words.items()]
        rows += [(SENT, *self._known(service)) for service in services]

        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row, start=1):
                _set_value(sheet.cell(number, place), value)


def _set_value(cell: Any, value: str | date | float | None) -> None:
    if isinstance(value, str):
        keep_text(cell, value)
    else:
        cell.value = value


def keep_text(cell: Any, value: str) -> None:
    """Put a text into a cell as text; one that an import would read as another is quoted."""
    cell.value = quote_text(visible(value, lines=True))
    cell.data_type = "s"
    cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
