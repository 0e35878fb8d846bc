"""Practice: every question on one page, each explained as soon as it is answered."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from assessments import results
from assessments.forms import PracticeForm, typed_again
from assessments.models import PracticePage
from assessments.models.drawn import files_of
from assessments.results import Practised
from assessments.rules.showing import Files, show
from assessments.rules.telling import tell
from assessments.views.sending import send
from courses import outline
from courses.outline import Place


def show_practice(request: HttpRequest, page: PracticePage, place: Place) -> HttpResponse:
    """The step in the module."""
    return never_cache(render)(request, "assessments/practice.html", practice_context(request, page, place))


def practice_context(
    request: HttpRequest, page: PracticePage, place: Place, refused: PracticeForm | None = None
) -> dict[str, Any]:
    practised = results.practised(request.user, page)
    files = files_of(one.item for one in practised)
    return {
        "place": place,
        "cards": [card(request, place, one, files, refused) for one in practised],
        "answered": sum(one.answer is not None for one in practised),
        "total": len(practised),
    }


def card(
    request: HttpRequest, place: Place, one: Practised, files: Files, refused: PracticeForm | None
) -> dict[str, Any]:
    """One question as a form; `refused` is the form whose answer could not be taken, if it was this one's."""
    is_refused = refused is not None and refused.data.get("question") == one.item.code
    form = refused if is_refused else None
    initial = {"practice": place.step.key, "question": one.item.code}
    keys, typed = (one.keys, None) if form is None else (request.POST.getlist("answer"), typed_again(form))
    return {
        "number": one.number,
        "code": one.item.code,
        "question": show(one.item, keys, typed, files),
        "reason": one.item.reason_text,
        "answer": None if form else one.answer,
        "told": tell(one.item, one.keys),
        "form": PracticeForm(person=request.user, initial=initial),
        "errors": form.errors if form else {},
    }


@login_required
@never_cache
@require_POST
def answer(request: HttpRequest, practice_key: uuid.UUID) -> HttpResponse:
    """/latihan/<practice>/: keep the answer, then back to the page; for a script only what has changed on it."""
    fields = request.POST.copy()
    fields["practice"] = str(practice_key)
    form = PracticeForm(fields, person=request.user)
    if form.is_valid():
        receipt = send(form, lambda: is_kept(form))
        if receipt.state == "refused":
            form.add_error(None, receipt.reason)
    place = outline.place_of(request.user, practice_key)
    page = outline.page_of(place) if place and not place.lock else None
    if place is None or not isinstance(page, PracticePage):
        return render(request, "courses/refused.html", {"reason": form.first_error()}, status=422)
    code = str(fields.get("question", ""))
    if "X-Part" not in request.headers and not form.errors:
        return redirect(f"{outline.url_of(place.course, place.module, place.step)}#soal-{code}")
    context = practice_context(request, page, place, form if form.errors else None)
    if "X-Part" in request.headers:
        context["cards"] = [one for one in context["cards"] if one["code"] == code]
        return render(request, "assessments/parts/practice_changed.html", context)
    return render(request, "assessments/practice.html", context, status=422)


def is_kept(form: PracticeForm) -> bool:
    sent = form.cleaned_data
    kept = results.practice_answers(form.person, sent["practice"]).get(sent["question"])
    return kept is not None and kept.given.keys == sent["answer"]
