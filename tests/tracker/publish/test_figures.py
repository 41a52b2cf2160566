"""Every figure on a tile, a bar or a row is one of those that ``metrics --json`` prints."""

from xml.etree.ElementTree import fromstring

from tests.tracker.snapshot.cities import TODAY, W18, large_city, small_city
from tracker.language import load_language
from tracker.metrics.measure import measure
from tracker.publish.figures import target_bars
from tracker.publish.opd_folds import opd_folds
from tracker.publish.series import charts_of
from tracker.publish.tiles import make_tiles
from tracker.snapshot import read_week

EN = load_language("en")


def test_the_tiles_show_the_figures_of_the_city() -> None:
    register = small_city().register
    value, figures = (
        read_week(register, W18, TODAY),
        measure(register, W18, TODAY),
    )
    charts = charts_of(register, value, TODAY)
    shown = [tile.figure for tile in make_tiles(value, charts, EN)]
    city = figures.city
    heard = round((figures.reporting_share or 0) * len(figures.opds))
    assert shown == [
        EN.percent(city.single_door_share),
        EN.percent(city.digital_share),
        EN.percent(city.visit_free_share),
        str(city.steps_recent),
        f"{heard} of {len(figures.opds)}",
    ]


def test_the_target_bars_are_the_targets_of_the_city() -> None:
    register = small_city().register
    value = read_week(register, W18, TODAY)
    targets = measure(register, W18, TODAY).city.targets
    assert targets
    bars = target_bars(value.deadlines, EN)
    assert len(bars) == len({target.due_on for target in targets})
    parts = [part for bar in bars for part in fromstring(bar.bar)]
    drawn = sum(int(part.get("width", "")) for part in parts)
    assert drawn == sum(target.set for target in targets)


def test_a_row_of_an_opd_shows_its_figures() -> None:
    register = large_city(opds=9, services=60)
    value = read_week(register, W18, TODAY)
    charts = charts_of(register, value, TODAY)
    assert charts is not None
    figures = {opd.code: opd.figures for opd in value.figures.opds}
    folds = opd_folds(value, charts.heat, EN)
    assert {fold.code for fold in folds} == {
        code for code, opd in figures.items() if opd.services
    }
    for fold in folds:
        opd = figures[fold.code]
        counts = (opd.integrated, opd.online, opd.conventional)
        assert fold.stages == " · ".join(map(str, counts))
        assert (fold.overdue, fold.due_soon) == (opd.overdue, opd.due_soon)
        assert sum(len(group.lines) for group in fold.groups) == opd.services
        late = [line for g in fold.groups for line in g.lines if line.late]
        assert len(late) == opd.overdue
