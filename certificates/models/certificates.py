from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from certificates.models.layouts import LayoutVersion
from certificates.models.naming import PublicName
from certificates.models.standards import Standard
from certificates.models.states import StateChange
from certificates.rules import credential, naming
from certificates.rules.states import State
from lms.kit import codes
from lms.people.scoping import ScopedQuerySet


class CertificateQuerySet(ScopedQuerySet["Certificate"]):
    person_path = "person"

    def valid_on(self, day: date) -> "CertificateQuerySet":
        return self.filter(revoked_at=None, issued_on__lte=day, expires_on__gte=day)

    def with_hold(self) -> "CertificateQuerySet":
        """Each with `hold`: what was last decided about its holder (a suspension, a pause), empty for nothing."""
        return self.annotate(hold=_latest_hold())

    def with_present(self, day: date) -> "CertificateQuerySet":
        """Each with `present`: the code of another one of its holder that is valid on this day, or None."""
        others = Certificate.objects.valid_on(day).filter(person=OuterRef("person")).exclude(pk=OuterRef("pk"))
        return self.annotate(present=Subquery(others.order_by("-expires_on").values("code")[:1]))

    def with_public_name(self) -> "CertificateQuerySet":
        """Each with `is_whole_name`: whether its holder consented to her whole name on the public page."""
        whole = PublicName.objects.filter(person=OuterRef("person"), is_whole=True)
        return self.annotate(is_whole_name=Exists(whole))

    def revoked(self) -> "CertificateQuerySet":
        return self.filter(revoked_at__isnull=False)

    def suspended(self) -> "CertificateQuerySet":
        """Those whose holder is suspended. Only the few who ever were are looked at closely."""
        ever = StateChange.objects.filter(hold=State.SUSPENDED).values("person")
        return self.filter(person__in=ever).annotate(hold=_latest_hold()).filter(hold=State.SUSPENDED)


def _latest_hold() -> Subquery:
    latest = StateChange.objects.filter(person=OuterRef("person")).order_by("-at", "-pk")
    return Subquery(latest.values("hold")[:1])


