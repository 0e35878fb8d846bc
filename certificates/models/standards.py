from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.rules import standards
from certificates.rules.standards import StandardRules


class StandardQuerySet(models.QuerySet["Standard"]):
    def current(self) -> "Standard | None":
        """The version that counts now: the one loaded last."""
        return self.order_by("-pk").first()


class Standard(models.Model):
    """One version of what a companion must have done. The data is never changed: a change is a new version."""

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=80)
    data = models.JSONField(_("data"))
    loaded_at = models.DateTimeField(_("loaded"))

    objects = StandardQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("standard")
        verbose_name_plural = _("standards")
        constraints = [
            models.UniqueConstraint(name="standard_version_is_unique", fields=["code", "version"]),
            models.CheckConstraint(name="standard_version_begins_at_one", condition=models.Q(version__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.version}"

    @cached_property
    def rules(self) -> StandardRules:
        return standards.read(self.data)


class PledgeTextQuerySet(models.QuerySet["PledgeText"]):
    def current(self, kind: str = "ethics") -> "PledgeText | None":
        return self.filter(kind=kind).order_by("-version").first()


class PledgeText(models.Model):
    """One version of a text that companions sign. Who signed an older one signs again."""

    class Kind(models.TextChoices):
        ETHICS = "ethics", _("Code of ethics")
        SAFEGUARDING = "safeguarding", _("Promise to keep children safe")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.ETHICS)
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=80)
    points = models.JSONField(_("points"))
    loaded_at = models.DateTimeField(_("loaded"))

    objects = PledgeTextQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        verbose_name = _("text to sign")
        verbose_name_plural = _("texts to sign")
        constraints = [
            models.UniqueConstraint(name="pledge_text_version_is_unique", fields=["kind", "version"]),
            models.CheckConstraint(name="pledge_version_begins_at_one", condition=models.Q(version__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.version}"
