from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.models.standards import Standard
from lms.people.scoping import ScopedQuerySet


class CandidacyQuerySet(ScopedQuerySet["Candidacy"]):
    person_path = "person"


class Candidacy(models.Model):
    """A person began under a version of the standard and may finish under it.

    Written down when a new version comes (`certificates.loading`), for everyone who has begun by then; who has no row
    goes by the newest version. `chosen_by`: the coordinator who let her go on with the newest one.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="candidacies")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="candidacies")
    standard_code = models.SlugField(max_length=40)
    began_on = models.DateField(_("began"))
    chosen_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    chosen_at = models.DateTimeField(null=True)

    objects = CandidacyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("candidacy")
        verbose_name_plural = _("candidacies")
        constraints = [
            models.UniqueConstraint(name="one_candidacy_for_each_standard", fields=["person", "standard_code"]),
            models.CheckConstraint(
                name="nobody_chooses_her_own_version",
                condition=models.Q(chosen_by=None) | ~models.Q(chosen_by=models.F("person")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.standard}"
