"""After an exam: what to look at again, and what is strong. By lesson, so that no key is ever told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.rules.marking import Mark


@dataclass(frozen=True, slots=True)
class LessonReview:
    """One lesson in an attempt: `right` of `total` questions, `critical` of those that were wrong."""

    lesson: str
    right: int
    total: int
    critical: int = 0

    @property
    def wrong(self) -> int:
        return self.total - self.right


@dataclass(frozen=True, slots=True)
class Review:
    again: tuple[LessonReview, ...]
    strong: tuple[LessonReview, ...]


def review(marks: Iterable[Mark], lessons: Sequence[str]) -> Review:
    """Sort the lessons of a paper: those with a wrong answer, and those without.

    `lessons` in the order of the module. To look at again: what a critical question belongs to first, then where
    more was wrong, then in the order of the module.
    """
    marks = tuple(marks)
    places = {lesson: place for place, lesson in enumerate(lessons)}
    named = sorted({mark.lesson for mark in marks}, key=lambda lesson: (places.get(lesson, len(places)), lesson))
    found = [_of_lesson(lesson, [mark for mark in marks if mark.lesson == lesson]) for lesson in named]
    again = sorted((one for one in found if one.wrong), key=lambda one: (-one.critical, -one.wrong))
    return Review(tuple(again), tuple(one for one in found if not one.wrong))


def _of_lesson(lesson: str, marks: Sequence[Mark]) -> LessonReview:
    return LessonReview(
        lesson=lesson,
        right=sum(mark.is_right for mark in marks),
        total=len(marks),
        critical=sum(mark.is_critical and not mark.is_right for mark in marks),
    )


def may_explain(*, is_resting: bool, is_closed: bool, is_asked_elsewhere: bool) -> bool:
    """Whether the reason of a question may be told after an exam whose feedback waits for its closing.

    Never while somebody may still be asked: the exam is closed for everybody (`is_closed`), and the question rests or
    no other exam asks from its bank.
    """
    return is_closed and (is_resting or not is_asked_elsewhere)
