from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class PersonManager(UserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username__iexact=username)


class Person(AbstractUser):  # type: ignore[django-manager-missing]
    """Someone who signs in. She needs a name and a village, not an e-mail."""

    class Sex(models.TextChoices):
        FEMALE = "f", _("Woman")
        MALE = "m", _("Man")

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("full name"), max_length=120)
    called = models.CharField(_("how we call her"), max_length=60, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    village = models.ForeignKey(
        "people.Region", models.PROTECT, null=True, blank=True, related_name="persons", verbose_name=_("village")
    )
    group = models.ForeignKey(
        "people.VillageGroup", models.PROTECT, null=True, blank=True, related_name="persons", verbose_name=_("group")
    )
    language = models.CharField(_("language"), max_length=5, default="id")

    objects = PersonManager()  # type: ignore[misc]

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("username"), name="username_is_unique_whatever_its_case")]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """How she is spoken to: the name she chose, or the first word of her name."""
        return self.called or self.name.partition(" ")[0]

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.address