class Certificate(models.Model):
    """A companion's certificate. What it says is never changed; revoking adds to it."""

    class Ground(models.TextChoices):
        """Grounds for revoking (domain.md 4.7). Never shown in public."""

        MONEY = "money", _("Took money or gifts")
        MEDIATED = "mediated", _("Mediated or settled a case that must not be settled")
        SECRECY = "secrecy", _("Broke confidentiality deliberately or repeatedly")
        FALSE_RECORD = "false_record", _("False hours or a false certificate")
        SUSPENDED = "suspended", _("Acted as a companion while suspended")
        CONFLICT = "conflict", _("Hid a conflict of interest and did harm")
        SUPERVISION = "supervision", _("Refused supervision for twelve months")
        ABUSE = "abuse", _("Proven exploitation, abuse or violence")
        CHILDREN = "children", _("Proven harm to a child's safety")
        MISTAKE = "mistake", _("Issued by mistake")

    code = models.CharField(max_length=15, unique=True, default=codes.new_code)
    number = models.PositiveIntegerField(unique=True)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="certificates")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="certificates")
    standard_code = models.SlugField(max_length=40)
    cycle = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=120)
    topics = models.JSONField()
    practice_minutes = models.PositiveIntegerField(default=0)
    issued_on = models.DateField()
    expires_on = models.DateField()
    statement = models.TextField()
    kid = models.CharField(max_length=32)
    layout = models.ForeignKey(LayoutVersion, models.PROTECT, null=True, blank=True, related_name="+")
    certified_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    certified_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    revoked_for = models.CharField(max_length=12, choices=Ground, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-certified_at"]
        indexes = [
            models.Index(name="revoked_certificates", fields=["number"], condition=Q(revoked_at__isnull=False)),
            models.Index(
                name="who_is_covered", fields=["person", "issued_on", "expires_on"], condition=Q(revoked_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_certificate_a_standard_and_cycle", fields=["person", "standard_code", "cycle"]
            ),
            models.CheckConstraint(name="nobody_certifies_herself", condition=~Q(certified_by=F("person"))),
            models.CheckConstraint(name="nobody_revokes_her_own", condition=~Q(revoked_by=F("person"))),
            models.CheckConstraint(name="certificate_ends_after_issue", condition=Q(expires_on__gt=F("issued_on"))),
            models.CheckConstraint(name="certificate_cycle_begins_at_one", condition=Q(cycle__gte=1)),
            models.CheckConstraint(
                name="revoked_says_when_by_whom_and_why",
                condition=Q(revoked_at=None, revoked_by=None, revoked_for="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_for="")),
            ),
        ]

    def __str__(self) -> str:
        return self.pretty_code

    @property
    def pretty_code(self) -> str:
        return codes.pretty(self.code)

    @property
    def pretty_number(self) -> str:
        return f"{self.number:05}/{self.issued_on.year}"

    @property
    def study_hours(self) -> int:
        return sum(topic["hours"] for topic in self.topics)

    @property
    def address(self) -> str:
        """The page anyone can check it on."""
        return f"{settings.SITE_URL}/v/{self.pretty_code}/"

    @property
    def public_name(self) -> str:
        """The name as she consented, else initials (only for rows `with_public_name`)."""
        is_whole: bool = getattr(self, "is_whole_name", False)
        return self.name if is_whole else naming.initials(self.name)

    def public_state_on(self, day: date) -> str:
        """As `state_on`, and suspended while its holder is (only for rows `with_hold`)."""
        return self._state_on(day, is_suspended=getattr(self, "hold", "") == State.SUSPENDED)

    def state_on(self, day: date) -> str:
        """revoked, expired, early or valid."""
        return self._state_on(day, is_suspended=False)

    def _state_on(self, day: date, *, is_suspended: bool) -> str:
        is_revoked, first, last = self.revoked_at is not None, self.issued_on, self.expires_on
        return credential.state_on(day, first=first, last=last, is_revoked=is_revoked, is_suspended=is_suspended)


class DecisionQuerySet(ScopedQuerySet["Decision"]):
    person_path = "person"


class Decision(models.Model):
    """What a coordinator decided about a person, with her reason and the evidence's figures on that day."""

    class Kind(models.TextChoices):
        CERTIFIED = "certified", _("Certified")
        RENEWED = "renewed", _("Renewed")
        DECLINED = "declined", _("Not certified yet")
        REVOKED = "revoked", _("Revoked")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="decisions")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="decisions")
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="decisions")
    kind = models.CharField(max_length=9, choices=Kind)
    decided_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    figures: Any = models.JSONField(default=dict)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at"]
        constraints = [
            models.CheckConstraint(name="nobody_decides_about_herself", condition=~Q(decided_by=F("person"))),
            models.CheckConstraint(name="declining_has_a_reason", condition=~Q(kind="declined") | ~Q(reason="")),
            models.CheckConstraint(
                name="only_declining_has_no_certificate",
                condition=Q(kind="declined", certificate=None) | (~Q(kind="declined") & Q(certificate__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_kind_display()}"


class PaperQuerySet(ScopedQuerySet["Paper"]):
    person_path = "certificate__person"


class Paper(models.Model):
    """A file of a certificate, and the job that makes it. Written with the certificate, made by the worker."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        PNG = "png", "PNG"
        CARD = "card", _("Card")

    class State(models.TextChoices):
        WAITING = "waiting"
        READY = "ready"
        FAILED = "failed"

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=4, choices=Kind)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    bytes = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["kind"]
        indexes = [
            models.Index(name="papers_waiting", fields=["asked_at"], condition=Q(state="waiting")),
        ]
        constraints = [
            models.UniqueConstraint(name="one_paper_of_a_kind", fields=["certificate", "kind"]),
            models.CheckConstraint(
                name="ready_paper_has_a_size_and_a_time",
                condition=~Q(state="ready") | Q(bytes__gt=0, made_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        """A neutral name: it lies in the phone's downloads."""
        ending = "-kartu.pdf" if self.kind == Paper.Kind.CARD else f".{self.kind}"
        return f"lopo-{self.certificate.pretty_code}{ending}"
