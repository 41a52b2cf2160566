from pathlib import Path

from screens.session_state import ViewState, read_view_state, write_view_state


def test_where_one_left_is_where_one_comes_back_to(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "place.json"
    write_view_state(path, "a", ViewState("board", "macet"))
    write_view_state(path, "b", ViewState("opds"))
    assert read_view_state(path, "a") == ViewState("board", "macet")
    assert read_view_state(path, "b") == ViewState("opds")
    assert read_view_state(path, "c") == ViewState()


def test_a_damaged_memory_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "place.json"
    path.write_text("{")
    assert read_view_state(path, "a") == ViewState()
    write_view_state(path, "a", ViewState("opds"))
    assert read_view_state(path, "a") == ViewState("opds")
