"""Sitting an exam: one question a page or all on one page, each answer saved on the way; handing in."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments import attempting, results
from assessments.forms import ExamForm, typed_again
from assessments.models import Attempt
from assessments.models.drawn import files_of
from assessments.rules import attempts as limits
from assessments.rules.items import Item
from assessments.rules.showing import Files, Shown, show
from assessments.views.sending import send, send_all
from lms.kit import clock
from lms.people import scoping

PART = "X-Part"


def open_attempt(request: HttpRequest, attempt_id: uuid.UUID) -> Attempt:
    """Her own, or the one she reads aloud to a learner whom she sees. When its time is over it is handed in first."""
    try:
        attempt = scoping.get_visible_or_404(Attempt.objects.all(), request.user, as_role="self", pk=attempt_id)
    except Http404:
        read = Attempt.objects.filter(read_by=request.user.pk).select_related("person")
        attempt = scoping.get_visible_or_404(read, request.user, as_role="trainer", pk=attempt_id)
    now = clock.now()
    if (
        attempt.is_open
        and limits.is_over(attempt.ends_at, now)
        and attempting.end_if_over(attempt_id=attempt_id, now=now)
    ):
        attempt.refresh_from_db()
    return attempt


def common(request: HttpRequest, attempt: Attempt) -> dict[str, Any]:
    """What every page of a sitting shows."""
    return {
        "attempt": attempt,
        "numbers": [{"number": n, "is_answered": n in attempt.answered} for n in range(1, attempt.total + 1)],
        "saved_at": max((one.saved_at for one in attempt.given.values()), default=None),
        "minutes_left": limits.minutes_left(attempt.ends_at, clock.now()),
        "learner": attempt.person if attempt.person_id != request.user.pk else None,
        "spot": results.spot_of(attempt),
    }


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """/ujian/<attempt>/<number>/"""
    if request.method == "POST":
        return save_answer(request, attempt_id, number)
    attempt = open_attempt(request, attempt_id)
    if not attempt.is_open:
        return redirect("exam_result", attempt.pk)
    if attempt.one_page:
        return redirect(f"{reverse('exam_page', args=[attempt.pk])}#soal-{number}")
    return draw_question(request, attempt, number, ExamForm(person=request.user))


def save_answer(request: HttpRequest, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """Keep the answer, then go where she wants to go; for a script only say that it is kept."""
    fields = request.POST.copy()
    fields["attempt"], fields["question"] = str(attempt_id), str(number)
    if PART in request.headers:
        fields["entry"] = str(uuid.uuid4())  # the page stays open: each change is an entry of its own
    form = ExamForm(fields, person=request.user)
    if form.is_valid():
        receipt = send(form, lambda: is_kept(open_attempt(request, attempt_id), form))
        if receipt.state != "refused":
            return onward(request, attempt_id, number)
        form.add_error(None, receipt.reason)
    attempt = open_attempt(request, attempt_id)
    if PART in request.headers:
        return draw_saved(request, attempt, form.first_error())
    if not attempt.is_open:
        return redirect("exam_result", attempt.pk)
    return draw_question(request, attempt, number, form)


def is_kept(attempt: Attempt, form: ExamForm) -> bool:
    given = attempt.given.get(form.cleaned_data["question"])
    return not attempt.is_open or (given.keys if given else ()) == form.cleaned_data["answer"]


def draw_saved(request: HttpRequest, attempt: Attempt | None, problem: str = "") -> HttpResponse:
    """For the script: when it was saved, or why not. 410: the attempt is handed in, the page is to be left."""
    status = 422 if problem else 200
    if attempt is not None and not attempt.is_open:
        status = 410
    context = {"saved_at": clock.now(), "problem": problem}
    return render(request, "assessments/parts/saved.html", context, status=status)


def onward(request: HttpRequest, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """`go`: prev, all, or the number of a question; else the next one. After the last comes handing in."""
    if PART in request.headers:
        return draw_saved(request, None)
    go = request.POST.get("go", "")
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
    context = common(request, attempt) | {
        "number": number,
        "question": shown(attempt, number, item, form, files_of([item])),
        "saved_at": given.saved_at if given and given.keys else None,
        "form": form,
    }
    return render(request, "assessments/question.html", context, status=422 if form.errors else 200)


def shown(attempt: Attempt, number: int, item: Item, form: ExamForm, files: Files) -> Shown:
    """The question with what is kept; with what she typed when that was refused."""
    given = attempt.given.get(number)
    return show(item, given.keys if given else (), typed_again(form) if form.errors else None, files)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def whole_page(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """/ujian/<attempt>/semua/: every question on one page, one button."""
    attempt = open_attempt(request, attempt_id)
    forms: dict[int, ExamForm] = {}
    if request.method == "POST" and attempt.is_open:
        forms = {number: one for number in range(1, attempt.total + 1) if (one := form_of(request, attempt, number))}
        problem = save_page(attempt, forms)
        attempt = open_attempt(request, attempt_id)
        if PART in request.headers:
            return draw_saved(request, attempt, problem)
        if not problem and attempt.is_open:
            return redirect("exam_hand_in", attempt.pk)
    if not attempt.is_open:
        return draw_saved(request, attempt) if PART in request.headers else redirect("exam_result", attempt.pk)
    return draw_page(request, attempt, forms)


def form_of(request: HttpRequest, attempt: Attempt, number: int) -> ExamForm | None:
    """The form of one question: its fields carry the question's number before their names. None: nothing changed."""
    prefix = f"q{number}-"
    fields = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if name.startswith(prefix):
            fields.setlist(name.removeprefix(prefix), values)
    fields["attempt"], fields["question"], fields["entry"] = str(attempt.pk), str(number), str(uuid.uuid4())
    form = ExamForm(fields, person=request.user)
    return None if form.is_valid() and is_kept(attempt, form) else form


def save_page(attempt: Attempt, forms: dict[int, ExamForm]) -> str:
    """Keep what can be kept; returns the first sentence that says no."""
    valid = {number: form for number, form in forms.items() if form.is_valid()}
    for form, receipt in zip(valid.values(), send_all(list(valid.values())), strict=True):
        if receipt.state == "refused":
            form.add_error(None, receipt.reason)
    return next((form.first_error() for form in forms.values() if form.errors), "")


def draw_page(request: HttpRequest, attempt: Attempt, forms: dict[int, ExamForm]) -> HttpResponse:
    items, empty = attempt.questions.items, ExamForm(person=request.user)
    files = files_of(items)
    cards = [
        {
            "number": number,
            "question": shown(attempt, number, item, forms.get(number, empty), files),
            "errors": forms[number].errors if number in forms else {},
        }
        for number, item in enumerate(items, 1)
    ]
    is_refused = any(card["errors"] for card in cards)
    context = common(request, attempt) | {"cards": cards, "is_refused": is_refused}
    return render(request, "assessments/whole_page.html", context, status=422 if is_refused else 200)


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
    attempt = open_attempt(request, attempt_id)
    if not attempt.is_open:
        return redirect("exam_result", attempt_id)
    context = common(request, attempt) | {
        "first": results.first_open(attempt),
        "left": attempt.total - len(attempt.answered),
        "form": form or ExamForm(person=request.user),
    }
    return render(request, "assessments/hand_in.html", context, status=422 if form else 200)
