"""A branching story: its step in the module, one screen at a time, the path she walked."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.rich_text import RichText

from assessments import walks
from assessments.forms import ScenarioForm
from assessments.models import ScenarioPage, Walk
from assessments.views.sending import send, start
from courses import outline
from courses.outline import Place
from lms.people import scoping


def show_scenario(request: HttpRequest, page: ScenarioPage, place: Place) -> HttpResponse:
    """The step in the module: where the story plays, its content note, the way in."""
    hers = list(Walk.objects.filter(person=request.user.pk).through(place.step.key).defer("story"))
    initial = {"scenario": place.step.key, "walk": uuid.uuid4()}
    context = {
        "place": place,
        "page": page,
        "intro": RichText(page.intro),
        "open": next((one for one in hers if one.ended_at is None), None),
        "ended": [one for one in hers if one.ended_at],
        "form": ScenarioForm(person=request.user, initial=initial),
    }
    return never_cache(render)(request, "assessments/scenario.html", context)


@login_required
@require_POST
def begin_walk(request: HttpRequest) -> HttpResponse:
    """/skenario/mulai/"""
    form = ScenarioForm(request.POST, person=request.user)
    return start(
        request,
        form,
        "scenario",
        kind=Walk,
        find=lambda: walks.begun(request.user, form.cleaned_data["scenario"], form.cleaned_data["walk"]),
        go=lambda begun: redirect("walk", begun.pk),
    )


def own_walk(request: HttpRequest, walk_id: uuid.UUID) -> Walk:
    return scoping.get_visible_or_404(Walk.objects.all(), request.user, as_role="self", pk=walk_id)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def walk(request: HttpRequest, walk_id: uuid.UUID) -> HttpResponse:
    """/skenario/<walk>/: what came of the last choice, the situation, the choices or the ending."""
    form = ScenarioForm(person=request.user)
    if request.method == "POST":
        form = ScenarioForm({**request.POST.dict(), "walk": str(walk_id)}, person=request.user)
        if form.is_valid():
            receipt = send(form, lambda: True)
            if receipt.state != "refused":
                return redirect("walk", walk_id)
            form.add_error(None, receipt.reason)
    hers = own_walk(request, walk_id)
    context: dict[str, Any] = {"walk": hers, "screen": walks.screen(hers), "form": form}
    context["place"] = outline.place_of(request.user, hers.scenario_key)
    return render(request, "assessments/walk.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_safe
def path_walked(request: HttpRequest, walk_id: uuid.UUID) -> HttpResponse:
    """/skenario/<walk>/jalan/: every decision; for herself, and for the trainer who talks with her about it."""
    seen = scoping.get_visible_or_404(
        Walk.objects.select_related("person"), request.user, as_role=walks.role_of(request.user, walk_id), pk=walk_id
    )
    context = {"walk": seen, "decisions": walks.decisions(seen), "scores": walks.scores(seen)}
    context["is_hers"] = seen.person_id == request.user.pk
    context["spot"] = outline.find_spot(seen.scenario_key)
    return render(request, "assessments/walk_path.html", context)
