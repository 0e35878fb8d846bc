"""Who opened whose file: the trail says so. Action."""

from datetime import datetime

from django.utils import timezone

from lms.people import trailing
from lms.people.models import Person, TrailLine

VERB = "certificates.viewed"


def open_file(*, person: Person, viewer: Person, now: datetime) -> None:
    """One line for each viewer, person and day; her own file needs none."""
    if person.pk == viewer.pk:
        return
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    if not TrailLine.objects.concerning(person).filter(verb=VERB, actor=viewer, at__gte=midnight).exists():
        trailing.record(actor=viewer, verb=VERB, subject=person, person=person, now=now)
