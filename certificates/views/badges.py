"""The certificate for other programs: a signed credential for who has the code, a picture with it for its holder."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates import badging, printing
from certificates.models import Certificate, Paper
from certificates.views import public
from certificates.views.machines import TO_EVERYBODY, VC_JWT
from certificates.views.taking import SignedIn
from lms.kit import clock, codes
from lms.people import scoping


@require_safe
@never_cache
def credential(request: HttpRequest, text: str) -> HttpResponse:
    """/v/<code>.json: the Open Badges 3.0 credential as VC-JWT, before, in and after its time; else not found."""
    if public.has_guessed_too_often(request):
        return HttpResponse(status=429, headers={"Retry-After": str(public.WINDOW_SECONDS)})
    code = codes.normalise(text) or ""
    found = Certificate.objects.with_hold().with_public_name().select_related("standard").filter(code=code).first()
    if found is None:
        public.count_miss(request)
    if found is None or not _is_handed_out(found):
        raise Http404
    return HttpResponse(badging.credential_of(found, found.public_name), content_type=VC_JWT, headers=TO_EVERYBODY)


def _is_handed_out(certificate: Certificate) -> bool:
    """Not while it is revoked or suspended (only for rows `with_hold`)."""
    return certificate.public_state_on(clock.today()) in {"early", "valid", "expired"}


@login_required
@require_safe
@never_cache
def baked(request: SignedIn, code: str) -> HttpResponse:
    """/sertifikat/<code>/lencana.png: the picture with the credential inside, to its holder and who may see her."""
    rows = Certificate.objects.with_hold().select_related("standard")
    certificate = scoping.get_visible_or_404(rows, request.user, code=code)
    paper = certificate.papers.filter(kind=Paper.Kind.PNG, state=Paper.State.READY).first()
    if paper is None or not _is_handed_out(certificate):
        raise Http404
    if not printing.path_of(paper).is_file():
        return redirect("certificates:certificate")
    response = HttpResponse(badging.baked(certificate, printing.path_of(paper).read_bytes()), content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="lopo-{certificate.pretty_code}-lencana.png"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
