"""Changes are told in a few words, true to what would be kept."""

from datetime import UTC, date, datetime

import pytest

from tests.screens.dialogs.host import TODAY, world
from tracker.actions.applications import IntegrateApplication
from tracker.actions.city import AddMilestone, ChangeCity
from tracker.actions.draft import Action, Context
from tracker.actions.members import SetMember
from tracker.actions.moves import (
    CorrectFact,
    MoveServices,
    VerifyServices,
    WithdrawFact,
)
from tracker.actions.opds import AddOPD, MergeOPD, ReportOPDs
from tracker.actions.perform import plan
from tracker.actions.services import RetireServices
from tracker.actions.targets_obstacles import (
    AddObstacles,
    ClearTargets,
    SetTargets,
)
from tracker.changes import changes_between
from tracker.language import load_language
from tracker.model import Factor, Role, Stage
from tracker.narration.codes import Codes
from tracker.narration.facts import describe_changes
from tracker.narration.summary import summarize_changes
from tracker.week import Week

K = world().keys


def tells(action: Action) -> list[str]:
    register = world().builder.register
    changes = plan(
        register,
        action,
        Context("Uji", datetime(2026, 11, 22, tzinfo=UTC), TODAY),
    ).changes
    return summarize_changes(
        register,
        register.changed(changes),
        changes_between(register, changes),
        load_language("en"),
    )


@pytest.mark.parametrize(
    ("action", "lines"),
    [
        (
            VerifyServices((K["kk"],), TODAY),
            ["Kartu Keluarga: verified on 22 Nov 2026"],
        ),
        (
            RetireServices((K["ktp"], K["kk"]), TODAY),
            ["2 services: no longer offered from 22 Nov 2026"],
        ),
        (
            AddOPD("Badan Baru"),
            ["Badan Baru: new OPD, with the code badan-baru"],
        ),
        (
            AddObstacles((K["kk"],), Factor.PEOPLE, "x", TODAY),
            ["Kartu Keluarga: held back since 22 Nov 2026 (People)"],
        ),
        (
            ReportOPDs((K["dpmptsp"], K["coblong"]), Week(2026, 47)),
            ["Dinas Penanaman Modal and 1 more: has reported for 2026-W47"],
        ),
        (
            SetTargets((K["kk"],), Stage.INTEGRATED, date(2027, 1, 31)),
            ["Kartu Keluarga: due on 31 Dec 2026 → 31 Jan 2027"],
        ),
        (
            ClearTargets((K["kk"],)),
            [
                "Kartu Keluarga: the target of Integrated by 31 Dec 2026 is taken out"
            ],
        ),
        (
            IntegrateApplication(K["salaman"], TODAY),
            [
                "Kartu Keluarga: Online → Integrated, on 22 Nov 2026",
                "Salaman [/x]: integrated on 22 Nov 2026",
            ],
        ),
        (
            MergeOPD(K["dukcapil"], K["dpmptsp"], TODAY),
            [
                "2 services: disdukcapil → dpmptsp, on 22 Nov 2026",
                "Dinas Kependudukan: retired on 22 Nov 2026",
                "Dinas Penanaman Modal: other names Dinas Kependudukan; Capil",
            ],
        ),
        (
            WithdrawFact(K["move"], "x"),
            ["Kartu Keluarga: the move to Online on 3 Feb 2026 is taken out"],
        ),
        (
            CorrectFact(K["move"], {"stage": "integrated", "visits": 1.5}),
            ["Kartu Keluarga: stage Online → Integrated; office visits 1.5"],
        ),
        (
            AddMilestone(TODAY, "Perwal\nkedua", True),
            ["Perwal: new milestone, 22 Nov 2026"],
        ),
        (ChangeCity({"goal": None}), ["Bandung: goal date 31 Dec 2027 → –"]),
        (
            CorrectFact(K["evaluation"], {"year": 2024}),
            ["SPBE: year 2025 → 2024"],
        ),
        (
            MoveServices((K["ktp"],), Stage.CONVENTIONAL, TODAY, visits=2.0),
            [
                "KTP [/x] [@click=app.quit]x[/] [red]: Conventional as before, on 22 Nov 2026"
            ],
        ),
        (
            CorrectFact(K["move"], {"stage": "online"}),
            ["Nothing would change."],
        ),
    ],
)
def test_an_action_is_told(action: Action, lines: list[str]) -> None:
    assert tells(action) == lines


def test_a_merge_tells_which_members_go_along() -> None:
    context = Context("Sari", datetime(2026, 11, 22, tzinfo=UTC), TODAY)
    before = world().builder.register
    for name in ("Budi", "Tono"):
        set_member = SetMember(name, Role.OPD, "disdukcapil")
        added = plan(before, set_member, context)
        before = before.changed(added.changes_with_entry, added.next_number)
    merge = MergeOPD(K["dukcapil"], K["dpmptsp"], TODAY)
    changes = plan(before, merge, context).changes

    after, told = before.changed(changes), changes_between(before, changes)
    english = load_language("en")
    summary = summarize_changes(before, after, told, english)
    assert summary[1:] == [
        "Budi and 1 more: OPD Dinas Kependudukan → Dinas Penanaman Modal",
        "… and 2 more",
    ]
    one_by_one = describe_changes(Codes(after, told), told, english)
    (budi,) = (line for line in one_by_one if "Budi" in line)
    assert budi.endswith("Member Budi: OPD disdukcapil → dpmptsp")


def test_many_lines_are_cut_and_counted() -> None:
    lines = tells(MergeOPD(K["dpmptsp"], K["dukcapil"], date(2026, 5, 3)))
    assert len(lines) == 3


def test_a_long_name_leaves_room_for_what_is_said_of_it() -> None:
    (line,) = tells(AddOPD("Dinas " + "x" * 200))
    assert line.startswith("Dinas xxx")
    assert "…: new OPD" in line
