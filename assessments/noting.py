"""What an attempt asks, noted when it begins: for counting, and to keep those questions. Action."""

from collections.abc import Collection

from assessments.models import AskedQuestion, Attempt, Question
from lms.kit.writing import writing


def note_asked(*, attempt: Attempt, codes: Collection[str]) -> None:
    """Two queries, however many questions."""
    with writing():
        keys = Question.objects.filter(code__in=codes).order_by("pk").values_list("pk", flat=True)
        AskedQuestion.objects.bulk_create([AskedQuestion(attempt=attempt, question_id=key) for key in keys])
