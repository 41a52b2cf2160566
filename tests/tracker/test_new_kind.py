"""A new kind of fact touches at most eight files of the program.

The proof: the program runs with trainings of OPDs, added to a copy of it, and they go in by
every door and come out by every door.
"""

from collections.abc import Iterator

import pytest

from tests.tracker.altered_program import AlteredProgram

FILES = 8

MODEL = '''

class Training(Fact, frozen=True, kw_only=True):
    """People of an OPD were trained on a day."""

    opd: str
    on: date
    topic: str
    people: int | None = None
'''

KIND = """
TRAININGS = FactKind(
    table="trainings",
    noun=N_("Training"),
    plural=N_("Trainings"),
    entered=N_("trained on {on}"),
    removed=N_("the training of {on} is taken out"),
    day="on",
    unique=True,
    also=("pelatihan",),
    fields=(
        OPD_FIELD,
        ON_FIELD,
        Field("topic", N_("Topic"), ValueType.TEXT, indonesian="materi",
              needed_in_files=True),
        Field("people", N_("People"), ValueType.WHOLE, indonesian="peserta"),
    ),
)

"""

ACTION = '''"""Actions on trainings."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from tracker.actions.draft import Draft
from tracker.language import N_
from tracker.lookup import find_opd
from tracker.model import Training


@dataclass(frozen=True)
class AddTraining:
    """Enter that people of an OPD were trained."""

    name: ClassVar[str] = "training add"
    log_label: ClassVar[str] = N_("new training")
    opd: str
    on: date
    topic: str
    people: int | None = None

    def apply(self, draft: Draft) -> None:
        """Enter the training."""
        opd = find_opd(draft.register, self.opd)
        draft.new(
            Training,
            opd=opd.id,
            on=self.on,
            topic=self.topic,
            people=self.people,
        )
'''

COMMAND = '''"""``training``: who was trained."""

from typing import Annotated

import typer
from typer import Argument, Option

from tracker.cli.common import Day
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.language import N_

app = create_group()
nouns = create_group("training", N_("Trainings."))
app.add_typer(nouns)


@command(nouns, "add", N_("Enter a training."), "opd-tracker training add")
def add_training(
    ctx: typer.Context,
    opd: Annotated[str, Argument(metavar="OPD")],
    topic: Annotated[str, Argument(metavar="TOPIC")],
    on: Day = "",
    people: Annotated[int | None, Option("--people")] = None,
) -> None:
    """Enter a training."""
    from tracker.actions.trainings import AddTraining

    session = session_of(ctx)
    session.act(AddTraining(opd, session.read_day(on), topic, people))
'''

DIALOG = '''"""The dialog on trainings."""

from screens.dialogs.base import FormDialog
from screens.dialogs.fields import action_dialog, field_of_fact
from screens.dialogs.form import Form, Values
from screens.selection import Selection
from screens.state import State
from tracker.actions.draft import Action
from tracker.actions.trainings import AddTraining
from tracker.language import N_


def add_training(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask who was trained."""
    names = ("opd", "on", "topic", "people")
    fields = [field_of_fact(state, "trainings", name) for name in names]

    def make(values: Values) -> Action:
        return AddTraining(**values)

    return action_dialog(state, Form(N_("Training"), fields, make))
'''

ENTRY = """    dialog_command(
        "add_training",
        "trainings:add_training",
        "",
        N_("Training"),
        N_("Enter who was trained"),
        (),
        "",
    ),
"""


@pytest.fixture(scope="module")
def program(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[AlteredProgram]:
    """Yield a copy of the program that knows trainings."""
    program = AlteredProgram.copy_to(tmp_path_factory.mktemp("program"))
    add, insert = program.add_file, program.insert_before

    insert("tracker/model.py", "\n\nclass Tables(", MODEL)
    insert(
        "tracker/model.py",
        "    snapshots: Mapping",
        "    trainings: Mapping[str, Training] = {}\n",
    )
    insert("tracker/fields/dated.py", "DATED_KINDS = (", KIND)
    insert("tracker/fields/dated.py", "    SNAPSHOTS,\n", "    TRAININGS,\n")
    add("tracker/actions/trainings.py", ACTION)
    insert(
        "tracker/actions/registry.py",
        "from tracker.actions.undo",
        "from tracker.actions.trainings import AddTraining\n",
    )
    insert("tracker/actions/registry.py", "    Undo,\n", "    AddTraining,\n")
    add("tracker/cli/training.py", COMMAND)
    insert(
        "tracker/cli/command_index.py",
        '    "opening":',
        '    "training": "training",\n',
    )
    add("screens/dialogs/trainings.py", DIALOG)
    insert(
        "screens/commands/changes.py",
        '    dialog_command(\n        "settings",',
        ENTRY,
    )
    assert len(program.changed) <= FILES
    yield program
    program.close()


def test_a_new_kind_goes_through_the_program(program: AlteredProgram) -> None:
    run, folder = program.run, program.folder
    run("init", "--city", "Uji", "--portal", "Pintu")
    run("opd", "add", "Dinas Satu", "--code", "satu")

    told = run("training", "add", "satu", "Loket", "--on", "2026-02-03")
    assert "Training: OPD satu · date 3 Feb 2026 · topic Loket" in told
    again = ("training", "add", "satu", "Loket", "--on", "2026-02-03")
    assert "already there" in program.run_rejected(*again)
    assert "new training" in run("log", "--last", "1")
    number = told.split("+ ")[1].split()[0]
    assert "people" in run("correct", number, "--set", "people=12")

    run("export", str(folder / "out"), "--format", "csv")
    file = folder / "out/trainings.csv"
    exported = file.read_text(encoding="utf-8-sig")
    assert exported.splitlines()[0].startswith("opd,date,topic,people")
    assert "Loket,12" in exported

    sheet = folder / "pelatihan.csv"
    sheet.write_text(
        "perangkat_daerah,tanggal,materi,peserta\n"
        "satu,2026-02-03,Loket,15\nDinas Satu,2026-03-04,Arsip,8\n",
        encoding="utf-8",
    )
    told = run("import", str(sheet), "--kind", "trainings")
    assert "changed 1, new 1" in told
    run("export", str(folder / "again"), "--format", "csv")
    exported = (folder / "again/trainings.csv").read_text(encoding="utf-8-sig")
    assert "Loket,15" in exported
    assert "Arsip,8" in exported

    run("undo")
    run("withdraw", number, "--why", "Keliru")
    run("doctor")
    run("export", str(folder / "last"), "--format", "csv")
    last = folder / "last/trainings.csv"
    assert not last.exists() or "Loket" not in last.read_text(encoding="utf-8")


def test_a_new_kind_has_its_dialogs(program: AlteredProgram) -> None:
    printed = program.run_code(
        "from tests.screens.dialogs.host import world\n"
        "from screens.dialogs import dialog_for\n"
        "city = world()\n"
        "form = dialog_for('add_training', city.state('en'), city.selection()).form\n"
        "print([field.label for field in form.fields])\n"
    )
    assert printed.strip() == "['OPD', 'Date', 'Topic', 'People']"
