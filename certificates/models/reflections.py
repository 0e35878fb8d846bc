from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certificates.models.standards import PledgeText
from lms.people.scoping import ScopedQuerySet


class ReflectionQuerySet(ScopedQuerySet["Reflection"]):
    person_path = "person"

    def visible_to(self, viewer: Any, *, as_role: str | None = None) -> "ReflectionQuerySet":
        """A reflection is private: only she who wrote it, whatever role somebody holds."""
        return self.filter(person=viewer)


class Reflection(models.Model):
    """What a companion thinks back on, once a year. Others see only that it was written.

    `is_late`: written when its year was over. Her mentor ticks the day on which they talked about it, nothing more.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="reflections")
    year = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    willing = models.CharField(max_length=5)
    written_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    discussed_on = models.DateField(null=True)
    discussed_with = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(name="one_reflection_a_year", fields=["person", "year"]),
            models.CheckConstraint(
                name="reflection_says_if_willing", condition=Q(willing__in=["yes", "pause", "stop"])
            ),
            models.CheckConstraint(
                name="a_discussed_reflection_says_when_and_with_whom",
                condition=Q(discussed_on=None, discussed_with=None)
                | (Q(discussed_on__isnull=False, discussed_with__isnull=False) & ~Q(discussed_with=F("person"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.year}"


class PledgeQuerySet(ScopedQuerySet["Pledge"]):
    person_path = "person"


class Pledge(models.Model):
    """She agreed to one version of a text. `cycle`: for which period of her certificate, 1 before the first one."""

    class Way(models.TextChoices):
        SCREEN = "screen", _("on the screen")
        PAPER = "paper", _("on paper")
        THUMB = "thumb", _("by thumb, with a witness")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="pledges")
    text = models.ForeignKey(PledgeText, models.PROTECT, related_name="pledges")
    way = models.CharField(max_length=6, choices=Way, default=Way.SCREEN)
    cycle = models.PositiveSmallIntegerField(default=1)
    signed_at = models.DateTimeField()

    objects = PledgeQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_at"]
        constraints = [
            models.UniqueConstraint(name="a_text_is_signed_once_a_cycle", fields=["person", "text", "cycle"]),
            models.CheckConstraint(name="pledge_cycle_begins_at_one", condition=Q(cycle__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.text}"
