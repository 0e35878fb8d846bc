from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.people.scoping import ScopedQuerySet


class AgeWordQuerySet(ScopedQuerySet["AgeWord"]):
    person_path = "person"


class AgeWord(models.Model):
    """A coordinator says that a person is at least so many years old. No date of birth is kept."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="age_words")
    years = models.PositiveSmallIntegerField(_("years"))
    confirmed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed"))

    objects = AgeWordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_age_is_confirmed_once", fields=["person", "years"]),
            models.CheckConstraint(name="nobody_confirms_her_own_age", condition=~Q(confirmed_by=F("person"))),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.years}"


class PriorLearningQuerySet(ScopedQuerySet["PriorLearning"]):
    person_path = "person"

    def agreed(self) -> "PriorLearningQuerySet":
        return self.filter(state=PriorLearning.State.AGREED)

    def waiting(self) -> "PriorLearningQuerySet":
        return self.filter(state=PriorLearning.State.PROPOSED)


class PriorLearning(models.Model):
    """A module that she learned elsewhere: one person saw the evidence, another one agreed."""

    class Seen(models.TextChoices):
        CERTIFICATE = "certificate", _("A certificate")
        LETTER = "letter", _("A letter")
        OBSERVED = "observed", _("Seen at work")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waits for a second person")
        AGREED = "agreed", _("Recognised")
        DECLINED = "declined", _("Not recognised")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="prior_learning")
    module_code = models.CharField(max_length=40)
    seen = models.CharField(max_length=11, choices=Seen)
    proposed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = PriorLearningQuerySet.as_manager()

    class Meta:
        ordering = ["module_code", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_module_is_recognised_once",
                fields=["person", "module_code"],
                condition=Q(state__in=["proposed", "agreed"]),
            ),
            models.CheckConstraint(
                name="nobody_recognises_her_own_learning",
                condition=~Q(proposed_by=F("person")) & (Q(decided_by=None) | ~Q(decided_by=F("person"))),
            ),
            models.CheckConstraint(
                name="prior_learning_is_agreed_by_a_second_person",
                condition=Q(state="proposed", decided_by=None, decided_at=None)
                | Q(state="declined", decided_by__isnull=False, decided_at__isnull=False)
                | Q(state="agreed", decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decided_by=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.module_code}"
