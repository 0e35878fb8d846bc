"""Questions of a copied module: a bank of its own, so that a change in one reaches nobody in the other. Action."""

import itertools
from datetime import datetime

from assessments.models import Question
from courses import copying
from courses.models import ModulePage

LONGEST_CODE = 30


def copy_questions(*, source: ModulePage, copy: ModulePage, now: datetime) -> None:
    """Every question of `source` once more for `copy`, under the next free code. A second call adds nothing."""
    if Question.objects.filter(module=copy).exists():
        return
    for question in Question.objects.filter(module=source).order_by("place", "code"):
        question.pk = None
        question._state.adding = True
        question.latest_revision = None
        question.module = copy
        question.code = free_code(question.code)
        question.version, question.digest = 0, ""
        question.save()


def free_code(code: str) -> str:
    """M3-12 becomes M3-12-2, then M3-12-3."""
    proposals = (f"{code[: LONGEST_CODE - 4]}-{number}" for number in itertools.count(2))
    return next(one for one in proposals if not Question.objects.filter(code=one).exists())


def register() -> None:
    """Called once at start-up."""
    copying.register_copier(copy_questions)
