"""A coordinator renews a certificate: a period is added, nothing is erased. Action."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates import issuing, renewals
from certificates.models import Certificate
from certificates.renewals import Current
from certificates.rules import days
from certificates.rules.renewal import DUE_DAYS, Phase
from certificates.rules.states import State
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people.models import Person

CLOSED = frozenset({State.SUSPENDED, State.REVOKED, State.RETIRED})


def renew(*, person: Person, certifier: Person, now: datetime, today: date) -> Certificate:
    """Add the next period to her newest certificate; whoever asks again on that day gets the same one.

    The version of the standard stays the one she was certified under. Raises Refused as `issuing.certify` does, and
    when it is too early, her state forbids it or something remains: then with the sentences of what remains.
    """
    issuing.check_coordinator(person, certifier)
    held = renewals.newest_of(person)
    if held is None:
        raise Refused(_("She holds no certificate that could be renewed."), code="none")
    with writing():
        issuing.queue_for(person)
        issuing.check_two_persons(held.standard.rules, person, certifier)
        current = renewals.of_person(person, today=today)
        if current is None:
            raise Refused(_("She holds no certificate that could be renewed."), code="none")
        if _was_renewed(current.certificate, today):
            return current.certificate
        _check_open(current)
        standard = current.certificate.standard
        return issuing.issue(
            standard=standard,
            person=person,
            certifier=certifier,
            cycle=current.next_cycle,
            period=renewals.next_period(current, today=today),
            evidence=issuing.figures(current.renewal.requirements),
            now=now,
            today=today,
        )


def obstacle(current: Current, certifier: Person) -> str:
    """Why this person may not renew it now, in a sentence; empty when she may. What remains is only counted here."""
    certificate = current.certificate
    try:
        issuing.check_coordinator(certificate.person, certifier)
        issuing.check_two_persons(certificate.standard.rules, certificate.person, certifier)
        _check_open(current)
    except Refused as refused:
        if refused.code == "remains":
            left = len(current.renewal.remaining)
            return ngettext("%(left)s thing remains.", "%(left)s things remain.", left) % {"left": left}
        return str(refused)
    return ""


def _was_renewed(certificate: Certificate, today: date) -> bool:
    return certificate.cycle > issuing.FIRST_CYCLE and timezone.localdate(certificate.certified_at) == today


def _check_open(current: Current) -> None:
    """Her state comes last: it is not told where there is another reason (domain.md 4.7)."""
    if current.renewal.phase is Phase.VALID:
        opens = days.said(date.fromordinal(current.held.expires_on.toordinal() - DUE_DAYS)).render(_)
        raise Refused(_("It is too early. It can be renewed from %(day)s on.") % {"day": opens}, code="early")
    remaining = current.renewal.remaining
    if remaining:
        raise Refused(" ".join(one.sentence.render(_) for one in remaining), code="remains")
    if current.hold in CLOSED:
        raise Refused(_("Her present state does not allow a renewal."), code="state")
