from django.db import models
from django.db.models import F, Q

from lms.people.scoping import ScopedQuerySet


class MonthSheetQuerySet(ScopedQuerySet["MonthSheet"]):
    person_path = "learner"


class MonthSheet(models.Model):
    """A mentor signed a month of hours by hand; somebody saw the paper and entered it. A row is never changed."""

    learner = models.ForeignKey("people.Person", models.PROTECT, related_name="month_sheets")
    mentor = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    month = models.DateField()
    signed_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    seen_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = MonthSheetQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="nobody_signs_or_enters_her_own_sheet",
                condition=~Q(mentor=F("learner")) & ~Q(seen_by=F("learner")),
            ),
            models.CheckConstraint(name="a_sheet_is_of_a_whole_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="a_sheet_is_signed_after_its_month_began", condition=Q(signed_on__gte=F("month"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} · {self.month:%Y-%m}"
