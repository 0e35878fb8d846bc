"""What everybody may know about every certificate at once: which are revoked, which suspended. Reads only."""

from datetime import datetime

from django.conf import settings
from django.db.models import Max

from certificates.models import Certificate
from certificates.rules import statuslist
from certificates.rules.statuslist import Purpose, StatusList
from lms.kit import signing


def list_of(purpose: Purpose) -> StatusList:
    """The numbers of the certificates that are revoked, or suspended, now. Two queries, whatever the number of them."""
    highest = Certificate.objects.aggregate(most=Max("number"))["most"] or 0
    rows = Certificate.objects.revoked() if purpose == Purpose.REVOCATION else Certificate.objects.suspended()
    numbers = frozenset(rows.order_by().values_list("number", flat=True))
    return StatusList(purpose, numbers, statuslist.size_for(highest))


def signed_list(purpose: Purpose, *, now: datetime) -> str:
    """The list as a VC-JWT under the active key. Within one minute, the same list gives the same text."""
    issuer = signing.did_web(settings.SITE_URL)
    found = statuslist.document(list_of(purpose), site_url=settings.SITE_URL, issuer=issuer, at=now)
    return signing.jws(found, key=signing.active_key(), issuer=issuer)
