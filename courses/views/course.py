"""A course and a module as one person sees them."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.views import serve as serve_page

from courses import desk, enrolling, outline, rules
from courses.models import CoursePage, ModulePage
from courses.outline import NotEnrolled, Outline, Standing
from courses.rules import CoursePlan, ModulePlan, admission


@login_required
@require_safe
@never_cache
def show_course(request: HttpRequest, course: str) -> HttpResponse:
    """/belajar/<course>/"""
    source = outline.outline()
    plan = source.plan_of(course)
    if plan is None:
        raise Http404
    if source.refs[plan.key].is_restricted:
        return serve_page(request, request.path.lstrip("/"))
    return draw_course(request, plan, CoursePage.objects.filter(pk=source.refs[plan.key].page_id)[0])


@login_required
@require_safe
@never_cache
def show_module(request: HttpRequest, course: str, module: str) -> HttpResponse:
    """/belajar/<course>/<module>/"""
    source = outline.outline()
    found = source.find_module(course, module)
    if found is None:
        raise Http404
    ref = source.refs[found[1].key]
    if ref.is_restricted:
        return serve_page(request, request.path.lstrip("/"))
    return draw_module(request, *found, ModulePage.objects.filter(pk=ref.page_id)[0])


def serve_course(request: HttpRequest, page: CoursePage) -> HttpResponse:
    """Wagtail's door: previews, drafts and restricted pages."""
    plan = _source(request, page).find_course_key(page.translation_key)
    if plan is None:
        raise Http404
    return draw_course(request, plan, page)


def serve_module(request: HttpRequest, page: ModulePage) -> HttpResponse:
    found = _source(request, page).find_module_key(page.translation_key)
    if found is None:
        raise Http404
    return draw_module(request, *found, page)


def _source(request: HttpRequest, page: Any) -> Outline:
    return outline.read(("draft",), page) if getattr(request, "is_preview", False) else outline.outline()


def standing_of(request: HttpRequest, course: CoursePlan) -> Standing:
    """Raises NotEnrolled. In a preview the editor sees what a new learner sees."""
    if getattr(request, "is_preview", False):
        return Standing()
    return outline.standing_in(course, request.user)


def not_enrolled(request: HttpRequest, course: CoursePlan) -> HttpResponse:
    """Says why, and lets her begin where she may."""
    context = {
        "course": course,
        "may_begin": course in enrolling.open_to(request.user),
        "takes_codes": course.admission == admission.Admission.INVITATION,
        "reason": admission.why_not(course),
    }
    return render(request, "courses/not_enrolled.html", context, status=403)


def draw_course(request: HttpRequest, plan: CoursePlan, page: CoursePage) -> HttpResponse:
    try:
        standing = standing_of(request, plan)
    except NotEnrolled:
        return not_enrolled(request, plan)
    context = {"taken": desk.taken_course(plan, standing), "page": page, "notes": desk.module_notes(request.user)}
    return render(request, "courses/course.html", context)


def draw_module(request: HttpRequest, course: CoursePlan, module: ModulePlan, page: ModulePage) -> HttpResponse:
    try:
        standing = standing_of(request, course)
    except NotEnrolled:
        return not_enrolled(request, course)
    context = {
        "course": course,
        "page": page,
        "module": rules.module_state(course, module, standing.done, is_free=standing.is_reader),
        "steps": rules.step_states(course, module, standing.done, is_free=standing.is_reader),
        "after": rules.module_after(course, module, standing.done),
        "is_reader": standing.is_reader,
    }
    if standing.done:
        changed = rules.changed_since(module, outline.read_times(request.user, module))
        context["changed"] = [(step, uuid4()) for step in changed]
    return render(request, "courses/module.html", context)
