from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PeriodQuerySet(models.QuerySet):
    """Rows that hold from a day to a day; the last day counts."""

    def on(self, day: date) -> "PeriodQuerySet":
        return self.filter(Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day)))


class Role(models.Model):
    """What a person may do, in a region and for a period."""

    class Kind(models.TextChoices):
        LEARNER = "learner", _("Learner")
        MENTOR = "mentor", _("Mentor")
        TRAINER = "trainer", _("Trainer")
        COORDINATOR = "coordinator", _("Coordinator")
        OWNER = "owner", _("Site owner")

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=12, choices=Kind)
    region = models.ForeignKey("people.Region", models.PROTECT, null=True, blank=True, related_name="roles")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.UniqueConstraint(
                name="open_role_is_held_once", fields=["person", "kind", "region"], condition=Q(ends_on=None)
            ),
            models.UniqueConstraint(
                name="open_role_everywhere_is_held_once",
                fields=["person", "kind"],
                condition=Q(ends_on=None, region=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"


class Mentorship(models.Model):
    """A mentor answers for a learner's internship for a period."""

    mentor = models.ForeignKey("people.Person", models.PROTECT, related_name="mentorships_given")
    learner = models.ForeignKey("people.Person", models.PROTECT, related_name="mentorships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="nobody_mentors_herself", condition=~Q(mentor=F("learner"))),
            models.CheckConstraint(
                name="mentorship_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.UniqueConstraint(
                name="learner_has_one_open_mentorship", fields=["learner"], condition=Q(ends_on=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} → {self.learner}"
