import uuid

from django.db import models

from lms.people.scoping import ScopedQuerySet


class EntryQuerySet(ScopedQuerySet["Entry"]):
    person_path = "person"

    def refused(self) -> "EntryQuerySet":
        return self.filter(state=Entry.State.REFUSED)


class Device(models.Model):
    """One person's outbox on one phone. Another person on the same phone has another one."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="devices")
    first_seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Entry(models.Model):
    """Something a learner or mentor did, once: its UUID comes from the form or the phone.

    The fields are kept only when the entry was refused, so that staff can repair it; an applied entry lives in the
    table it was for.
    """

    class State(models.TextChoices):
        APPLIED = "applied"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    batch = models.UUIDField()
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="entries")
    device = models.UUIDField(null=True)
    kind = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.APPLIED)
    reason = models.CharField(max_length=300, blank=True)
    fields = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["received_at"]
        indexes = [models.Index(name="entry_by_person", fields=["person", "-received_at"])]
        constraints = [
            models.CheckConstraint(
                name="refused_entry_has_a_reason", condition=~models.Q(state="refused") | ~models.Q(reason="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
