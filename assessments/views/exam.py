"""The exam as a step in the module: what is asked, her attempts, the way in."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from assessments import gains, results
from assessments.forms import ExamForm
from assessments.models import Attempt, ExamPage
from assessments.rules.items import paragraphs
from assessments.views.sending import start
from courses.outline import Place
from lms.kit import clock


def show_exam(request: HttpRequest, page: ExamPage, place: Place) -> HttpResponse:
    """The step in the module."""
    standing = results.exam_standing(request.user, page, place, clock.now())
    form = ExamForm(person=request.user, initial={"exam": place.step.key, "attempt": uuid.uuid4()})
    context = {
        "place": place,
        "page": page,
        "intro": paragraphs(page.intro),
        "exam": standing,
        "form": form,
        "number": results.first_open(standing.open_attempt) if standing.open_attempt else 0,
        "gain": gains.said_to(request.user, page, place) if page.is_test else (),
    }
    return never_cache(render)(request, "assessments/exam.html", context)


@login_required
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """/ujian/mulai/; with `learner`, a trainer begins to read aloud."""
    form = ExamForm(request.POST, person=request.user)
    return start(
        request,
        form,
        "exam",
        kind=Attempt,
        find=lambda: results.attempt_begun(request.user, form.cleaned_data),
        go=lambda attempt: redirect("exam_question", attempt.pk, results.first_open(attempt)),
    )
