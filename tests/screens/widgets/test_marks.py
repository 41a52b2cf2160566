from screens.widgets.marks import Marks

KEYS = ["a", "b", "c", "d", "e"]


def test_marking_twice_unmarks() -> None:
    marks = Marks[str]()
    marks.toggle("b")
    assert marks.select(KEYS) == ["b"]
    marks.toggle("b")
    assert not marks


def test_a_range_follows_the_cursor_either_way_until_it_is_kept() -> None:
    marks = Marks[str]()
    marks.begin("b", KEYS)
    marks.extend_to("d", KEYS)
    assert marks.select(KEYS) == ["b", "c", "d"]
    marks.extend_to("a", KEYS)
    assert marks.select(KEYS) == ["a", "b"]
    marks.begin("a", KEYS)
    marks.extend_to("e", KEYS)
    assert marks.select(KEYS) == ["a", "b"]
    assert len(marks) == 2


def test_all_or_none() -> None:
    marks = Marks[str]()
    marks.toggle("b")
    marks.toggle_all(KEYS)
    assert marks.select(KEYS) == KEYS
    marks.toggle_all(KEYS)
    assert not marks


def test_marks_on_lines_that_are_gone_are_forgotten() -> None:
    marks = Marks[str]()
    marks.toggle_all(KEYS)
    marks.keep_only(["a", "c"])
    assert marks.select(KEYS) == ["a", "c"]
