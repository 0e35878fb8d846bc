import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Programme(models.Model):
    """Several courses that belong together. Each course says which one it is of them."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    outer_title = models.CharField(
        _("outer title"),
        max_length=60,
        help_text=_("What may stand in tabs and lists on a shared phone. Short, neutral, no word for violence."),
    )
    intro = models.TextField(_("introduction"), blank=True, help_text=_("Two or three short sentences: for whom."))

    class Meta:
        ordering = ["title"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return self.title
