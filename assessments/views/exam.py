"""The exam: its step in the module, one question a page, handing in, the result."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import results
from assessments.forms import ExamForm, places_of
from assessments.models import Attempt, ExamPage
from assessments.rules.items import paragraphs
from assessments.rules.showing import show
from assessments.views.sending import send
from courses import outline
from courses.outline import Place
from lms.kit import clock
from lms.people import scoping


def show_exam(request: HttpRequest, page: ExamPage, place: Place) -> HttpResponse:
    """The step in the module: what is asked of her, and the way in."""
    standing = results.exam_standing(request.user, page, place, clock.now())
    form = ExamForm(person=request.user, initial={"exam": place.step.key, "attempt": uuid.uuid4()})
    number = results.first_open(standing.open_attempt) if standing.open_attempt else 0
    intro = paragraphs(page.intro)
    context = {"place": place, "page": page, "intro": intro, "exam": standing, "form": form, "number": number}
    return never_cache(render)(request, "assessments/exam.html", context)


@login_required
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """/ujian/mulai/"""
    form = ExamForm(request.POST, person=request.user)
    if not form.is_valid() or not form.cleaned_data["exam"]:
        return refuse(request, form.first_error())
    receipt = send(form, lambda: True)
    if receipt.state == "refused":
        return refuse(request, receipt.reason)
    sent = form.cleaned_data
    begun = receipt.result or results.attempt_begun(request.user, sent["exam"], sent["attempt"])
    return to_question(begun, results.first_open(begun)) if isinstance(begun, Attempt) else redirect("courses:desk")


def refuse(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, "courses/refused.html", {"reason": reason}, status=422)


def to_question(attempt: Attempt, number: int) -> HttpResponseRedirect:
    return redirect("exam_question", attempt.pk, number)


def own_attempt(request: HttpRequest, attempt_id: uuid.UUID) -> Attempt:
    return scoping.get_visible_or_404(Attempt.objects.all(), request.user, as_role="self", pk=attempt_id)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """/ujian/<attempt>/<number>/"""
    if request.method == "POST":
        return save_answer(request, attempt_id, number)
    attempt = own_attempt(request, attempt_id)
    if not attempt.is_open:
        return redirect("exam_result", attempt.pk)
    return draw_question(request, attempt, number, ExamForm(person=request.user))


def save_answer(request: HttpRequest, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """Keep the answer, then go where she wants to go."""
    fields = request.POST.copy()
    fields["attempt"], fields["question"] = str(attempt_id), str(number)
    form = ExamForm(fields, person=request.user)
    if form.is_valid():
        receipt = send(form, lambda: is_kept(own_attempt(request, attempt_id), form))
        if receipt.state != "refused":
            return onward(attempt_id, number, request.POST.get("go", ""))
        form.add_error(None, receipt.reason)
    attempt = own_attempt(request, attempt_id)
    if not attempt.is_open:
        return redirect("exam_result", attempt.pk)
    return draw_question(request, attempt, number, form)


def numbers_of(attempt: Attempt) -> list[dict[str, Any]]:
    return [{"number": number, "is_answered": number in attempt.answered} for number in range(1, attempt.total + 1)]


def is_kept(attempt: Attempt, form: ExamForm) -> bool:
    given = attempt.given.get(form.cleaned_data["question"])
    return not attempt.is_open or (given.keys if given else ()) == form.cleaned_data["answer"]


def onward(attempt_id: uuid.UUID, number: int, go: str) -> HttpResponseRedirect:
    """`go`: prev, all, or the number of a question; else the next one. After the last comes handing in."""
    if go == "all":
        return redirect("exam_hand_in", attempt_id)
    there = int(go) if go.isdecimal() and len(go) < 4 else number + (-1 if go == "prev" else 1)
    return redirect("exam_question", attempt_id, max(1, there))


def draw_question(request: HttpRequest, attempt: Attempt, number: int, form: ExamForm) -> HttpResponse:
    item = attempt.questions.item(number)
    if item is None and number == attempt.total + 1:
        return redirect("exam_hand_in", attempt.pk)
    if item is None:
        raise Http404
    given = attempt.given.get(number)
    typed = places_of(form.data) if form.errors else None
    context: dict[str, Any] = {
        "attempt": attempt,
        "number": number,
        "question": show(item, given.keys if given else (), typed),
        "saved_at": given.saved_at if given and given.keys else None,
        "form": form,
        "numbers": numbers_of(attempt),
        "spot": results.spot_of(attempt),
    }
    return render(request, "assessments/question.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """/ujian/<attempt>/kumpul/: what is still open, then the last button."""
    form = None
    if request.method == "POST":
        form = ExamForm({**request.POST.dict(), "attempt": str(attempt_id), "hand_in": "1"}, person=request.user)
        receipt = send(form, lambda: True) if form.is_valid() else None
        if receipt and receipt.state != "refused":
            return redirect("exam_result", attempt_id)
        if receipt:
            form.add_error(None, receipt.reason)
    attempt = own_attempt(request, attempt_id)
    if not attempt.is_open:
        return redirect("exam_result", attempt_id)
    context = {
        "attempt": attempt,
        "numbers": numbers_of(attempt),
        "first": results.first_open(attempt),
        "left": attempt.total - len(attempt.answered),
        "form": form or ExamForm(person=request.user),
        "spot": results.spot_of(attempt),
    }
    return render(request, "assessments/hand_in.html", context, status=422 if form else 200)


@login_required
@never_cache
@require_safe
def result(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """/ujian/<attempt>/hasil/: by lesson; no question and no key of one still in use."""
    attempt = own_attempt(request, attempt_id)
    if attempt.is_open:
        return to_question(attempt, results.first_open(attempt))
    spot = results.spot_of(attempt)
    context: dict[str, Any] = {"attempt": attempt, "spot": spot, "result": results.exam_result(attempt, spot)}
    place = outline.place_of(request.user, attempt.exam_key)
    page = outline.page_of(place) if place else None
    if place and isinstance(page, ExamPage):
        standing = results.exam_standing(request.user, page, place, clock.now())
        initial = {"exam": place.step.key, "attempt": uuid.uuid4()}
        context |= {"place": place, "exam": standing, "form": ExamForm(person=request.user, initial=initial)}
    return render(request, "assessments/result.html", context)
