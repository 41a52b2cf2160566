"""Paths: what is no file is told from what is one before anybody waits for its end."""

import os
from pathlib import Path

import pytest

from tests.tracker.exchange.importing import file
from tests.tracker.store.processes import end_of, fork
from tracker.comparison.summary import read_summary
from tracker.errors import Rejected
from tracker.exchange.parsing.mapping import read_mapping
from tracker.exchange.progress import Progress
from tracker.exchange.questions import read_answers
from tracker.exchange.reading.files import read_file
from tracker.paths import home_folder, require_ordinary_file


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe that nobody writes to: whoever reads it waits for ever."""
    path = tmp_path / "pipe.csv"
    os.mkfifo(path)
    return path


def test_a_file_and_a_folder_are_ordinary(tmp_path: Path) -> None:
    assert require_ordinary_file(tmp_path) == tmp_path
    assert (
        require_ordinary_file(file(tmp_path, "a.csv", "")) == tmp_path / "a.csv"
    )


def test_a_pipe_is_refused_wherever_a_file_is_read(pipe: Path) -> None:
    for read in (
        lambda: read_file(pipe, None, Progress()),
        lambda: read_mapping(pipe),
        lambda: read_answers(pipe),
        lambda: read_summary(pipe),
    ):
        with pytest.raises(Rejected, match="not an ordinary file"):
            read()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can be anybody")
def test_whoever_has_no_home_gets_the_current_folder() -> None:
    """As in a container, where the system knows the user by a number alone."""

    def look_for_it() -> None:
        os.environ.pop("HOME", None)
        os.setuid(54321)
        assert home_folder() == Path.cwd()

    assert end_of(fork(look_for_it)) == 0
