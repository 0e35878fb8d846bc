import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from lms.people.scoping import ScopedQuerySet


class RefresherQuerySet(ScopedQuerySet["Refresher"]):
    person_path = "person"


class Refresher(models.Model):
    """Hours of refresher that a companion attended (domain.md 4.5), as a trainer or coordinator noted them."""

    class Topic(models.TextChoices):
        LAW = "law", _("Changes in the law")
        SERVICES = "services", _("Services and referral")
        SUPPORT = "support", _("First support and safety plans")
        CHILDREN = "children", _("Keeping children safe")
        INCLUSION = "inclusion", _("Disability and those not reached yet")
        CARE = "care", _("Caring for ourselves")
        OTHER = "other", _("Something else")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="refreshers")
    held_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=9, choices=Topic)
    words = models.CharField(max_length=80, blank=True)
    is_legal = models.BooleanField(default=False)
    noted_by = models.ForeignKey("people.Person", models.PROTECT, related_name="refreshers_noted")
    noted_at = models.DateTimeField()

    objects = RefresherQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-noted_at"]
        constraints = [
            models.CheckConstraint(name="nobody_notes_her_own_refresher", condition=~Q(noted_by=F("person"))),
            models.CheckConstraint(
                name="a_refresher_goes_in_steps_of_15_minutes",
                condition=Q(minutes__range=(15, 480)) & Q(Exact(F("minutes") % 15, 0)),
            ),
            models.CheckConstraint(
                name="other_topics_have_words", condition=Q(topic="other") & ~Q(words="") | ~Q(topic="other")
            ),
            models.UniqueConstraint(name="a_refresher_counts_once", fields=["person", "held_on", "topic", "words"]),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.held_on}"

    @property
    def title(self) -> str:
        return self.words or str(self.get_topic_display())


class ReminderQuerySet(ScopedQuerySet["Reminder"]):
    person_path = "person"

    def unsent(self) -> "ReminderQuerySet":
        return self.filter(sent_at=None, tries__lt=Reminder.MOST_TRIES)


class Reminder(models.Model):
    """Something waits for her: shown on her desk, and sent by mail where she has an address. Each kind once a cycle.

    `cycle` is that of the certificate which runs out, `due_on` its last day. `tried_at`: a worker has it in hand.
    """

    MOST_TRIES = 12

    class Kind(models.TextChoices):
        DAYS_90 = "days_90"
        DAYS_60 = "days_60"
        DAYS_30 = "days_30"
        GRACE = "grace"
        LAPSED = "lapsed"

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=7, choices=Kind)
    cycle = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    made_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_reminder_of_a_kind_is_made_once", fields=["person", "kind", "cycle", "due_on"]
            )
        ]
        indexes = [models.Index(name="reminders_waiting", fields=["made_at"], condition=Q(sent_at=None))]

    def __str__(self) -> str:
        return f"{self.person} · {self.kind}"
