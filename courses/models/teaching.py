from django.db import models
from django.db.models import Count, F, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Cohort
from lms.people.scoping import ScopedQuerySet


class TrainingDayQuerySet(models.QuerySet["TrainingDay"]):
    def with_counts(self) -> "TrainingDayQuerySet":
        """`present` of `noted` people."""
        return self.annotate(noted=Count("list"), present=Count("list", filter=Q(list__is_present=True)))


class TrainingDay(models.Model):
    """A day on which a cohort met. The topic names what was learned, never a person."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="days")
    held_on = models.DateField(_("date"))
    minutes = models.PositiveSmallIntegerField(_("how long"))
    topic = models.CharField(_("topic"), max_length=120)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects = TrainingDayQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on"]
        constraints = [
            models.UniqueConstraint(name="cohort_meets_once_a_day", fields=["cohort", "held_on"]),
            models.CheckConstraint(
                name="training_goes_in_steps_of_15_minutes",
                condition=Q(minutes__range=(15, 600)) & Q(Exact(F("minutes") % 15, 0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort} · {self.held_on}"


class AttendanceQuerySet(ScopedQuerySet["Attendance"]):
    person_path = "person"

    def present(self) -> "AttendanceQuerySet":
        return self.filter(is_present=True)


class Attendance(models.Model):
    """Whether a person was there on a day of training, as a trainer noted it: on the screen or from a paper list."""

    class Way(models.TextChoices):
        SCREEN = "screen", _("on the screen")
        PAPER = "paper", _("from a paper list")

    day = models.ForeignKey(TrainingDay, models.PROTECT, related_name="list")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="attendances")
    is_present = models.BooleanField()
    way = models.CharField(max_length=6, choices=Way, default=Way.SCREEN)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            models.UniqueConstraint(name="person_is_once_on_a_list", fields=["day", "person"]),
            models.CheckConstraint(name="nobody_notes_her_own_attendance", condition=~Q(by=F("person"))),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.day}"
