"""A small register, one full of hostile text, and the app on either."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from screens.app import TrackerApp
from tests.screens.harness import HOSTILE, TODAY
from tests.screens.patience import be_patient
from tests.tracker.builder import Builder
from tracker.language import load_language
from tracker.register import Register
from tracker.settings import Settings
from tracker.store.file import FileStore

__all__ = ["be_patient"]


@pytest.fixture
def city() -> Builder:
    """Two OPDs and five services with a history of ten weeks."""
    made = Builder(goal="2027-12-31")
    made.opd(
        "dukcapil",
        name="Dinas Kependudukan dan Pencatatan Sipil",
        aliases=("Disdukcapil",),
    )
    made.opd("dinkes", name="Dinas Kesehatan")
    made.service(
        "ktp", "dukcapil", "2026-08-03", name="KTP elektronik", tags=("wajib",)
    )
    made.service(
        "kk", "dukcapil", "2026-08-03", name="Kartu keluarga", visits=2
    )
    made.service("akta", "dukcapil", "2026-08-03", name="Akta kelahiran")
    made.service("izin", "dinkes", "2026-08-03", name="Izin praktik dokter")
    made.service(
        "rujuk", "dinkes", "2026-08-03", "online", name="Surat rujukan"
    )
    made.move("ktp", "2026-09-01", "online", verified="2026-09-02")
    made.move("kk", "2026-10-06", "online", visits=1)
    made.move("ktp", "2026-11-10", "integrated")
    made.move("izin", "2026-11-17", "online", evidence="Surat 470/12")
    made.target("akta", "2026-10-01", "online")
    made.obstacle(
        "akta", "2026-09-01", "people", description="Belum ada petugas"
    )
    made.report("dinkes", "2026-W47")
    return made


@pytest.fixture
def hostile() -> Builder:
    """OPDs and services whose names would be orders, if anything obeyed them."""
    made = Builder()
    for number, text in enumerate(HOSTILE):
        made.opd(f"opd-{number}", name=text, contact=text)
        made.service(
            f"layanan-{number}",
            f"opd-{number}",
            "2026-08-03",
            name=text,
            tags=(text,),
        )
        made.move(
            f"layanan-{number}",
            "2026-11-17",
            "online",
            evidence=text,
            note=text,
        )
        made.obstacle(f"layanan-{number}", "2026-10-01", description=text)
        made.report(f"opd-{number}", "2026-W47", note=text)
    made.milestone("2026-10-01", HOSTILE[0])
    return made


MakeApp = Callable[..., TrackerApp]


@pytest.fixture
def make_app(tmp_path: Path) -> MakeApp:
    """Open a register, kept in a file, as an app."""

    def make(
        register: Register,
        language: str = "en",
        settings: Settings | None = None,
        **more: Any,
    ) -> TrackerApp:
        store = FileStore.create(tmp_path / "register.json", register)
        return TrackerApp(
            store,
            lambda: TODAY,
            "Sari",
            load_language(language),
            settings,
            **more,
        )

    return make


@pytest.fixture
def app(make_app: MakeApp, city: Builder) -> TrackerApp:
    """The app on the small register."""
    return make_app(city.register)
