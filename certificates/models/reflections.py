from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.models.standards import PledgeText
from lms.people.scoping import ScopedQuerySet


class ReflectionQuerySet(ScopedQuerySet["Reflection"]):
    person_path = "person"

    def visible_to(self, viewer: Any, *, as_role: str | None = None) -> "ReflectionQuerySet":
        """A reflection is private: only she who wrote it, whatever role somebody holds."""
        return self.filter(person=viewer)


class Reflection(models.Model):
    """What a companion thinks back on, once a year. Others see only that it was written."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="reflections")
    year = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    willing = models.CharField(max_length=5)
    written_at = models.DateTimeField()

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(name="one_reflection_a_year", fields=["person", "year"]),
            models.CheckConstraint(
                name="reflection_says_if_willing", condition=Q(willing__in=["yes", "pause", "stop"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.year}"


class PledgeQuerySet(ScopedQuerySet["Pledge"]):
    person_path = "person"


class Pledge(models.Model):
    """She agreed to one version of the code of ethics."""

    class Way(models.TextChoices):
        SCREEN = "screen", _("on the screen")
        PAPER = "paper", _("on paper")
        THUMB = "thumb", _("by thumb, with a witness")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="pledges")
    text = models.ForeignKey(PledgeText, models.PROTECT, related_name="pledges")
    way = models.CharField(max_length=6, choices=Way, default=Way.SCREEN)
    signed_at = models.DateTimeField()

    objects = PledgeQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_at"]
        constraints = [models.UniqueConstraint(name="a_text_is_signed_once", fields=["person", "text"])]

    def __str__(self) -> str:
        return f"{self.person} · {self.text}"
