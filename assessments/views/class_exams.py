"""The exams of a class: a trainer reads aloud to one person, gives her more time or one more attempt."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assessments import easing, gains, sittings
from assessments.forms import ExamForm, ExtraAttemptForm, ExtraTimeForm
from courses import outline
from courses.models import Cohort
from lms.kit import clock
from lms.kit.forms import IDENTIFIER_CODE
from lms.kit.refusing import Refused
from lms.people import scoping

PAGE = 50


def taught_by(request: HttpRequest, cohort_id: int) -> Cohort:
    """A class that she teaches; another one is as good as none."""
    hers = Cohort.objects.filter(trainers=request.user.pk).select_related("region")
    return scoping.get_visible_or_404(hers, request.user, as_role="trainer", pk=cohort_id)


@scoping.for_roles("trainer")
@require_safe
@never_cache
def class_exams(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """/kelas/<number>/ujian/: the exams of its course, and what the tests before and after show."""
    cohort = taught_by(request, cohort_id)
    plan = outline.outline().find_course_key(cohort.course_key)
    context = {
        "cohort": cohort,
        "exams": sittings.exams_of(plan),
        "gains": gains.gains_in(plan, cohort.members.order_by().values("person")) if plan else [],
    }
    return render(request, "assessments/class_exams.html", context)


@scoping.for_roles("trainer")
@require_safe
@never_cache
def class_exam(request: HttpRequest, cohort_id: int, exam_key: uuid.UUID) -> HttpResponse:
    """/kelas/<number>/ujian/<exam>/: its people, and how far each is."""
    return draw(request, taught_by(request, cohort_id), exam_key)


@scoping.for_roles("trainer")
@require_POST
def give_time(request: HttpRequest, cohort_id: int, exam_key: uuid.UUID) -> HttpResponse:
    """/kelas/<number>/ujian/<exam>/waktu/"""

    def give(minutes: int, **order: Any) -> str:
        easing.give_time(minutes=minutes, **order)
        return _("%(minutes)s minutes more are given.") % {"minutes": minutes}

    return ease(request, taught_by(request, cohort_id), exam_key, ExtraTimeForm(request.POST), give)


@scoping.for_roles("trainer")
@require_POST
def give_attempt(request: HttpRequest, cohort_id: int, exam_key: uuid.UUID) -> HttpResponse:
    """/kelas/<number>/ujian/<exam>/kesempatan/"""

    def give(**order: Any) -> str:
        easing.give_attempt(**order)
        return _("One more attempt is given. Tell her.")

    return ease(request, taught_by(request, cohort_id), exam_key, ExtraAttemptForm(request.POST), give)


def ease(
    request: HttpRequest, cohort: Cohort, exam_key: uuid.UUID, form: ExtraAttemptForm, give: Callable[..., str]
) -> HttpResponse:
    """Give her what the form says; refused, it stands on the page with its reason."""
    if not form.is_valid():
        return draw(request, cohort, exam_key, refused=form)
    wanted = dict(form.cleaned_data)
    try:
        said = give(trainer=request.user, learner_id=wanted.pop("person"), exam_key=exam_key, now=clock.now(), **wanted)
    except Refused as refused:
        form.add_error(None, str(refused))
        return draw(request, cohort, exam_key, refused=form)
    messages.success(request, said)
    return redirect("class_exam", cohort.pk, exam_key)


def draw(
    request: HttpRequest, cohort: Cohort, exam_key: uuid.UUID, refused: ExtraAttemptForm | None = None
) -> HttpResponse:
    found = sittings.exam_of(cohort, exam_key)
    if found is None:
        raise Http404
    if refused is not None and refused.has_error("reason", IDENTIFIER_CODE):
        refused.data = {**{name: refused.data.get(name) for name in refused.data}, "reason": ""}
    page = Paginator(cohort.members.select_related("person__village"), PAGE).get_page(request.GET.get("hal"))
    people = [member.person for member in page]
    context = {
        "cohort": cohort,
        "found": found,
        "page": page,
        "rows": [row(request, one, exam_key, refused) for one in sittings.sitters(people, found.exam, clock.now())],
        "problem": next(iter(refused.non_field_errors()), "") if refused else "",
    }
    return render(request, "assessments/class_exam.html", context, status=422 if refused else 200)


def row(
    request: HttpRequest, one: sittings.Sitter, exam_key: uuid.UUID, refused: ExtraAttemptForm | None
) -> dict[str, Any]:
    """A person with her forms; the refused one keeps what was typed, but no text that may be about somebody."""
    begin = {"exam": exam_key, "attempt": uuid.uuid4(), "learner": one.person.pk}
    hers = refused if refused is not None and refused.data.get("person") == str(one.person.pk) else None
    return {
        "sitter": one,
        "is_herself": one.person.pk == request.user.pk,
        "form": ExamForm(person=request.user, initial=begin),
        **{
            name: hers if type(hers) is kind else kind(initial={"person": one.person.pk})
            for name, kind in (("time_form", ExtraTimeForm), ("attempt_form", ExtraAttemptForm))
        },
    }
