from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Profile(models.Model):
    """What a person tells of herself if she likes; every field may stay empty, and she takes it back herself.

    The year of birth and the disability are only counted, never shown of one person (domain.md 4.7). `text_version`:
    which wording of the purpose she read.
    """

    class Disability(models.TextChoices):
        YES = "yes", _("I live with a disability")
        NO = "no", _("I do not live with a disability")

    person = models.OneToOneField("people.Person", models.PROTECT, related_name="profile")
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    disability = models.CharField(_("disability"), max_length=3, choices=Disability, blank=True)
    languages = models.CharField(_("languages"), max_length=120, blank=True)
    text_version = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_profile_says_something",
                condition=Q(birth_year__isnull=False) | ~Q(disability="") | ~Q(languages=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"
