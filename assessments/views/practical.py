"""A practical task: its step in the module, the form, handing in, what came of it."""

import json
import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.rich_text import RichText

from assessments import marks, work
from assessments.models import PracticalPage, Submission
from assessments.rules import rubrics
from assessments.views.practical_form import PracticalForm, draw
from assessments.views.sending import send, start
from courses import outline
from courses.outline import Place
from lms.kit import identifiers
from lms.people import scoping


def show_practical(request: HttpRequest, page: PracticalPage, place: Place) -> HttpResponse:
    """The step in the module: what is asked of her, the case, how it is graded, the way in."""
    task = page.as_task()
    initial = {"task": place.step.key, "submission": uuid.uuid4()}
    context = {
        "place": place,
        "page": page,
        "instructions": RichText(page.instructions),
        "case": RichText(page.case),
        "rubric": rubrics.read(task["rubric"]),
        "standing": work.standing(request.user, page),
        "is_observed": page.mode == PracticalPage.Modes.OBSERVED,
        "form": PracticalForm(person=request.user, initial=initial),
        "keep_days": settings.PRACTICE_TEXT_DAYS,
    }
    return never_cache(render)(request, "assessments/practical.html", context)


@login_required
@require_POST
def begin_task(request: HttpRequest) -> HttpResponse:
    """/praktik/mulai/"""
    form = PracticalForm(request.POST, person=request.user)

    def find() -> Submission | None:
        return work.begun(request.user, form.cleaned_data["task"], form.cleaned_data["submission"])

    return start(request, form, "task", kind=Submission, find=find, go=lambda begun: redirect("task", begun.pk))


def own_submission(request: HttpRequest, submission_id: uuid.UUID) -> Submission:
    hers = Submission.objects.select_related("person")
    return scoping.get_visible_or_404(hers, request.user, as_role="self", pk=submission_id)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    """/praktik/<submission>/: the form while it is in her hands, else where it is and what came of it."""
    if request.method == "POST":
        return save_draft(request, submission_id)
    hers = own_submission(request, submission_id)
    if hers.is_in_her_hands:
        return draw_form(request, hers, PracticalForm(person=request.user))
    place = outline.place_of(request.user, hers.task_key)
    context: dict[str, Any] = {"submission": hers, "place": place, "rounds": marks.outcome_of(hers)}
    page = outline.page_of(place) if place and not place.lock else None
    if isinstance(page, PracticalPage):
        initial = {"task": page.translation_key, "submission": uuid.uuid4()}
        context |= {"standing": work.standing(request.user, page)}
        context |= {"form": PracticalForm(person=request.user, initial=initial)}
    return render(request, "assessments/practical_state.html", context)


def save_draft(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Keep what may be kept, then go where she wants to go; a script gets the moment, or what is wrong where."""
    form = bound(request, submission_id)
    hers = own_submission(request, submission_id)
    if form.is_valid():
        receipt = send(form, lambda: False)
        if receipt.state == "refused":
            form.add_error(None, receipt.reason)
    elif form.field_errors and hers.is_in_her_hands:
        keep_sound_part(request, form, submission_id)
    hers = own_submission(request, submission_id)
    if "X-Part" in request.headers:
        return told(hers, form)
    if not hers.is_in_her_hands:
        return redirect("task", submission_id)
    return draw_form(request, hers, form) if form.errors else onward(submission_id, request.POST.get("go", ""))


def bound(request: HttpRequest, submission_id: uuid.UUID) -> PracticalForm:
    fields = request.POST.copy()
    fields["submission"] = str(submission_id)
    return PracticalForm(fields, person=request.user)


def keep_sound_part(request: HttpRequest, form: PracticalForm, submission_id: uuid.UUID) -> None:
    """One answer that is refused costs her no other."""
    rest = {"submission": str(submission_id), "entry": str(uuid.uuid4()), "answers": form.sound_part()}
    part = PracticalForm(rest, person=request.user)
    if part.is_valid():
        send(part, lambda: False)


def told(hers: Submission, form: PracticalForm) -> JsonResponse:
    at = timezone.localtime(hers.saved_at) if hers.saved_at else None
    sentences = {code: found[0] for code, found in form.field_errors.items()}
    said = {
        "saved": formats.time_format(at, "H.i") if at else "",
        "fields": sentences,
        "error": "" if sentences else form.first_error(),
    }
    return JsonResponse(said, status=422 if form.errors else 200)


def onward(submission_id: uuid.UUID, go: str) -> HttpResponse:
    """`go`: on to handing in, or the code of a table that was to get another row; else stay."""
    if go == "on":
        return redirect("task_hand_in", submission_id)
    return redirect(f"{reverse('task', args=[submission_id])}#{f'f_a.{go}' if go else 'tersimpan'}")


def draw_form(request: HttpRequest, hers: Submission, form: PracticalForm) -> HttpResponse:
    typed = form.typed() if form.errors else {}
    fields = work.fields_of(hers)
    context: dict[str, Any] = {
        "submission": hers,
        "place": outline.place_of(request.user, hers.task_key),
        "case": RichText(hers.task["case"]),
        "instructions": RichText(hers.task["instructions"]),
        "rubric": rubrics.read(hers.task["rubric"]),
        "sections": draw(fields, {**hers.answers, **typed}, form.field_errors),
        "form": form,
        "keep_days": settings.PRACTICE_TEXT_DAYS,
        "kinds": json.dumps({kind: gettext(words) for kind, words in identifiers.WORDS.items()}),
        "wrong": [one for one in fields if one.code in form.field_errors],
        "rounds": marks.outcome_of(hers) if hers.round > 1 else (),
    }
    return render(request, "assessments/practical_form.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in_task(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    """/praktik/<submission>/kumpul/: what is still open, what may be real, her word that all is invented."""
    form = PracticalForm(person=request.user)
    if request.method == "POST":
        sent = {name: request.POST.get(name, "") for name in ("entry", "sure", "confirmed")}
        form = PracticalForm({**sent, "submission": str(submission_id), "hand_in": "1"}, person=request.user)
        receipt = send(form, lambda: True) if form.is_valid() else None
        if receipt and receipt.state != "refused":
            return redirect("task", submission_id)
        if receipt:
            form.add_error(receipt.field if receipt.field in form.fields else None, receipt.reason)
    hers = own_submission(request, submission_id)
    if not hers.is_in_her_hands:
        return redirect("task", submission_id)
    context = {"submission": hers, "form": form, "missing": work.missing(hers), "doubts": work.doubts_of(hers)}
    context["keep_days"] = settings.PRACTICE_TEXT_DAYS
    return render(request, "assessments/practical_hand_in.html", context, status=422 if form.is_bound else 200)


@login_required
@never_cache
@require_safe
def written(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    """/praktik/<submission>/tulisan/: what she handed in, this time and before."""
    hers = own_submission(request, submission_id)
    context = {"submission": hers, "rounds": work.written_rounds(hers)}
    return render(request, "assessments/practical_written.html", context)
