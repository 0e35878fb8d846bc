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
    found = Certificate.objects.with_hold().select_related("standard").filter(code=code).first()
    if found is None:
        public.count_miss(request)
    if found is None or found.public_state_on(clock.today()) not in {"early", "valid", "expired"}:
        raise Http404
    return HttpResponse(badging.credential_of(found), content_type=VC_JWT, headers=TO_EVERYBODY)


@login_required
@require_safe
@never_cache
def baked(request: SignedIn, code: str) -> HttpResponse:
    """/sertifikat/<code>/lencana.png: the picture with the credential inside, to its holder and who may see her."""
    papers = Paper.objects.filter(kind=Paper.Kind.PNG, state=Paper.State.READY, certificate__revoked_at=None)
    paper = scoping.get_visible_or_404(
        papers.select_related("certificate__standard"), request.user, certificate__code=code
    )
    if not printing.path_of(paper).is_file():
        return redirect("certificates:certificate")
    certificate = paper.certificate
    response = HttpResponse(badging.baked(certificate, printing.path_of(paper).read_bytes()), content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="lopo-{certificate.pretty_code}-lencana.png"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
