import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from certificates.rules import hours
from certificates.rules.hours import Period, Stretch
from lms.people.scoping import ScopedQuerySet


class PlacementQuerySet(ScopedQuerySet["Placement"]):
    def on(self, day: date) -> "PlacementQuerySet":
        return self.filter(Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day)))

    def latest_first(self) -> "PlacementQuerySet":
        return self.order_by("-starts_on", "-pk")


class Placement(models.Model):
    """Where and with whom a learner does her internship, for a period. The kind of place, never its name."""

    class Place(models.TextChoices):
        OFFICE = "office", _("Office of the organisation")
        VILLAGE = "village", _("Village")
        CLINIC = "clinic", _("Health service")
        POLICE = "police", _("Police or court")
        CENTRE = "centre", _("Service centre")

    mentorship = models.ForeignKey("people.Mentorship", models.PROTECT, related_name="placements")
    learner = models.ForeignKey("people.Person", models.PROTECT, related_name="placements")
    mentor = models.ForeignKey("people.Person", models.PROTECT, related_name="placements_mentored")
    place_kind = models.CharField(_("kind of place"), max_length=8, choices=Place, default=Place.OFFICE)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="placement_mentor_is_not_the_learner", condition=~Q(mentor=F("learner"))),
            models.CheckConstraint(
                name="placement_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.UniqueConstraint(
                name="learner_has_one_open_placement", fields=["learner"], condition=Q(ends_on=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} · {self.mentor}"

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)


class HoursQuerySet(ScopedQuerySet["HoursEntry"]):
    def live(self) -> "HoursQuerySet":
        """Waiting or verified, and not taken back: they hold their time."""
        return self.filter(is_live=True)

    def waiting(self) -> "HoursQuerySet":
        return self.filter(state=HoursEntry.State.CLAIMED)

    def counted(self) -> "HoursQuerySet":
        """What adds up: verified rows and their reversals, and what waits."""
        return self.filter(state__in=[HoursEntry.State.CLAIMED, HoursEntry.State.VERIFIED])

    def to_mend(self) -> "HoursQuerySet":
        return self.filter(state=HoursEntry.State.RETURNED, mended_by=None)

    def within_mentors_days(self, today: date) -> "HoursQuerySet":
        return self.filter(day__gte=hours.mentors_first_day(today))


class HoursEntry(models.Model):
    """Some hours of internship. A verified row is locked: a correction is a reversal and a new row."""

    class State(models.TextChoices):
        CLAIMED = "claimed", _("Waiting")
        VERIFIED = "verified", _("Verified")
        RETURNED = "returned", _("Returned")

    class Role(models.TextChoices):
        OBSERVING = "observing", _("Observing")
        HELPING = "helping", _("Helping")
        LEADING = "leading", _("Leading")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="hours")
    learner = models.ForeignKey("people.Person", models.PROTECT, related_name="hours")
    activity = models.CharField(max_length=40)
    day = models.DateField()
    starts_at = models.TimeField()
    minutes = models.SmallIntegerField()
    role = models.CharField(max_length=9, choices=Role)
    note = models.CharField(max_length=500, blank=True)
    simulated = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.CLAIMED)
    is_live = models.BooleanField(default=True)
    logged_at = models.DateTimeField()
    judged_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    mends = models.OneToOneField("self", models.PROTECT, null=True, related_name="mended_by")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")

    objects = HoursQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-starts_at"]
        indexes = [
            models.Index(name="hours_of_learner", fields=["learner", "-day"]),
            models.Index(name="hours_waiting", fields=["placement", "day"], condition=Q(state="claimed")),
        ]
        constraints = [
            models.CheckConstraint(name="nobody_verifies_her_own_hours", condition=~Q(judged_by=F("learner"))),
            models.CheckConstraint(name="hours_go_in_steps_of_15_minutes", condition=Exact(F("minutes") % 15, 0)),
            models.CheckConstraint(
                name="hours_are_at_most_ten_a_day",
                condition=Q(reverses=None, minutes__range=(15, 600))
                | Q(reverses__isnull=False, minutes__range=(-600, -15)),
            ),
            models.CheckConstraint(
                name="judged_hours_say_by_whom_and_when",
                condition=Q(state="claimed", judged_by=None, judged_at=None)
                | Q(state__in=["verified", "returned"], judged_by__isnull=False, judged_at__isnull=False),
            ),
            models.CheckConstraint(name="returned_hours_have_a_reason", condition=~Q(state="returned") | ~Q(reason="")),
            models.CheckConstraint(
                name="live_hours_wait_or_are_verified",
                condition=Q(is_live=False) | Q(state__in=["claimed", "verified"], reverses=None),
            ),
            models.CheckConstraint(
                name="waiting_hours_hold_their_time", condition=~Q(state="claimed") | Q(is_live=True)
            ),
            models.UniqueConstraint(
                name="live_hours_start_once", fields=["learner", "day", "starts_at"], condition=Q(is_live=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.activity} {self.minutes}"

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.day, self.starts_at, self.minutes)
