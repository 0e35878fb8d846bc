"""What learners think of modules, without names and only when enough of them answered. Reads only."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from courses import outline
from courses.models import Feedback
from courses.rules import CoursePlan, ModulePlan

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Opinion:
    """Of one module. Below five people only `count` is told; `texts` stand in no order and without days."""

    course: CoursePlan
    module: ModulePlan
    number: int
    count: int
    clear: tuple[int, int, int] = (0, 0, 0)
    useful: tuple[int, int, int] = (0, 0, 0)
    texts: tuple[str, ...] = ()

    @property
    def is_enough(self) -> bool:
        return self.count >= FEWEST


Row = tuple[UUID, int, int, int, str]


def opinions_for(trainer: Any) -> list[Opinion]:
    """Every published module with the newest answer of each learner of her regions. Two queries."""
    newest: dict[tuple[UUID, int], Row] = {}
    seen = Feedback.objects.visible_to(trainer, as_role="trainer").filter(occasion=Feedback.Occasion.MODULE)
    for row in seen.order_by("version", "pk").values_list("key", "person_id", "clear", "useful", "improve"):
        newest[row[0], row[1]] = row
    return [
        _opinion(course, module, [row for row in newest.values() if row[0] == module.key])
        for course in outline.course_plans()
        for module in course.modules
    ]


def _opinion(course: CoursePlan, module: ModulePlan, rows: list[Row]) -> Opinion:
    number = course.number_of(module)
    if len(rows) < FEWEST:
        return Opinion(course, module, number, len(rows))
    texts = [row[4] for row in rows if row[4]]
    random.SystemRandom().shuffle(texts)
    clear, useful = _counted(row[2] for row in rows), _counted(row[3] for row in rows)
    return Opinion(course, module, number, len(rows), clear, useful, tuple(texts))


def _counted(answers: Iterable[int]) -> tuple[int, int, int]:
    """How many said yes, partly, no."""
    counts = Counter(answers)
    return counts[3], counts[2], counts[1]
