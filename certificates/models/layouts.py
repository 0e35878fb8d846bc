import base64
import hashlib
import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin, RevisionMixin

from certificates.rules import colours
from lms.kit import clock

SIGNATORIES = (1, 2, 3)


class CertificateLayout(PreviewableMixin, RevisionMixin, models.Model):  # type: ignore[misc]
    """How certificates look, chosen by the organisation. Pictures are kept here as text: no address leads to them."""

    class Colours(models.TextChoices):
        INDIGO = "indigo", _("Indigo and madder")
        LEAF = "leaf", _("Leaf green")
        WINE = "wine", _("Wine red")
        SEA = "sea", _("Sea blue")
        EARTH = "earth", _("Earth brown")
        GREY = "grey", _("Grey")

    class Language(models.TextChoices):
        ID = "id", "Bahasa Indonesia"
        EN = "en", "English"

    title = models.CharField(_("name of the layout"), max_length=60)
    is_used = models.BooleanField(
        _("use it for new certificates"),
        default=False,
        help_text=_("One layout is used at a time. Certificates of before keep theirs."),
    )
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.ID)
    colours = models.CharField(_("colours"), max_length=8, choices=Colours, default=colours.USUAL)
    is_neutral = models.BooleanField(
        _("neutral front"),
        default=False,
        help_text=_("No word of the subject stands on the front. The topics stand on the back."),
    )
    above = models.CharField(_("line above"), max_length=120, blank=True)
    below = models.CharField(_("line below"), max_length=120, blank=True)
    logo = models.TextField(_("logo"), blank=True)
    name_1 = models.CharField(_("name"), max_length=60, blank=True)
    role_1 = models.CharField(_("function"), max_length=60, blank=True)
    picture_1 = models.TextField(_("picture of the signature"), blank=True)
    name_2 = models.CharField(_("name"), max_length=60, blank=True)
    role_2 = models.CharField(_("function"), max_length=60, blank=True)
    picture_2 = models.TextField(_("picture of the signature"), blank=True)
    name_3 = models.CharField(_("name"), max_length=60, blank=True)
    role_3 = models.CharField(_("function"), max_length=60, blank=True)
    picture_3 = models.TextField(_("picture of the signature"), blank=True)

    class Meta:
        ordering = ["-is_used", "title"]
        verbose_name = _("layout of certificates")
        verbose_name_plural = _("layouts of certificates")
        constraints = [
            models.UniqueConstraint(name="one_layout_is_used", fields=["is_used"], condition=Q(is_used=True)),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Using this one ends the use of the other."""
        if self.is_used:
            CertificateLayout.objects.filter(is_used=True).exclude(pk=self.pk).update(is_used=False)
        super().save(*args, **kwargs)

    def validate_constraints(self, exclude: Any = None) -> None:
        """Two in use are no fault of the form: saving ends the use of the other."""
        super().validate_constraints(exclude={*(exclude or ()), "is_used"})

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [
            ("", _("A usual name")),
            ("long", _("The longest name")),
            ("other", _("Other letters")),
            ("one", _("A name of one word")),
        ]

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "certificates/layout_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        return {"layout": self.as_data(), "mode": mode_name}

    def as_data(self) -> dict[str, Any]:
        """All that papers show of it, to be kept as it is now."""
        signing = [[getattr(self, f"{part}_{place}") for part in ("name", "role", "picture")] for place in SIGNATORIES]
        return {
            "language": self.language,
            "colours": self.colours,
            "is_neutral": self.is_neutral,
            "above": self.above,
            "below": self.below,
            "logo": self.logo,
            "signatories": [one for one in signing if one[0]],
        }


class LayoutVersionManager(models.Manager["LayoutVersion"]):
    def used(self) -> "LayoutVersion | None":
        """The layout in use as it is now, kept for good; nothing when none is used."""
        layout = CertificateLayout.objects.filter(is_used=True).first()
        if layout is None:
            return None
        data = layout.as_data()
        digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
        return self.get_or_create(digest=digest, defaults={"data": data, "kept_at": clock.now()})[0]


class LayoutVersion(models.Model):
    """A layout as a certificate was printed with it; never changed, so that printing again gives the same paper."""

    digest = models.CharField(max_length=64, unique=True)
    data: Any = models.JSONField()
    kept_at = models.DateTimeField()

    objects = LayoutVersionManager()

    class Meta:
        ordering = ["-kept_at"]

    def __str__(self) -> str:
        return self.digest[:8]


def picture_of(text: str) -> bytes:
    """The bytes of a picture that is kept as text."""
    return base64.b64decode(text)
