import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from lms.people.scoping import ScopedQuerySet


class SignOffQuerySet(ScopedQuerySet["SignOff"]):
    person_path = "person"


class SignOff(models.Model):
    """A mentor saw a competency on a day, at a level (domain.md 4.3). A row is never changed."""

    class Level(models.IntegerChoices):
        WATCHED = 0, _("Has watched it")
        HELPED = 1, _("Does it with help")
        SUPERVISED = 2, _("Does it herself, under supervision")
        ALONE = 3, _("Does it herself")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="signoffs")
    mentor = models.ForeignKey("people.Person", models.PROTECT, related_name="signoffs_given")
    competency = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField(choices=Level)
    seen_on = models.DateField()
    signed_at = models.DateTimeField()

    objects = SignOffQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="nobody_signs_off_herself", condition=~Q(mentor=F("person"))),
            models.CheckConstraint(name="signoff_level_is_of_the_scale", condition=Q(level__lte=3)),
            models.UniqueConstraint(
                name="a_competency_is_signed_once_a_day_and_level", fields=["person", "competency", "seen_on", "level"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.competency} {self.level}"


class TalkQuerySet(ScopedQuerySet["SupervisionTalk"]):
    person_path = "person"


class SupervisionTalk(models.Model):
    """A mentor and a companion talked: the day and the minutes, nothing of what was said (domain.md 4.4)."""

    class Kind(models.TextChoices):
        ALONE = "alone", _("The two of us")
        GROUP = "group", _("In a group")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="talks")
    mentor = models.ForeignKey("people.Person", models.PROTECT, related_name="talks_held")
    held_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.ALONE)
    noted_at = models.DateTimeField()

    objects = TalkQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-noted_at"]
        constraints = [
            models.CheckConstraint(name="nobody_supervises_herself", condition=~Q(mentor=F("person"))),
            models.CheckConstraint(
                name="a_talk_goes_in_steps_of_15_minutes",
                condition=Q(minutes__range=(15, 480)) & Q(Exact(F("minutes") % 15, 0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.held_on}"
