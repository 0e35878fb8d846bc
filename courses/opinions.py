"""What learners think of modules and trainings, without names, when enough of them answered. Reads only."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from courses import outline
from courses.models import Cohort, Feedback
from lms.people.models import Person

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Opinion:
    """Of a module or a training; `about` says where it belongs.

    Below five people only `count` is told; `texts` stand in no order and without days.
    """

    title: str
    about: str
    count: int
    clear: tuple[int, int, int] = (0, 0, 0)
    useful: tuple[int, int, int] = (0, 0, 0)
    texts: tuple[str, ...] = ()

    @property
    def is_enough(self) -> bool:
        return self.count >= FEWEST


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is asked about: a module she finished or a training she was in."""

    occasion: str
    key: UUID
    title: str
    url: str


Row = tuple[UUID, int, int, int, str]


def asked(person: Person, key: UUID) -> Asked | None:
    """The published module, or the training of hers, of that key."""
    found = outline.outline().find_module_key(key)
    if found:
        return Asked(Feedback.Occasion.MODULE, key, found[1].outer_title, outline.url_of(*found))
    training = Cohort.objects.filter(key=key, members__person=person).first()
    return Asked(Feedback.Occasion.TRAINING, key, training.name, reverse("courses:desk")) if training else None


def trainings_to_rate(person: Person, today: date) -> list[Cohort]:
    """Her trainings that are over and that she has said nothing about. One query."""
    said = Feedback.objects.filter(person=person, occasion=Feedback.Occasion.TRAINING).values("key")
    return list(Cohort.objects.over(today).filter(members__person=person).exclude(key__in=said))


def opinions_for(trainer: Any) -> list[Opinion]:
    """Every published module and her trainings, with each learner's newest answer. Three queries."""
    newest: dict[tuple[UUID, int], Row] = {}
    seen = Feedback.objects.visible_to(trainer, as_role="trainer")
    for row in seen.order_by("version", "pk").values_list("key", "person_id", "clear", "useful", "improve"):
        newest[row[0], row[1]] = row
    by_key: dict[UUID, list[Row]] = defaultdict(list)
    for row in newest.values():
        by_key[row[0]].append(row)
    trainings = Cohort.objects.visible_to(trainer, as_role="trainer").filter(key__in=list(by_key)).order_by("name")
    return [
        *(
            _opinion(f"{course.number_of(module)} · {module.title}", course.title, by_key[module.key])
            for course in outline.course_plans()
            for module in course.modules
        ),
        *(_opinion(one.name, str(_("Class")), by_key[one.key]) for one in trainings),
    ]


def _opinion(title: str, about: str, rows: list[Row]) -> Opinion:
    if len(rows) < FEWEST:
        return Opinion(title, about, len(rows))
    texts = [row[4] for row in rows if row[4]]
    random.SystemRandom().shuffle(texts)
    clear, useful = _counted(row[2] for row in rows), _counted(row[3] for row in rows)
    return Opinion(title, about, len(rows), clear, useful, tuple(texts))


def _counted(answers: Iterable[int]) -> tuple[int, int, int]:
    """How many said yes, partly, no."""
    counts = Counter(answers)
    return counts[3], counts[2], counts[1]
