from typing import Any

from django.db import models
from django.db.models import Q

from courses.models import Cohort
from lms.people.scoping import ScopedQuerySet


class CardSheetQuerySet(ScopedQuerySet["CardSheet"]):
    person_path = "asked_by"


class CardSheet(models.Model):
    """The cards of a cohort on sheets to cut, asked for by a coordinator and made by the worker. Kept for a week."""

    class State(models.TextChoices):
        WAITING = "waiting"
        READY = "ready"
        FAILED = "failed"

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="card_sheets")
    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="card_sheets")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    bytes = models.PositiveIntegerField(default=0)

    objects: Any = CardSheetQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_cohorts_cards_wait_once", fields=["cohort", "asked_by"], condition=Q(state="waiting")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort} · {self.asked_at:%Y-%m-%d %H:%M}"
