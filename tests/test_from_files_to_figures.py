"""The whole way once: random histories as CSV files, imported, give the figures of the slow reading."""

import contextlib
import csv
import io
import json
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings

from tests.depth import examples
from tests.tracker.metrics.histories import History, histories
from tests.tracker.metrics.reference import reference
from tests.tracker.metrics.test_reference import HEAD, differences
from tracker.cli.start import run_program
from tracker.metrics.values import CITY, Scope
from tracker.register import Register

DATES = {"p50", "p85", "p95"}


def opd_tracker(folder: Path, *arguments: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run_program(
            [
                "--db",
                str(folder / "register.json"),
                "--lang",
                "en",
                "--by",
                "tester",
                *arguments,
            ]
        )
    assert code == 0, (arguments, err.getvalue())
    return out.getvalue()


def recorded(facts: Iterable[Any]) -> list[Any]:
    return sorted(facts, key=lambda fact: (fact.recorded_at, fact.id))


def tables(register: Register) -> dict[str, list[dict[str, Any]]]:
    """Return the files as a person would write them: codes for keys, rows in the order of recording."""
    opd = {key: fact.code for key, fact in register.opds.items()}
    service = {key: fact.code for key, fact in register.services.items()}
    app = {key: fact.code for key, fact in register.applications.items()}
    return {
        "opds": [
            {"kode": o.code, "nama": o.name, "jenis": o.kind}
            for o in register.opds.values()
        ],
        "applications": [
            {"kode_aplikasi": a.code, "nama_aplikasi": a.name}
            for a in register.applications.values()
        ],
        "services": [
            {
                "perangkat_daerah": opd[s.opd],
                "nama_layanan": s.name,
                "kode_layanan": s.code,
                "tahap": s.stage,
                "tanggal_daftar": s.registered_on,
                "volume": s.volume,
                "kunjungan": s.visits,
                "hari": s.days,
                "aplikasi": app.get(s.application or ""),
                "tag": ";".join(s.tags),
                "penanggung_jawab": s.owner,
                "layanan_sejenis": s.family,
            }
            for s in register.services.values()
        ],
        "moves": [
            {
                "layanan": service[m.service],
                "tanggal": m.on,
                "tahap": m.stage,
                "bukti": m.evidence,
                "tanggal_verifikasi": m.verified_on,
                "kunjungan": m.visits,
                "hari": m.days,
            }
            for m in recorded(register.moves.values())
        ],
        "transfers": [
            {
                "layanan": service[t.service],
                "tanggal": t.on,
                "perangkat_daerah": opd[t.opd],
            }
            for t in recorded(register.transfers.values())
        ],
        "closures": [
            {"layanan": service[c.service], "dari": c.start, "sampai": c.until}
            for c in register.closures.values()
        ],
        "targets": [
            {
                "layanan": service[t.service],
                "tahap": t.stage,
                "tenggat": t.due_on,
            }
            for t in register.targets.values()
        ],
        "obstacles": [
            {
                "layanan": service[o.service],
                "faktor": o.factor,
                "uraian": f"hambatan {o.id}",
                "tanggal_buka": o.opened_on,
                "tanggal_selesai": o.resolved_on,
            }
            for o in register.obstacles.values()
        ],
        "milestones": [
            {
                "tanggal": m.on,
                "uraian": m.text,
                "perubahan_metode": m.method_break,
            }
            for m in register.milestones.values()
        ],
        "reports": [
            {
                "perangkat_daerah": opd[r.opd],
                "minggu": r.week,
                "catatan": r.note,
            }
            for r in register.reports.values()
        ],
    }


def write_files(folder: Path, register: Register) -> list[str]:
    paths = []
    for kind, rows in tables(register).items():
        if not rows:
            continue
        path = folder / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        paths.append(str(path))
    return paths


def as_asked(register: Register) -> Register:
    """Leave out what the command line has no words for: doubled targets and
    milestones, a threshold of no days."""
    targets = {(t.service, t.stage): t for t in register.targets.values()}
    milestones = {(m.on, m.text): m for m in register.milestones.values()}
    city = msgspec.structs.replace(
        register.only_city,
        stalled_after=max(1, register.only_city.stalled_after),
    )
    return msgspec.structs.replace(
        register,
        targets={t.id: t for t in targets.values()},
        milestones={m.id: m for m in milestones.values()},
        city={city.id: city},
    )


def read_forecast(forecast: dict[str, Any]) -> dict[str, Any]:
    days = {
        name: date.fromisoformat(day) if (day := forecast[name]) else None
        for name in DATES
    }
    return {**forecast, **days, "caution": tuple(forecast["caution"])}


def figures(fields: dict[str, Any]) -> dict[str, Any]:
    targets = [
        {**target, "due_on": date.fromisoformat(target["due_on"])}
        for target in fields["targets"]
    ]
    forecast = read_forecast(fields["forecast"])
    return {**fields, "forecast": forecast, "targets": targets}


@settings(
    max_examples=examples(3, 100),
    suppress_health_check=list(HealthCheck),
)
@given(histories())
def test_imported_histories_give_the_figures_of_the_slow_reading(
    history: History,
) -> None:
    register, now, week, today = history
    register = as_asked(register)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settled = ("--today", str(now))
        opd_tracker(
            folder,
            *settled,
            "init",
            "--city",
            "Kota Uji",
            "--portal",
            "Satu Pintu",
        )
        opd_tracker(
            folder,
            *settled,
            "config",
            "set",
            "stalled_after",
            str(register.only_city.stalled_after),
        )
        if register.only_city.goal:
            opd_tracker(
                folder,
                *settled,
                "config",
                "set",
                "goal",
                str(register.only_city.goal),
            )
        opd_tracker(folder, *settled, "import", *write_files(folder, register))
        printed = opd_tracker(
            folder,
            "--today",
            str(today),
            "metrics",
            "--week",
            str(week),
            "--json",
        )
    found = json.loads(printed)
    wanted = reference(register, CITY, week, today)
    for name in HEAD:
        assert differences(wanted.pop(name), found[name], name) == []
    assert differences(wanted, figures(found["city"]), "city") == []
    for opd in found["opds"]:
        fields = figures(
            {k: v for k, v in opd.items() if k not in {"code", "name", "kind"}}
        )
        scope = Scope("opd", register.opd_codes[opd["code"]].id)
        wanted = reference(register, scope, week, today, with_record=False)
        wanted.pop("reporting_share")
        fields["track_record"] = wanted["track_record"]
        assert differences(wanted, fields, opd["code"]) == []
