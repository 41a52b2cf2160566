"""The annex: a workbook with a row a service."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.hostile.registers import hostile
from tests.hostile.texts import harm_in
from tests.tracker.snapshot.cities import TODAY, W18, small_city
from tracker.language import load_language
from tracker.publish.annex import annex_text, annex_workbook
from tracker.register import Register
from tracker.snapshot import read_week
from tracker.week import Week

EN = load_language("en")


def annex_sheet(
    register: Register, week: Week = W18, today: date = TODAY
) -> Worksheet:
    text = annex_text(register, read_week(register, week, today), EN)
    return load_workbook(BytesIO(annex_workbook(text))).worksheets[0]


def test_every_active_service_has_a_row_of_its_own() -> None:
    register = small_city().register
    value = read_week(register, W18, TODAY)
    sheet = annex_sheet(register)
    head, *rows = sheet.iter_rows(values_only=True)
    codes = [row[head.index("Service code")] for row in rows]
    assert sorted(map(str, codes)) == sorted(
        at.service.code for at in value.services
    )
    late = [row for row in rows if row[head.index("Late")] == "yes"]
    assert len(late) == value.figures.city.overdue
    stages = [row[head.index("Stage")] for row in rows]
    assert stages.count("Integrated") == value.figures.city.integrated


def test_the_sheet_filters_and_its_head_stays_in_sight() -> None:
    sheet = annex_sheet(small_city().register)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert isinstance(sheet["E2"].value, date)


def test_an_obstacle_stands_with_its_factor_and_day() -> None:
    city = small_city()
    city.obstacle(
        "kk", "2026-04-01", "leadership", description="Menunggu perwal"
    )
    head, *rows = annex_sheet(city.register).iter_rows(values_only=True)
    [row] = [row for row in rows if "Menunggu perwal" in str(row)]
    assert row[head.index("Factor")] == "Leadership"
    assert str(row[head.index("Obstacle since")]).startswith("2026-04-01")


def test_the_same_week_gives_the_same_bytes() -> None:
    value = read_week(small_city().register, W18, TODAY)
    texts = {annex_text(small_city().register, value, EN) for _ in range(2)}
    assert len(texts) == 1
    assert len({annex_workbook(text) for text in (*texts, *texts)}) == 1


def test_no_cell_runs_or_commands() -> None:
    sheet = annex_sheet(hostile(), Week(2026, 46), date(2026, 11, 19))
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert not [text for text in texts if harm_in(text.replace("\n", ""))]
