"""The decisions that the demonstration's coordinator asks for, and what becomes of them."""

from datetime import date
from typing import Any

from tracker.demo.phrases import COORDINATOR, OBSTACLES
from tracker.demo.weeks import Life
from tracker.model import Decision, Factor
from tracker.text import normalize_name, slugify

_OUTSIDE = OBSTACLES[Factor.APPLICATION][1]
"""What several services wait for, of an application that is not the city's."""
_CONDITIONS = OBSTACLES[Factor.LEADERSHIP][2]

_ASKED: dict[date, tuple[dict[str, Any], ...]] = {
    date(2026, 10, 12): (
        {
            "text": "Tunjuk penanggung jawab untuk setiap layanan yang belum punya",
            "owner": "Kepala semua OPD",
            "due_on": date(2026, 10, 30),
            "done_on": date(2026, 11, 10),
            "outcome": "Surat edaran terbit; tiga dari empat layanan kini punya penanggung jawab",
        },
        {
            "text": "Tetapkan jadwal baru, atau cabut, target 1 Juli 2026 yang meleset",
            "owner": "Kepala 25 OPD",
            "due_on": date(2026, 11, 6),
            "proposal": "missed:2026-07",
        },
    ),
    date(2026, 11, 16): (
        {
            "text": "Terbitkan satu keputusan wali kota untuk 16 layanan yang sama di 30 kecamatan: "
            "lebih dari 200 dari 480 masih di loket",
            "owner": "Sekda; 30 camat",
            "due_on": date(2026, 11, 25),
            "proposal": "family:kecamatan",
        },
        {
            "text": "Pastikan secara tertulis target 11 Desember mana yang ditepati dan siapa "
            "yang mengerjakannya",
            "owner": "Kepala 52 OPD",
            "due_on": date(2026, 11, 25),
            "proposal": "at-risk:2026-12-11",
        },
        {
            "text": "Putuskan syarat yang dihapus untuk tiga layanan yang menunggunya",
            "owner": "Sekda; tiga kepala OPD",
            "due_on": date(2026, 11, 25),
            "proposal": f"leadership:{slugify(normalize_name(_CONDITIONS))}",
        },
        {
            "text": "Surati kementerian pemilik aplikasi pusat: tujuh layanan menunggu antarmuka datanya",
            "owner": "Sekda; Diskominfo",
            "due_on": date(2026, 11, 30),
            "proposal": f"application:{slugify(normalize_name(_OUTSIDE))}",
        },
    ),
}


def ask_decisions(life: Life, day: date) -> None:
    """Enter the decisions asked on a day, each with what becomes of it later."""
    for fields in _ASKED[day]:
        life.writer.enter(
            Decision,
            day,
            "decision add",
            COORDINATOR,
            asked_on=day,
            **fields,
        )
