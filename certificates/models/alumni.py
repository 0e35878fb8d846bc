from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.people.scoping import ScopedQuerySet


class CallConsentQuerySet(ScopedQuerySet["CallConsent"]):
    person_path = "person"

    def given(self) -> "CallConsentQuerySet":
        return self.filter(withdrawn_at=None)


class CallConsent(models.Model):
    """What a companion may be called for, by her own word. A change ends the old row and writes a new one."""

    class Kind(models.TextChoices):
        POLICE = "police", _("Go along to the police")
        CLINIC = "clinic", _("Go along to a health service")
        COURT = "court", _("Go along to court")
        SPEAK = "speak", _("Speak at a meeting")
        TRAIN = "train", _("Help with a training")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="call_consents")
    kinds: Any = models.JSONField()
    consented_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = CallConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-consented_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_person_has_one_open_consent", fields=["person"], condition=Q(withdrawn_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.words}"

    @property
    def words(self) -> str:
        """What she may be called for, in words."""
        return ", ".join(str(label) for kind, label in self.Kind.choices if kind in self.kinds)


class PaperCertificateQuerySet(ScopedQuerySet["PaperCertificate"]):
    person_path = "person"

    def agreed(self) -> "PaperCertificateQuerySet":
        return self.filter(state=PaperCertificate.State.AGREED)

    def waiting(self) -> "PaperCertificateQuerySet":
        return self.filter(state=PaperCertificate.State.PROPOSED)


class PaperCertificate(models.Model):
    """A certificate of the days of paper. Two people vouch for it; it makes an alumna, never a signed certificate."""

    class Seen(models.TextChoices):
        ORIGINAL = "original", _("the certificate itself")
        COPY = "copy", _("a copy or a photograph")
        LIST = "list", _("the organisation's own list of that time")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waits for a second person")
        AGREED = "agreed", _("agreed")
        DECLINED = "declined", _("not agreed")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="paper_certificates")
    title = models.CharField(_("title"), max_length=120)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    seen = models.CharField(_("what was seen"), max_length=8, choices=Seen)
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    judged_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    objects = PaperCertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_paper_certificate_is_entered_once",
                fields=["person", "title", "issued_on"],
                condition=~Q(state="declined"),
            ),
            models.CheckConstraint(
                name="nobody_vouches_for_her_own_paper",
                condition=~Q(proposed_by=F("person")) & ~Q(judged_by=F("person")),
            ),
            models.CheckConstraint(
                name="two_people_vouch_for_a_paper",
                condition=Q(state="proposed", judged_by=None, judged_at=None)
                | (
                    Q(state__in=["agreed", "declined"], judged_by__isnull=False, judged_at__isnull=False)
                    & ~Q(judged_by=F("proposed_by"))
                ),
            ),
            models.CheckConstraint(
                name="a_paper_ends_after_it_begins", condition=Q(expires_on=None) | Q(expires_on__gte=F("issued_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.title}"

    def has_ended_on(self, day: date) -> bool:
        return self.expires_on is not None and self.expires_on < day
