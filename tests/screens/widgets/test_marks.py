from screens.widgets.marks import Marks

KEYS = ["a", "b", "c", "d", "e"]


def test_marking_twice_unmarks() -> None:
    marks = Marks()
    marks.toggle("b")
    assert marks.of(KEYS) == ["b"]
    marks.toggle("b")
    assert not marks


def test_a_range_follows_the_cursor_either_way_until_it_is_kept() -> None:
    marks = Marks()
    marks.begin("b", KEYS)
    marks.reach("d", KEYS)
    assert marks.of(KEYS) == ["b", "c", "d"]
    marks.reach("a", KEYS)
    assert marks.of(KEYS) == ["a", "b"]
    marks.begin("a", KEYS)
    marks.reach("e", KEYS)
    assert marks.of(KEYS) == ["a", "b"]
    assert len(marks) == 2


def test_all_or_none() -> None:
    marks = Marks()
    marks.toggle("b")
    marks.toggle_all(KEYS)
    assert marks.of(KEYS) == KEYS
    marks.toggle_all(KEYS)
    assert not marks


def test_marks_on_lines_that_are_gone_are_forgotten() -> None:
    marks = Marks()
    marks.toggle_all(KEYS)
    marks.keep_only(["a", "c"])
    assert marks.of(KEYS) == ["a", "c"]
