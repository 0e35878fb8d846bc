from django.db import models
from django.db.models import Q

from lms.people.scoping import RegionScopedQuerySet


class CoverageMonthQuerySet(RegionScopedQuerySet["CoverageMonth"]):
    region_path = "subdistrict"


class CoverageMonth(models.Model):
    """How many villages of a subdistrict had one companion, or more, when a month began. None: no row. No names."""

    month = models.DateField()
    subdistrict = models.ForeignKey("people.Region", models.PROTECT, related_name="coverage_months")
    one = models.PositiveSmallIntegerField()
    more = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField()

    objects = CoverageMonthQuerySet.as_manager()

    class Meta:
        ordering = ["month", "subdistrict"]
        constraints = [
            models.UniqueConstraint(name="subdistrict_is_counted_once_a_month", fields=["month", "subdistrict"]),
            models.CheckConstraint(name="coverage_is_counted_on_the_first", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.subdistrict_id} · {self.month:%Y-%m}"
