"""A companion signs the code of ethics, and the promise to keep children safe. Action."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from certificates import renewals
from certificates.models import Pledge, PledgeText
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person


def sign(
    *,
    person: Person,
    version: int,
    now: datetime,
    kind: str = PledgeText.Kind.ETHICS,
    way: str = Pledge.Way.SCREEN,
) -> Pledge:
    """Sign one version of a text for the period that is open to her; signing it again changes nothing.

    Raises Refused when a newer version is current.
    """
    text = PledgeText.objects.current(kind)
    if text is None:
        raise Refused(_("There is no text to sign yet. Ask your coordinator."))
    if text.version != version:
        raise Refused(_("The text has changed since you opened it. Read it once more."), code="changed")
    with writing():
        cycle = renewals.signing_cycle(person, today=timezone.localdate(now))
        pledge, is_new = Pledge.objects.get_or_create(
            person=person, text=text, cycle=cycle, defaults={"way": way, "signed_at": now}
        )
        if is_new:
            detail = {"kind": text.kind, "version": text.version, "way": way, "cycle": cycle}
            trailing.record(actor=person, verb="certificates.pledged", subject=pledge, detail=detail, now=now)
    return pledge
