"""What came of an attempt."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import gains, results
from assessments.forms import ExamForm
from assessments.models import ExamPage
from assessments.views.sitting import open_attempt
from courses import outline
from lms.kit import clock


@login_required
@never_cache
@require_safe
def result(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """/ujian/<attempt>/hasil/: by lesson; no question and no key of one still in use."""
    attempt = open_attempt(request, attempt_id)
    if attempt.is_open:
        return redirect("exam_question", attempt.pk, results.first_open(attempt))
    spot, is_hers = results.spot_of(attempt), attempt.person_id == request.user.pk
    context: dict[str, Any] = {"attempt": attempt, "spot": spot, "result": results.exam_result(attempt, spot)}
    context["learner"] = None if is_hers else attempt.person
    place = outline.place_of(attempt.person, attempt.exam_key)
    page = outline.page_of(place) if place else None
    exam = page if isinstance(page, ExamPage) else None
    context["feedback"] = results.feedback(attempt, exam, clock.now())
    if place and exam and is_hers:
        standing = results.exam_standing(request.user, exam, place, clock.now())
        initial = {"exam": place.step.key, "attempt": uuid.uuid4()}
        context |= {"place": place, "exam": standing, "form": ExamForm(person=request.user, initial=initial)}
        context["gain"] = gains.said_to(request.user, exam, place) if exam.is_test else ()
    return render(request, "assessments/result.html", context)
