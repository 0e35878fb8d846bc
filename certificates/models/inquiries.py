from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certificates.rules.inquiries import Course, Ground, Member, Outcome
from lms.people.scoping import ScopedQuerySet


class InquiryQuerySet(ScopedQuerySet["Inquiry"]):
    person_path = "person"

    def visible_to(self, viewer: Any, *, as_role: str | None = None) -> "InquiryQuerySet":
        """Only she who is concerned and she who leads it, whatever role somebody else holds."""
        if as_role == "self":
            return self.filter(person=viewer)
        if as_role == "coordinator":
            return self.filter(lead=viewer).exclude(person=viewer)
        return self.filter(Q(person=viewer) | Q(lead=viewer))

    def running(self) -> "InquiryQuerySet":
        return self.filter(closed_on=None)


class Inquiry(models.Model):
    """A complaint about a companion, looked into (domain.md 4.7). It holds no story and no name of who complained."""

    class Grounds(models.TextChoices):
        ABUSE = Ground.ABUSE, _("Exploitation or abuse")
        VIOLENCE = Ground.VIOLENCE, _("Violence against anyone")
        CHILDREN = Ground.CHILDREN, _("A child's safety")
        DISCLOSURE = Ground.DISCLOSURE, _("Told something that endangers somebody")
        MONEY = Ground.MONEY, _("Took money or gifts")
        MEDIATED = Ground.MEDIATED, _("Mediated or settled a case that must not be settled")
        SECRECY = Ground.SECRECY, _("Broke confidentiality deliberately or repeatedly")
        FALSE_RECORD = Ground.FALSE_RECORD, _("False hours or a false certificate")
        SUSPENDED = Ground.SUSPENDED, _("Acted as a companion while suspended")
        CONFLICT = Ground.CONFLICT, _("Hid a conflict of interest and did harm")
        SUPERVISION = Ground.SUPERVISION, _("Refused supervision for twelve months")

    class Outcomes(models.TextChoices):
        UNFOUNDED = Outcome.UNFOUNDED, _("Nothing was found")
        GUIDED = Outcome.GUIDED, _("She goes on, with guidance")
        REVOKED = Outcome.REVOKED, _("The certificate is taken back")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="inquiries")
    lead = models.ForeignKey("people.Person", models.PROTECT, related_name="inquiries_led")
    ground = models.CharField(max_length=12, choices=Grounds)
    complaint_on = models.DateField()
    opened_at = models.DateTimeField()
    suspended_on = models.DateField(null=True, blank=True)
    heard_on = models.DateField(null=True, blank=True)
    panel = models.JSONField(default=list)
    outcome = models.CharField(max_length=9, choices=Outcomes, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    appealed_on = models.DateField(null=True, blank=True)
    appeal_outcome = models.CharField(max_length=9, choices=Outcomes, blank=True)
    appeal_decided_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(name="nobody_leads_her_own_inquiry", condition=~Q(lead=F("person"))),
            models.UniqueConstraint(name="one_inquiry_at_a_time", fields=["person"], condition=Q(closed_on=None)),
            models.CheckConstraint(
                name="a_decision_has_a_day_an_outcome_and_a_hearing",
                condition=Q(decided_on=None, outcome="")
                | (Q(decided_on__isnull=False, heard_on__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="an_appeal_follows_a_decision", condition=Q(appealed_on=None) | Q(decided_on__isnull=False)
            ),
            models.CheckConstraint(
                name="a_decided_appeal_was_made",
                condition=Q(appeal_decided_on=None, appeal_outcome="")
                | (Q(appeal_decided_on__isnull=False, appealed_on__isnull=False) & ~Q(appeal_outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def course(self) -> Course:
        return Course(
            complaint_on=self.complaint_on,
            suspended_on=self.suspended_on,
            heard_on=self.heard_on,
            decided_on=self.decided_on,
            outcome=Outcome(self.outcome) if self.outcome else None,
            appealed_on=self.appealed_on,
            appeal_decided_on=self.appeal_decided_on,
            closed_on=self.closed_on,
        )

    @property
    def members(self) -> tuple[Member, ...]:
        return tuple(Member(**one) for one in self.panel)

    @property
    def final(self) -> str:
        """What holds in the end: the appeal's outcome, else the panel's."""
        return self.appeal_outcome or self.outcome
