"""Short sentences that assessors may use, written by the organisation."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class Phrase(models.Model):
    """As long as there is none, the usual ones of `rules/phrases.py` are offered."""

    class Levels(models.IntegerChoices):
        NONE = 0, _("Level 0")
        SOME = 1, _("Level 1")
        GOOD = 2, _("Level 2")
        BEST = 3, _("Level 3, the highest")

    level = models.PositiveSmallIntegerField(_("fits the level"), choices=Levels.choices)
    text = models.CharField(_("sentence"), max_length=160, help_text=_("Warm and short. No name, no place."))

    panels: ClassVar[list[Any]] = [FieldPanel("level"), FieldPanel("text")]

    class Meta:
        ordering = ["level", "pk"]
        verbose_name = _("phrase for assessors")
        verbose_name_plural = _("phrases for assessors")

    def __str__(self) -> str:
        return self.text
