from pathlib import Path

from screens.memory import Place, read_place, write_place


def test_where_one_left_is_where_one_comes_back_to(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "place.json"
    write_place(path, "a", Place("board", "macet"))
    write_place(path, "b", Place("opds"))
    assert read_place(path, "a") == Place("board", "macet")
    assert read_place(path, "b") == Place("opds")
    assert read_place(path, "c") == Place()


def test_a_damaged_memory_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "place.json"
    path.write_text("{")
    assert read_place(path, "a") == Place()
    write_place(path, "a", Place("opds"))
    assert read_place(path, "a") == Place("opds")
