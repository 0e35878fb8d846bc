"""Which questions were asked in which attempt: for counting, and so that no question that was asked is ever lost."""

from django.db import models


class AskedQuestion(models.Model):
    """Written when an attempt begins, gone with the attempt. It keeps its question from being deleted."""

    attempt = models.ForeignKey("assessments.Attempt", models.CASCADE, related_name="asked")
    question = models.ForeignKey("assessments.Question", models.PROTECT, related_name="asked")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="question_stands_once_in_an_attempt", fields=["question", "attempt"])
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.attempt_id}"
