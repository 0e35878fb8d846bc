from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certificates.rules.states import GRANTS, HOLDS, By, Move
from lms.people.scoping import ScopedQuerySet


class StateChangeQuerySet(ScopedQuerySet["StateChange"]):
    person_path = "person"

    def oldest_first(self) -> "StateChangeQuerySet":
        return self.order_by("at", "pk")


class StateChange(models.Model):
    """Somebody moved a companion: to a pause, a provisional certificate, back. What follows from evidence is not here.

    `hold` and `grant` are what holds since then; empty: what evidence says. No reason is kept: a pause needs none, and
    those of a suspension stand with its inquiry, which few may read.
    """

    class Moves(models.TextChoices):
        PAUSE = Move.PAUSE, _("Paused")
        RESUME = Move.RESUME, _("Goes on after a pause")
        RETIRE = Move.RETIRE, _("Stopped with thanks")
        RETURN = Move.RETURN, _("Came back")
        GRANT = Move.GRANT, _("Named a provisional companion")
        NAME_SENIOR = Move.NAME_SENIOR, _("Named a senior companion")
        SUSPEND = Move.SUSPEND, _("Suspended")
        LIFT = Move.LIFT, _("Suspension lifted")
        REVOKE = Move.REVOKE, _("Revoked")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="state_changes")
    move = models.CharField(max_length=11, choices=Moves)
    hold = models.CharField(max_length=11, blank=True)
    grant = models.CharField(max_length=11, blank=True)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    made_as = models.CharField(max_length=11)
    at = models.DateTimeField()

    objects = StateChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="only_what_is_hers_does_she_change_herself",
                condition=Q(made_as=By.HERSELF, by=F("person"), move__in=[Move.PAUSE, Move.RESUME, Move.RETIRE])
                | (Q(made_as__in=[By.COORDINATOR, By.PANEL]) & ~Q(by=F("person"))),
            ),
            models.CheckConstraint(name="a_hold_is_one_of_the_holds", condition=Q(hold="") | Q(hold__in=sorted(HOLDS))),
            models.CheckConstraint(
                name="a_grant_is_one_of_the_grants", condition=Q(grant="") | Q(grant__in=sorted(GRANTS))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_move_display()}"
