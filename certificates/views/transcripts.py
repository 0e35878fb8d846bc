"""The record of all learning, saved as PDF: hers, or by her coordinator."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates import transcripts, viewing
from certificates.paper.transcript import transcript_pdf
from certificates.views.coordinator import person_or_404
from certificates.views.taking import SignedIn
from lms.kit import clock
from lms.people import scoping
from lms.people.models import Person


@scoping.for_roles("learner")
@require_safe
@never_cache
def own(request: SignedIn) -> HttpResponse:
    """/sertifikat/catatan-belajar.pdf"""
    return _saved(request.user)


@scoping.for_roles("coordinator")
@require_safe
@never_cache
def of_person(request: SignedIn, person_id: int) -> HttpResponse:
    """/koordinasi/berkas/<id>/catatan-belajar.pdf: with a line in the trail."""
    person = person_or_404(request, person_id)
    viewing.open_file(person=person, viewer=request.user, now=clock.now())
    return _saved(person)


def _saved(person: Person) -> HttpResponse:
    made = transcript_pdf(transcripts.record_of(person, today=clock.today()))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="lopo-catatan-belajar.pdf"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
