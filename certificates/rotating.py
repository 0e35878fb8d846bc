"""A new signing key comes into use. Action."""

from datetime import datetime

from certificates.models import Standard
from lms.kit import signing
from lms.people import trailing
from lms.people.models import Person


def rotate_key(*, now: datetime, actor: Person | None = None) -> str:
    """Retire the active key and make a new one; returns its name. The trail keeps the names, never the keys."""
    kid = signing.rotate()
    standard = Standard.objects.current()
    if standard is not None:
        trailing.record(actor=actor, verb="certificates.key_rotated", subject=standard, detail={"kid": kid}, now=now)
    return kid
