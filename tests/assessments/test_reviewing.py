"""What to look at again after an exam, and what is strong."""

from assessments.rules.marking import Mark
from assessments.rules.reviewing import LessonReview, review


def mark(number: int, lesson: str, is_right: bool, is_critical: bool = False) -> Mark:
    return Mark(number, f"T-{number}", lesson, is_critical, True, is_right)


def test_lessons_with_a_wrong_answer_come_again_the_critical_one_first() -> None:
    marks = [
        mark(1, "l1", False),
        mark(2, "l1", False),
        mark(3, "l2", True),
        mark(4, "l3", False),
        mark(5, "l4", False, is_critical=True),
        mark(6, "l4", True),
    ]
    found = review(marks, ["l1", "l2", "l3", "l4"])
    assert [one.lesson for one in found.again] == ["l4", "l1", "l3"]
    assert found.again[0] == LessonReview("l4", right=1, total=2, critical=1)
    assert found.strong == (LessonReview("l2", right=1, total=1),)


def test_a_lesson_that_the_module_no_longer_has_comes_last() -> None:
    found = review([mark(1, "gone", False), mark(2, "l2", False), mark(3, "l1", False)], ["l1", "l2"])
    assert [one.lesson for one in found.again] == ["l1", "l2", "gone"]


def test_everything_right_leaves_nothing_to_look_at_again() -> None:
    found = review([mark(1, "l1", True, is_critical=True)], ["l1"])
    assert (found.again, [one.lesson for one in found.strong]) == ((), ["l1"])
