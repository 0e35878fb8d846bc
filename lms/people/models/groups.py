from django.db import models
from django.utils.translation import gettext_lazy as _


class VillageGroup(models.Model):
    """A group of a village: it survives the people who come and go."""

    class Kind(models.TextChoices):
        WOMEN = "women", _("Women's group")
        MEN = "men", _("Men's group")
        YOUTH = "youth", _("Youth group")
        CHILD_PROTECTION = "child_protection", _("Child protection team")

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.WOMEN)
    village = models.ForeignKey("people.Region", models.PROTECT, related_name="groups")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(name="group_name_is_unique_in_village", fields=["village", "name"])]

    def __str__(self) -> str:
        return self.name
