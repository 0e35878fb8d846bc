"""Cards of a cohort on sheets to cut: a coordinator asks, the worker makes them, a page shows how far it is."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from certificates import carding
from certificates.models import CardSheet
from certificates.views.taking import SignedIn
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping


@scoping.for_roles("coordinator")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cards(request: SignedIn) -> HttpResponse:
    """/koordinasi/kartu/: classes with certificates, and the sheets asked for this week."""
    today = clock.today()
    cohorts = carding.cohorts_of(request.user, today=today)
    if request.method == "POST":
        key = request.POST.get("cohort", "")
        cohort = cohorts.filter(pk=int(key) if key.isdecimal() and len(key) < 16 else 0).first()
        if cohort is None:
            raise Http404
        try:
            carding.ask(cohort=cohort, coordinator=request.user, now=clock.now(), today=today)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("certificates:cards")
    sheets = list(CardSheet.objects.visible_to(request.user, as_role="self").select_related("cohort")[:10])
    is_making = any(one.state == CardSheet.State.WAITING for one in sheets)
    context = {"cohorts": cohorts[:40], "sheets": sheets, "is_making": is_making}
    return render(request, "certificates/cards.html", context)


@scoping.for_roles("coordinator")
@require_safe
@never_cache
def sheet(request: SignedIn, sheet_id: int) -> FileResponse:
    """/koordinasi/kartu/<id>.pdf: only to who asked for it."""
    ready = CardSheet.objects.filter(state=CardSheet.State.READY)
    found = scoping.get_visible_or_404(ready, request.user, as_role="self", pk=sheet_id)
    path = carding.path_of(found)
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=True, filename=f"lopo-kartu-{found.pk}.pdf")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
