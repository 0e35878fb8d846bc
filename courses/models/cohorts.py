import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.people.scoping import RegionScopedQuerySet, ScopedQuerySet


class CohortQuerySet(RegionScopedQuerySet["Cohort"]):
    """Trainers and coordinators see the cohorts of their regions."""

    staff = ("trainer", "coordinator")

    def over(self, today: date) -> "CohortQuerySet":
        """Those whose last day has come; without a last day, those that have begun."""
        return self.filter(Q(ends_on__lte=today) | Q(ends_on=None, starts_on__lte=today))

    def taught_by(self, person: Any) -> "CohortQuerySet":
        return self.filter(trainers=person)


class Cohort(models.Model):
    """People who take one course together, in a region and for a time: a training."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    course_key = models.UUIDField()
    region = models.ForeignKey("people.Region", models.PROTECT, related_name="cohorts", verbose_name=_("region"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    trainers = models.ManyToManyField("people.Person", related_name="cohorts_taught", verbose_name=_("trainers"))

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name", "pk"]
        constraints = [
            models.UniqueConstraint(name="cohort_name_is_unique_in_region", fields=["region", "name"]),
            models.CheckConstraint(
                name="cohort_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        ]
        indexes = [models.Index(name="cohort_by_course", fields=["course_key"])]

    def __str__(self) -> str:
        return self.name


class CohortMemberQuerySet(ScopedQuerySet["CohortMember"]):
    person_path = "person"


class CohortMember(models.Model):
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="members")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="cohort_places")
    added_on = models.DateField()
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CohortMemberQuerySet.as_manager()

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            models.UniqueConstraint(name="person_is_once_in_a_cohort", fields=["cohort", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.cohort}"


class Invitation(models.Model):
    """A short code that a trainer gives out: whoever types it joins the cohort. A new one makes the old one void."""

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="invitation")
    code = models.CharField(max_length=6, unique=True)
    ends_on = models.DateField()
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return self.code
