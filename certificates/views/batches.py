"""A coordinator certifies many: she ticks names, the worker signs, a page shows how far it is."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from certificates import batching, dossiers
from certificates.forms.batches import BatchForm
from certificates.models import Batch, BatchRow, Standard
from certificates.views.taking import SignedIn
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping


@scoping.for_roles("coordinator")
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def certify_many(request: SignedIn) -> HttpResponse:
    """/koordinasi/sahkan/: who is ready, with a box each; those she may not certify say why."""
    form = BatchForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            people = form.cleaned_data["people"]
            batch = batching.ask(person_ids=people, certifier=request.user, now=clock.now())
            return redirect("certificates:batch", batch_id=batch.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    ready = [one.person for one in dossiers.ready(request.user, today=clock.today())]
    why = batching.obstacles(request.user, [person.pk for person in ready])
    context = {
        "form": form,
        "rows": [(person, why.get(person.pk, "")) for person in ready],
        "open": len(ready) - len(why),
        "all": "semua" in request.GET,
        "standard": Standard.objects.current(),
        "batches": [(one, batching.counts(one)) for one in Batch.objects.visible_to(request.user, as_role="self")[:5]],
    }
    return render(request, "certificates/certify_many.html", context, status=422 if form.errors else 200)


@scoping.for_roles("coordinator")
@never_cache
@require_safe
def batch(request: SignedIn, batch_id: int) -> HttpResponse:
    """/koordinasi/sahkan/<id>/: how far it is, and who was refused with the sentence."""
    found = scoping.get_visible_or_404(Batch.objects.all(), request.user, as_role="self", pk=batch_id)
    rows = list(found.rows.select_related("person"))
    context = {
        "batch": found,
        "counts": batching.counts(found),
        "refused": [row for row in rows if row.state == BatchRow.State.REFUSED],
        "done": [row for row in rows if row.state == BatchRow.State.DONE],
    }
    return render(request, "certificates/batch.html", context)
