"""The grading desk: what waits, one submission beside its rubric, the mark that two assessors agree on."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import erasing, grading, marks, queue
from assessments.models import Grading, Submission
from assessments.views.grading_form import GradingForm
from assessments.views.grading_page import agreement_levels, context_of, rubric_form, texts_of
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping

PAGE = 20
FEW_SITTINGS = 3


@scoping.for_roles("trainer")
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """/penilaian/: what waits for her, the oldest first; other states by choice."""
    now, today = clock.now(), clock.today()
    wanted = queue.Wanted.read(request.GET)
    found = queue.found(request.user, wanted, now, today)
    page = Paginator(found, PAGE).get_page(request.GET.get("hal"))
    context = {
        "page": page,
        "rows": queue.rows(request.user, list(page), now),
        "wanted": wanted,
        "choices": queue.choices(request.user),
        "counts": queue.counts(request.user, now, today),
        "sittings": queue.planned(queue.sittings(request.user, today)[:FEW_SITTINGS], now),
    }
    return render(request, "assessments/grading_desk.html", context)


@scoping.for_roles("trainer")
@require_POST
def take(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    """/penilaian/<submission>/ambil/"""
    submission = opened(request, submission_id)
    if request.POST.get("do") == "release":
        grading.release(submission_id=submission.pk, assessor=request.user, now=clock.now())
        return redirect("grading_desk")
    return claimed(request, submission.pk)


@scoping.for_roles("trainer")
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """/penilaian/berikut/: the oldest that nobody holds."""
    return to_next(request)


def to_next(request: HttpRequest, but: uuid.UUID | None = None) -> HttpResponseRedirect:
    waiting = marks.next_for(request.user, clock.now(), clock.today(), but=but)
    if waiting is None:
        messages.success(request, _("Nothing else waits for you."))
        return redirect("grading_desk")
    return claimed(request, waiting.pk)


def claimed(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponseRedirect:
    """Claim it, or say why not; either way its page tells the rest."""
    try:
        claim = grading.claim(submission_id=submission_id, assessor=request.user, now=clock.now(), today=clock.today())
        if claim.taken_from:
            name = claim.taken_from.name
            messages.warning(request, _("%(name)s began this. Look at every level again.") % {"name": name})
    except Refused as refused:
        if refused.code != "agree":
            messages.error(request, str(refused))
    return redirect("grade", submission_id)


def opened(request: HttpRequest, submission_id: uuid.UUID) -> Submission:
    seen = marks.openable(request.user, clock.today()).select_related("person")
    return scoping.get_visible_or_404(seen, request.user, as_role=marks.AS, pk=submission_id)


@scoping.for_roles("trainer")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def grade(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    """/penilaian/<submission>/: her work and the rubric; `do`: keep, decide or return."""
    submission = opened(request, submission_id)
    form = rubric_form(submission, request)
    if request.method == "POST":
        if form.is_valid() and (answer := done(request, submission, form)):
            return answer
        if "X-Part" in request.headers:
            return render(
                request, "assessments/parts/grading_result.html", {"form": form, "is_kept": False}, status=422
            )
    context = context_of(request.user, submission, form, clock.now())
    return render(request, "assessments/grading.html", context, status=422 if form.errors else 200)


def done(request: HttpRequest, submission: Submission, form: GradingForm) -> HttpResponse | None:
    """One order; None when it was refused and the form says why."""
    order: dict[str, Any] = {"submission_id": submission.pk, "assessor": request.user, "put": form.put()}
    order |= {"now": clock.now(), "today": clock.today()}
    do = request.POST.get("do", "keep")
    try:
        if do == "decide":
            return onward(request, grading.decide(**order))
        if do == "return":
            grading.give_back(**order)
            messages.success(request, _("Returned. She reads your reason."))
            return to_next(request, but=submission.pk)
        kept = grading.keep(**order)
    except Refused as refused:
        form.show_refusal(refused)
        return None
    if do == "task":
        return redirect("grade_task", submission.pk)
    if "X-Part" in request.headers:
        outcome = marks.outcome(submission, kept.levels)
        return render(request, "assessments/parts/grading_result.html", {"outcome": outcome, "is_kept": True})
    messages.success(request, _("Kept. You may go on later."))
    return redirect("grade", submission.pk)


def onward(request: HttpRequest, decided: Submission) -> HttpResponse:
    """To the next one; where both have graded it and differ, to what they differ in."""
    if decided.graded_at is None and marks.part_now(decided, marks.gradings_of(decided)) == Grading.Parts.AGREED:
        messages.success(request, _("Kept. You two see it differently. Agree on the mark."))
        return redirect("grade", decided.pk)
    messages.success(request, said(decided))
    return to_next(request, but=decided.pk)


@scoping.for_roles("trainer")
@never_cache
@require_safe
def read_task(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    """/penilaian/<submission>/tugas/: a long case, on a page of its own."""
    submission = opened(request, submission_id)
    context = {"submission": submission, "task": texts_of(submission)}
    return render(request, "assessments/grading_task.html", context)


def said(decided: Submission) -> str:
    if decided.graded_at is None:
        return _("Kept. Now the second assessor looks at it.")
    words = {"name": decided.person.address, "percent": decided.percent}
    if decided.passed:
        return _("%(name)s: passed, %(percent)s percent.") % words
    return _("%(name)s: not passed yet, %(percent)s percent.") % words


@scoping.for_roles("trainer")
@require_POST
def agree(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    """/penilaian/<submission>/sepakat/"""
    submission = opened(request, submission_id)
    try:
        agreed = grading.agree(
            submission_id=submission.pk,
            assessor=request.user,
            levels=agreement_levels(submission, request.POST),
            now=clock.now(),
            today=clock.today(),
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("grade", submission.pk)
    if agreed.graded_at is None:
        messages.success(request, _("Proposed. It counts when the other assessor gives the same."))
        return redirect("grade", submission.pk)
    messages.success(request, said(agreed))
    return redirect("grading_desk")


@scoping.for_roles("trainer")
@require_POST
def clean(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    """/penilaian/<submission>/bersihkan/: take away for good what belongs to a real person."""
    submission = opened(request, submission_id)
    try:
        erasing.clean(
            submission_id=submission.pk, field=request.POST.get("passage_field", ""), by=request.user, now=clock.now()
        )
        messages.success(request, _("Taken away for good. Tell her why, without repeating it."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("grade", submission.pk)
