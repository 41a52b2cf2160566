"""Commands whose system calls fail one by one are whole: a sample of what `python -m faults` tries."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from faults.calls import sample_faults
from faults.scenes import SCENES, Scene
from faults.tracing import can_trace
from faults.trials import Stage
from tests.depth import THOROUGH

if TYPE_CHECKING:
    from tests.server.harness import TestServer

pytestmark = pytest.mark.thorough
SAMPLE = 4
FEW = {"move", "import", "snapshot", "merge", "restore"}
"""The commands that are tried at every landing; ``THOROUGH=1`` tries all."""

ON_FILES = [
    scene
    for scene in SCENES
    if not scene.server and (THOROUGH or scene.name in FEW)
]
ON_SERVER = [scene for scene in SCENES if scene.server]


@pytest.fixture(autouse=True, scope="module")
def needs_strace() -> None:
    if not can_trace():
        pytest.skip("strace is not there, or may not be used")


def try_sample(stage: Stage) -> None:
    own = [call for call in stage.calls if call.place != "program"]
    assert {call.place for call in own} >= {"files", "output"}
    # Not the seed of the command, so that one tries what the other does not.
    trials = [
        stage.try_fault(fault) for fault in sample_faults(own, SAMPLE, seed=2)
    ]
    assert sum(trial.came for trial in trials) > SAMPLE // 2
    found = [
        (str(trial.fault), trial.fault.call.told, trial.run, trial.problems)
        for trial in trials
        if trial.problems
    ]
    assert found == []


@pytest.mark.parametrize("scene", ON_FILES, ids=lambda scene: scene.name)
def test_a_command_is_whole_at_every_fault(
    scene: Scene, tmp_path: Path
) -> None:
    try_sample(Stage(scene, tmp_path))


@pytest.mark.parametrize("scene", ON_SERVER, ids=lambda scene: scene.name)
def test_a_command_on_a_server_is_whole_at_every_fault(
    scene: Scene, tmp_path: Path, running_server: "TestServer"
) -> None:
    try_sample(Stage(scene, tmp_path, running_server))


def test_a_killed_run_is_told_from_one_that_ends(tmp_path: Path) -> None:
    """Kills and errors really come, and at the call that they were meant for."""
    stage = Stage(SCENES[0], tmp_path)
    faults = {str(fault): fault for fault in sample_faults(stage.calls, 0, 1)}
    killed = stage.try_fault(faults["rename:1:KILL"])
    assert killed.run.code == -9
    refused = stage.try_fault(faults["rename:1:EIO"])
    assert "nothing was changed" in refused.run.err
    assert killed.problems == refused.problems == []
