"""A coordinator lets a person go on by the newest version of the standard. Action."""

from datetime import datetime

from django.utils.translation import gettext as _

from certificates import issuing, versions
from certificates.models import Candidacy, Standard
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person


def choose_newest(*, person: Person, chooser: Person, now: datetime) -> Standard:
    """Judge her by the newest version from now on; who goes by it already changes nothing. Raises Refused."""
    issuing.check_coordinator(person, chooser)
    with writing():
        newest = Standard.objects.current()
        own = versions.standards_of([person.pk]).get(person.pk)
        if newest is None or own is None:
            raise Refused(_("No standard is loaded yet. The site owner loads one."), code="no_standard")
        if own.pk == newest.pk:
            return newest
        row = Candidacy.objects.select_for_update().get(person=person, standard=own)
        Candidacy.objects.filter(person=person, standard_code=newest.code).exclude(pk=row.pk).delete()
        row.standard, row.standard_code, row.chosen_by, row.chosen_at = newest, newest.code, chooser, now
        row.save(update_fields=["standard", "standard_code", "chosen_by", "chosen_at"])
        detail = {"code": newest.code, "from": own.version, "version": newest.version}
        trailing.record(actor=chooser, verb="certificates.newest_chosen", subject=row, detail=detail, now=now)
    return newest
