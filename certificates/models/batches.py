from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.models.certificates import Certificate
from lms.people.scoping import ScopedQuerySet


class BatchQuerySet(ScopedQuerySet["Batch"]):
    person_path = "asked_by"


class Batch(models.Model):
    """A coordinator certifies many people at once; the worker does it one by one. What waits are its rows."""

    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="batches")
    asked_at = models.DateTimeField()

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.asked_by} · {self.asked_at:%Y-%m-%d %H:%M}"


class BatchRowQuerySet(models.QuerySet["BatchRow"]):
    def waiting(self) -> "BatchRowQuerySet":
        return self.filter(state=BatchRow.State.WAITING)


class BatchRow(models.Model):
    """One person of a batch. A row waits until she is certified or refused with a sentence; then it stays so."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Certified")
        REFUSED = "refused", _("Not certified")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="batch_rows")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="+")
    sentence = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    judged_at = models.DateTimeField(null=True)

    objects: Any = BatchRowQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="person_is_once_in_a_batch", fields=["batch", "person"]),
            models.UniqueConstraint(name="person_waits_in_one_batch", fields=["person"], condition=Q(state="waiting")),
            models.CheckConstraint(
                name="batch_row_says_what_became_of_it",
                condition=Q(state="waiting", certificate=None, sentence="", judged_at=None)
                | Q(state="done", certificate__isnull=False, sentence="", judged_at__isnull=False)
                | (Q(state="refused", certificate=None, judged_at__isnull=False) & ~Q(sentence="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_state_display()}"
