"""One step of a module: who may open it, what draws it, and the form that finishes a lesson."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.views import serve as serve_page

from courses import outline, progressing, rules, stepping
from courses.forms import LessonDoneForm, PlaceForm
from courses.models import StepPage
from courses.outline import NotEnrolled, Outline, Place
from courses.rules import CoursePlan, Spot
from courses.views.course import not_enrolled, standing_of
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.sync import receiving


@login_required
@require_safe
def show_step(request: HttpRequest, course: str, module: str, step: str) -> HttpResponse:
    """/belajar/<course>/<module>/<step>/"""
    source = outline.outline()
    found = source.find_step(course, module, step)
    if found is None:
        raise Http404
    if source.refs[found[1].step.key].is_restricted:
        return serve_page(request, request.path.lstrip("/"))
    return answer(request, source, *found)


def serve_step(request: HttpRequest, page: StepPage) -> HttpResponse:
    """Wagtail's door: previews, drafts and restricted pages, drawn by the same views."""
    is_preview = getattr(request, "is_preview", False)
    source = outline.read(("draft",), page) if is_preview else outline.outline()
    found = source.find_key(page.translation_key)
    if found is None:
        raise Http404
    return answer(request, source, *found, page=page)


def answer(
    request: HttpRequest, source: Outline, course: CoursePlan, spot: Spot, *, page: StepPage | None = None
) -> HttpResponse:
    """Hand an open step to the view of its kind; say why a closed one is closed."""
    try:
        standing = standing_of(request, course)
    except NotEnrolled:
        return not_enrolled(request, course)
    is_preview = getattr(request, "is_preview", False)
    place = outline.place(source, course, spot, standing, is_preview=is_preview)
    if place.lock:
        context = {"place": place, "spot": rules.way_on(course, place.module, place.done)}
        return render(request, "courses/locked.html", context, status=403)
    if page is None and spot.step.kind != "lesson":
        page = outline.page_of(place)
    return stepping.view_of(spot.step.kind)(request, page, place)


@login_required
@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """/belajar/selesai/: the same entry as from a phone's outbox."""
    form = LessonDoneForm(request.POST, person=request.user)
    if not form.is_valid():
        return render(request, "courses/refused.html", {"reason": form.first_error()}, status=422)
    receipt = receiving.receive_form(form=form, now=clock.now())
    if receipt.state == "refused":
        return render(request, "courses/refused.html", {"reason": receipt.reason}, status=422)
    place = receipt.result or outline.place_of(request.user, form.cleaned_data["step"])
    return go_on(place, to_module=form.cleaned_data["again"])


@login_required
@require_POST
def keep_place(request: HttpRequest) -> HttpResponse:
    """/belajar/tempat/: how far she came. The page sends it quietly; without JavaScript she presses a button."""
    form = PlaceForm(request.POST)
    reason = _("This page is no longer part of the course. Go back to your desk.")
    if form.is_valid():
        try:
            wanted = form.cleaned_data
            progressing.keep_place(
                person=request.user, step_key=wanted["step"], anchor=wanted["anchor"], now=clock.now()
            )
            if wanted["quiet"]:
                return HttpResponse(status=204)
            messages.success(request, _("Your place is kept. Carry on here later."))
            return redirect("courses:desk")
        except Refused as refused:
            reason = str(refused)
    return render(request, "courses/refused.html", {"reason": reason}, status=422)


def go_on(place: Place | None, *, to_module: bool = False) -> HttpResponseRedirect:
    """To the next step; after the last one to the module, which says what is done."""
    if place is None:
        return redirect("courses:desk")
    return redirect(outline.url_of(place.course, place.module, None if to_module else place.onward))
