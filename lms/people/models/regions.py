from django.core.validators import RegexValidator
from django.db import models

from lms.people import rules


class RegionQuerySet(models.QuerySet["Region"]):
    def inside(self, code: str) -> "RegionQuerySet":
        """The region itself and all below it."""
        if not code:
            return self
        low, high = rules.code_range(code)
        return self.filter(code__gte=low, code__lt=high)

    def of_level(self, level: int) -> "RegionQuerySet":
        return self.filter(level=level)


class Region(models.Model):
    """A province, regency, subdistrict or village by its official code (Kemendagri)."""

    code = models.CharField(
        max_length=13, primary_key=True, validators=[RegexValidator(f"^{rules.REGION_CODE.pattern}$")]
    )
    name = models.CharField(max_length=100)
    level = models.PositiveSmallIntegerField()

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="region_level_is_one_to_four", condition=models.Q(level__range=(1, 4)))
        ]

    def __str__(self) -> str:
        return self.name
