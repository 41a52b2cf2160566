"""The demonstration week by week: moves, reports and obstacles, drawn at random."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from tracker.demo.phrases import (
    COORDINATOR,
    EVIDENCE,
    OBSTACLES,
    REPORTS,
    UNTRUE,
)
from tracker.demo.writer import Writer
from tracker.model import OPD, Factor, Kind, Move, Obstacle, Report, Stage
from tracker.week import Week

STANDSTILL = (Week(2025, 28), Week(2025, 40))
"""The quarter in which hardly anything moved."""
_NEXT = {Stage.CONVENTIONAL: Stage.ONLINE, Stage.ONLINE: Stage.INTEGRATED}
_BEFORE = {Stage.ONLINE: Stage.CONVENTIONAL, Stage.INTEGRATED: Stage.ONLINE}
_FIRM = {
    "disdukcapil": 1.9,
    "dpmptsp": 1.6,
    "bapenda": 1.5,
    "diskominfo": 1.8,
    "rskgm": 0.0,
    "bpbd": 0.15,
}
_SILENT = {
    "kesbangpol": 6,
    "disbudpar": 3,
    "kecamatan-gedebage": 9,
    "rsud-kota-bandung": 4,
}
_REPORTS_SINCE = Week(2025, 3)


class Life:
    """The state of every service while the weeks are drawn."""

    def __init__(self, writer: Writer, rng: Random, today: date) -> None:
        self.writer = writer
        self.rng = rng
        self.today = today
        self.stage: dict[str, Stage] = {}
        self.opd: dict[str, str] = {}
        for key, service in writer.tables["services"].items():
            self.stage[key] = service.stage
            self.opd[key] = service.opd
        self.closed: set[str] = set()
        self.last: dict[str, Move] = {}
        self.open: dict[str, Obstacle] = {}
        self.energy: dict[str, float] = {}
        for key, opd in writer.tables["opds"].items():
            spread = 0.8 if opd.kind == Kind.KECAMATAN else 1.3
            drawn = 0.35 + rng.random() * spread
            self.energy[key] = _FIRM.get(opd.code, drawn)

    def live(self, week: Week) -> None:
        """Draw one week: its moves by day, its obstacles, its reports."""
        moves = sorted(self._moves(week))
        for day, key, stage in moves:
            if stage.points > self.stage[key].points:
                self.forward(key, day, stage)
            else:
                self.back(key, day, stage, self._one(UNTRUE))

        friday = week.monday + timedelta(days=4)
        if friday <= self.today:
            self._hinder(friday)
        if week >= _REPORTS_SINCE:
            self._report(week, {self.opd[key] for _, key, _ in moves})

    def forward(
        self,
        key: str,
        day: date,
        stage: Stage,
        evidence: str = "",
    ) -> None:
        """Move a service forward, as a claim that is verified soon after in most cases."""
        spared = 0.62 if stage is Stage.ONLINE else 0.9
        visits = 0.0 if self.rng.random() < spared else 1.0
        evidence = evidence or self._one(EVIDENCE)
        move = self._enter(key, day, stage, evidence, "", visits)

        checked = day + timedelta(days=1 + int(self.rng.random() * 24))
        if self.rng.random() < 0.84 and checked <= self.today:
            self.last[key] = self.writer.amend(move, verified_on=checked)
        held = self.open.pop(key, None)
        if held is not None:
            self.writer.amend(held, resolved_on=day)

    def back(
        self,
        key: str,
        day: date,
        stage: Stage,
        note: str,
    ) -> None:
        """Move a service back: its claim was untrue, or the method changed."""
        move = self._enter(key, day, stage, "", note, 1.0)
        self.last[key] = self.writer.amend(move, verified_on=day)

    def _enter(
        self,
        key: str,
        day: date,
        stage: Stage,
        evidence: str,
        note: str,
        visits: float,
    ) -> Move:
        self.stage[key] = stage
        days = None
        if self.rng.random() >= 0.4:
            days = float(1 + int(self.rng.random() * 5))
        self.last[key] = self.writer.enter(
            Move,
            day,
            "move",
            COORDINATOR,
            service=key,
            on=day,
            stage=stage,
            evidence=evidence,
            note=note,
            visits=visits,
            days=days,
        )
        return self.last[key]

    def _moves(self, week: Week) -> Iterator[tuple[date, str, Stage]]:
        season = _season(week)
        for key, stage in self.stage.items():
            chance = self.rng.random()
            weekday = int(self.rng.random() * 5)
            day = week.monday + timedelta(days=weekday)
            if key in self.closed or day > self.today:
                continue

            hazard = 0.0105 if stage is Stage.CONVENTIONAL else 0.0085
            hazard *= season
            hazard *= self._drive(key, week)
            if stage in _NEXT and chance < hazard:
                yield day, key, _NEXT[stage]
            elif chance > 0.9993 and key in self.last and stage in _BEFORE:
                yield day, key, _BEFORE[stage]

    def _drive(self, key: str, week: Week) -> float:
        opd = self.opd[key]
        drive = self.energy[opd]
        if key in self.open:
            drive *= 0.25
        code = self.writer.tables["opds"][opd].code
        if code in {"disdukcapil", "dinsos"} and week >= Week(2026, 30):
            drive *= 0.3
        if code in {"dpmptsp", "dinkes", "disdik"} and week >= Week(2026, 36):
            drive *= 2.2
        return drive

    def _hinder(self, day: date) -> None:
        """Open obstacles now and then, and resolve some of the open ones."""
        for key, stage in self.stage.items():
            if stage is Stage.INTEGRATED or key in self.closed:
                continue
            if self.rng.random() > 0.0016:
                continue
            if key not in self.open:
                factor = list(Factor)[int(self.rng.random() * 4)]
                self.open[key] = self.writer.enter(
                    Obstacle,
                    day,
                    "obstacle add",
                    COORDINATOR,
                    service=key,
                    factor=factor,
                    description=self._one(OBSTACLES[factor]),
                    opened_on=day,
                )

        for key, obstacle in list(self.open.items()):
            if self.rng.random() < 0.03:
                self.writer.amend(obstacle, resolved_on=day)
                del self.open[key]

    def _report(self, week: Week, moved: set[str]) -> None:
        day = min(week.monday + timedelta(days=4), self.today)
        for key in sorted(set(self.opd.values())):
            opd: OPD = self.writer.tables["opds"][key]
            silent = _SILENT.get(opd.code, 0)
            is_silent = week.until(Week.of(self.today)) < silent
            if opd.retired_on is not None or is_silent:
                continue

            heard = 0.45 if week == Week.of(self.today) else 0.88
            if key in moved or self.rng.random() < heard:
                note = self._one(REPORTS)
                self.writer.enter(
                    Report,
                    day,
                    "report",
                    COORDINATOR,
                    opd=key,
                    week=str(week),
                    note=note,
                )

    def _one(self, texts: tuple[str, ...]) -> str:
        return texts[int(self.rng.random() * len(texts))]


def _season(week: Week) -> float:
    """Return a week's factor: the standstill, the holidays, the push of 2026."""
    if STANDSTILL[0] <= week <= STANDSTILL[1]:
        return 0.02
    if week.number in {13, 14, 52, 1}:
        return 0.3
    if week >= Week(2026, 3):
        return 1.6
    return 0.9
