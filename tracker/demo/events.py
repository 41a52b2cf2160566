"""The demonstration's single events: mergers, transfers, targets, applications, closures."""

from collections.abc import Callable
from datetime import date, timedelta

from tracker.demo.decisions import ask_decisions
from tracker.demo.first_day import UNIT, UNIT_APPLICATION
from tracker.demo.phrases import COORDINATOR, MILESTONES
from tracker.demo.weeks import Life
from tracker.model import (
    OPD,
    Application,
    Closure,
    Milestone,
    Reminder,
    ReminderLevel,
    Service,
    Stage,
    Target,
    Transfer,
)

Event = Callable[[Life, date], None]

_REMINDED = {
    "kesbangpol": ReminderLevel.LEADERSHIP,
    "kecamatan-gedebage": ReminderLevel.HEAD,
    "rsud-kota-bandung": ReminderLevel.HEAD,
}
"""The OPDs that have been silent for weeks on the last Monday, and who was told."""


def _opd(life: Life, code: str) -> OPD:
    found: OPD = next(
        opd for opd in life.writer.tables["opds"].values() if opd.code == code
    )
    return found


def _application(life: Life, code: str) -> Application:
    found: Application = next(
        a for a in life.writer.tables["applications"].values() if a.code == code
    )
    return found


def _services(life: Life, opd: str) -> list[Service]:
    key = _opd(life, opd).id
    return [
        s
        for s in life.writer.tables["services"].values()
        if life.opd[s.id] == key
    ]


def milestone(life: Life, day: date) -> None:
    """Enter the milestones dated `day`."""
    for on, text, breaks in MILESTONES:
        if date.fromisoformat(on) == day:
            life.writer.enter(
                Milestone,
                day,
                "milestone add",
                COORDINATOR,
                on=day,
                text=text,
                method_break=breaks,
            )


def change_method(life: Life, day: date) -> None:
    """Change what counts as online: some services fall back though nothing about them changed."""
    milestone(life, day)
    online = [
        key
        for key, stage in life.stage.items()
        if stage is Stage.ONLINE and key in life.last
    ]
    for key in online[::12]:
        life.back(
            key,
            day,
            Stage.CONVENTIONAL,
            "Ilustrasi: turun karena cara hitung berubah",
        )


def merge_unit(life: Life, day: date) -> None:
    """Merge the invented unit into Diskominfo."""
    old, new = _opd(life, UNIT), _opd(life, "diskominfo")
    for service in _services(life, UNIT):
        life.writer.enter(
            Transfer,
            day,
            "opd merge",
            COORDINATOR,
            service=service.id,
            on=day,
            opd=new.id,
        )
        life.opd[service.id] = new.id
    life.writer.amend(old, retired_on=day)
    life.writer.amend(new, aliases=(*new.aliases, old.name))


def transfer_services(life: Life, day: date) -> None:
    """Transfer two services of spatial planning to DPMPTSP."""
    target = _opd(life, "dpmptsp")
    for service in _services(life, "ciptabintar")[:2]:
        life.writer.enter(
            Transfer,
            day,
            "service transfer",
            COORDINATOR,
            service=service.id,
            on=day,
            opd=target.id,
        )
        life.opd[service.id] = target.id


def integrate(code: str) -> Event:
    """Return the event that puts an application and its services behind the single door."""

    def event(life: Life, day: date) -> None:
        application = _application(life, code)
        life.writer.amend(application, integrated_on=day)
        for service in list(life.writer.tables["services"].values()):
            online = (
                service.application == application.id
                and life.stage[service.id] is Stage.ONLINE
            )
            if online and service.id not in life.closed:
                life.forward(
                    service.id,
                    day,
                    Stage.INTEGRATED,
                    "Ilustrasi: aplikasi masuk ke Sadayana",
                )

    return event


def switch_off(code: str) -> Event:
    """Return the event that switches an application off, so that its services fall back."""

    def event(life: Life, day: date) -> None:
        application = _application(life, code)
        life.writer.amend(application, retired_on=day)
        for service in list(life.writer.tables["services"].values()):
            used = (
                service.application == application.id
                and life.stage[service.id] is not Stage.CONVENTIONAL
            )
            if used and service.id not in life.closed:
                life.back(
                    service.id,
                    day,
                    Stage.CONVENTIONAL,
                    "Ilustrasi: aplikasi dimatikan",
                )

    return event


def retire_services(life: Life, day: date) -> None:
    """Retire four services; one of them is reopened later."""
    for opd in ("setda", "disarpus", "dispora", "dpkp"):
        service = _services(life, opd)[-1]
        life.writer.enter(
            Closure,
            day,
            "service retire",
            COORDINATOR,
            service=service.id,
            start=day,
        )
        life.closed.add(service.id)


def reopen_service(life: Life, day: date) -> None:
    """Reopen one of the retired services."""
    closure: Closure = next(iter(life.writer.tables["closures"].values()))
    life.writer.amend(closure, until=day)
    life.closed.discard(closure.service)


def add_services(life: Life, day: date) -> None:
    """Register new services, so that the index falls without a step backward."""
    for number, name in enumerate(
        ("Konsultasi daring layanan publik", "Klinik data terbuka"),
        1,
    ):
        service = life.writer.enter(
            Service,
            day,
            "service add",
            COORDINATOR,
            code=f"diskominfo-ilustrasi-{number}",
            name=f"{name} (ilustrasi)",
            opd=_opd(life, "diskominfo").id,
            registered_on=day,
            stage=Stage.CONVENTIONAL,
        )
        life.stage[service.id], life.opd[service.id] = (
            service.stage,
            service.opd,
        )


def remind_silent_opds(life: Life, day: date) -> None:
    """Enter the reminders of a Monday to the OPDs that are not heard from."""
    for code, level in _REMINDED.items():
        life.writer.enter(
            Reminder,
            day,
            "remind",
            COORDINATOR,
            opd=_opd(life, code).id,
            on=day,
            level=level,
        )


def set_targets(life: Life, day: date) -> None:
    """Set targets for one service in four."""
    for service in list(life.writer.tables["services"].values())[::4]:
        late = service.code.startswith("kecamatan") or life.rng.random() < 0.5
        due = date(2026, 12, 11) if late else day + timedelta(days=170)
        stage = (
            Stage.ONLINE
            if life.stage[service.id] is Stage.CONVENTIONAL
            else Stage.INTEGRATED
        )
        if service.id not in life.closed:
            life.writer.enter(
                Target,
                day,
                "target set",
                COORDINATOR,
                service=service.id,
                stage=stage,
                due_on=due,
            )


EVENTS: dict[date, tuple[Event, ...]] = {
    date(2025, 1, 13): (milestone,),
    date(2025, 3, 10): (integrate("salaman"),),
    date(2025, 4, 14): (transfer_services,),
    date(2025, 6, 30): (change_method,),
    date(2025, 7, 7): (milestone,),
    date(2025, 8, 4): (merge_unit,),
    date(2025, 11, 10): (retire_services,),
    date(2026, 1, 12): (milestone, set_targets),
    date(2026, 2, 9): (switch_off(UNIT_APPLICATION),),
    date(2026, 3, 2): (reopen_service,),
    date(2026, 6, 8): (milestone, integrate("gampil")),
    date(2026, 9, 7): (add_services,),
    date(2026, 10, 12): (ask_decisions,),
    date(2026, 11, 16): (ask_decisions, remind_silent_opds),
}
"""The events by their Monday."""
