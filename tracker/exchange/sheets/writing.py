"""A spreadsheet for each OPD to fill in: its services as they stand, and columns for what has changed."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

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
)
from tracker.exchange.sheets.plans import (
    describe_obstacles,
    describe_standings,
    describe_targets,
)
from tracker.exchange.writing.output_folder import Written, writing_into
from tracker.exchange.writing.xlsx_file import quote_text
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
from tracker.text import is_code, visible
from tracker.week import Week

_LOCKED, _OPEN, _HEAD, _LATE = "F2F2F2", "FFF9DB", "DDE6F0", "B00020"
_FIRST_DAY = date(2000, 1, 1)
_SPREADSHEET_START = date(1899, 12, 30)


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
    services = _services(register, today)
    meant = [find_opd(register, said) for said in opds] or [
        opd
        for opd in sorted(register.opds.values(), key=lambda o: o.code)
        if services.get(opd.id)
    ]
    standings = describe_standings(register, language, today)
    steps, written = Progress(progress), []
    with writing_into(out_dir, language) as output:
        for done, opd in enumerate(meant, start=1):
            code = opd.code if is_code(opd.code) else opd.id
            standing = standings.get(opd.id, "")
            book = _Sheet(register, opd, language, today, standing).book(
                services.get(opd.id, [])
            )
            data = BytesIO()
            book.save(data)
            written.append(
                output.write(f"{code}-{Week.of(today)}.xlsx", data.getvalue())
            )
            steps.part((done - 1) / len(meant), done / len(meant)).tell(1, 1)
    return written


def _services(register: Register, today: date) -> dict[str, list[Service]]:
    """Return the services that are offered today, by OPD, in the order of their names."""
    found: dict[str, list[Service]] = {}
    for service in sorted(
        register.services.values(), key=lambda s: (s.name.casefold(), s.code)
    ):
        if is_active(register, service, today):
            found.setdefault(opd_at(register, service, today), []).append(
                service
            )
    return found


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
        self.register, self.opd, self.language, self.today = (
            register,
            opd,
            language,
            today,
        )
        self.standing = standing
        self.week = Week.of(today)
        self.example = f"{today:%d/%m/%Y}"
        self.words = {
            stage: language.text(stage_word(stage)) for stage in Stage
        }

    def book(self, services: Sequence[Service]) -> Any:
        """Return the workbook: the sheet to fill in, the instructions, the hidden marker."""
        from openpyxl import Workbook

        book = Workbook()
        sheet = book.active
        sheet.title = self.language.text("Services")
        self._head(sheet)
        for row, service in enumerate(services, start=HEADER_ROW + 1):
            self._row(sheet, row, service)
        below = HEADER_ROW + len(services)
        for row in range(below + 1, below + EXTRA_ROWS + 1):
            self._extra_row(sheet, row)
        self._check(sheet, below + EXTRA_ROWS)
        self._instruct(book.create_sheet(self.language.text("Instructions")))
        self._mark(book.create_sheet(MARKER), services)
        return book

    def _head(self, sheet: Any) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter

        title = f"{self.opd.name} – {self.register.only_city.name}"
        keep_text(sheet.cell(1, 1), title)
        sheet.cell(1, 1).font = Font(bold=True, size=14)
        introduction = f"{self._introduction()} {self.standing}".strip()
        sheet.cell(2, 1).value = introduction
        sheet.cell(REMARK_ROW, 1).value = self.language.text(
            "Your remark on the week:"
        )
        self._open(sheet.cell(REMARK_ROW, 2))
        for place, label in (
            (NAME_CELL, N_("Filled in by")),
            (PHONE_CELL, N_("Telephone")),
        ):
            label_cell = sheet.cell(SENDER_ROW, place)
            label_cell.value = f"{self.language.text(label)}:"
            self._open(sheet.cell(SENDER_ROW, place + 1))
        for place, column in enumerate(COLUMNS, start=1):
            cell = sheet.cell(
                HEADER_ROW, place, self.language.text(column.title)
            )
            cell.font = Font(bold=True)
            cell.fill = PatternFill(
                "solid", fgColor=_OPEN if column.answer else _HEAD
            )
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            sheet.column_dimensions[
                get_column_letter(place)
            ].width = column.width
        sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 3)
        sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = False
        sheet.protection.autoFilter = sheet.protection.sort = False

    def _introduction(self) -> str:
        """Return what is to be filled in: in the opening how things stand, later what changed."""
        if self.register.only_city.in_opening:
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
        register, today = self.register, self.today
        return (
            service.code,
            service.name,
            None
            if is_assumed(register, service, today)
            else self.words[stage_at(register, service, today)],
            entered_on(register, service, today),
            visits_at(register, service, today),
            days_at(register, service, today),
        )

    def _row(self, sheet: Any, row: int, service: Service) -> None:
        from openpyxl.styles import Alignment, PatternFill

        for place, value in enumerate(self._known(service), start=1):
            cell = sheet.cell(row, place)
            cell.fill = PatternFill("solid", fgColor=_LOCKED)
            cell.alignment = Alignment(wrap_text=place == 2, vertical="top")
            if isinstance(value, str):
                keep_text(cell, value)
            else:
                cell.value = value
            if isinstance(value, date):
                cell.number_format = "dd/mm/yyyy"
        self._open_answers(sheet, row)
        self._show_plans(sheet, row, service)

    def _open_answers(self, sheet: Any, row: int) -> None:
        for place, column in enumerate(COLUMNS, start=1):
            if column.answer:
                self._open(sheet.cell(row, place))
                if column.answer in ("date", "new_date"):
                    sheet.cell(row, place).number_format = "dd/mm/yyyy"

    def _show_plans(self, sheet: Any, row: int, service: Service) -> None:
        """Show what the service is due to reach, late ones marked, and what holds it back."""
        from openpyxl.styles import Alignment, Font, PatternFill

        targets = describe_targets(
            self.register, service, self.language, self.today
        )
        obstacles = describe_obstacles(
            self.register, service, self.language, self.today
        )
        for place, lines in (
            (TARGET_PLACE, targets.lines),
            (OBSTACLES_PLACE, obstacles),
        ):
            cell = sheet.cell(row, place + 1)
            cell.fill = PatternFill("solid", fgColor=_LOCKED)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if lines:
                keep_text(cell, "\n".join(lines))
        if targets.is_late:
            late = Font(bold=True, color=_LATE)
            sheet.cell(row, TARGET_PLACE + 1).font = late

    def _extra_row(self, sheet: Any, row: int) -> None:
        """Leave a row for a service that the OPD also offers: its name, and how it stands."""
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
        cell.border = Border(left=line, right=line, top=line, bottom=line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")

    def _check(self, sheet: Any, last: int) -> None:
        """Let the spreadsheet itself refuse what cannot be: another stage, a day to come, less than none."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        text = self.language.text
        stages = DataValidation(
            type="list", formula1='"' + ",".join(self.words.values()) + '"'
        )
        stages.error = text("Choose one of the stages from the list.")
        days = DataValidation(
            type="date",
            operator="between",
            formula1=str((_FIRST_DAY - _SPREADSHEET_START).days),
            formula2=str((self.week.sunday - _SPREADSHEET_START).days),
        )
        days.error = text(
            "Write a date such as {example} that is not still to come.",
            example=self.example,
        )
        numbers = DataValidation(
            type="decimal", operator="greaterThanOrEqual", formula1="0"
        )
        numbers.error = text("Write a number, 0 or more.")
        checks = {
            "stage": stages,
            "date": days,
            "visits": numbers,
            "days": numbers,
        }
        factors = DataValidation(
            type="list",
            formula1='"'
            + ",".join(text(factor_word(factor)) for factor in Factor)
            + '"',
        )
        factors.error = text("Choose one of the four factors from the list.")
        checks["factor"] = factors
        for place, column in enumerate(COLUMNS, start=1):
            if column.answer in checks:
                letter = get_column_letter(place)
                checks[column.answer].add(
                    f"{letter}{HEADER_ROW + 1}:{letter}{last}"
                )
        for check in (stages, days, numbers, factors):
            check.allow_blank, check.showErrorMessage = True, True
            sheet.add_data_validation(check)

    def _instruct(self, sheet: Any) -> None:
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
        in_opening = self.register.only_city.in_opening
        instructions = OPENING_INSTRUCTIONS if in_opening else INSTRUCTIONS
        for row, msgid in enumerate(instructions, start=3):
            cell = sheet.cell(row, 1)
            keep_text(
                cell, f"{row - 2}. " + self.language.text(msgid, **values)
            )
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.protection.sheet = True

    def _mark(self, sheet: Any, services: Sequence[Service]) -> None:
        sheet.sheet_state = "veryHidden"
        rows: list[tuple[str | date | float | None, ...]] = [
            ("version", str(VERSION)),
            ("opd", self.opd.code),
            ("week", str(self.week)),
            ("made_on", str(self.today)),
            *((stage.value, word) for stage, word in self.words.items()),
            *((SENT, *self._known(service)) for service in services),
        ]
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row, start=1):
                cell = sheet.cell(number, place)
                if isinstance(value, str):
                    keep_text(cell, value)
                else:
                    cell.value = value


def keep_text(cell: Any, value: str) -> None:
    """Put a text into a cell as text; one that reading would take for another is told apart."""
    cell.value = quote_text(visible(value, lines=True))
    cell.data_type = "s"
    cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
