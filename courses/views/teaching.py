"""The days of training of a class: note one, tick who was there, correct it later."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses import teaching
from courses.forms import AttendanceForm, TrainingDayForm
from courses.models import Attendance, Cohort, TrainingDay
from lms.kit import clock
from lms.kit.forms import IDENTIFIER_CODE
from lms.kit.refusing import Refused
from lms.people import scoping
from lms.people.models import Person, TrailLine

PAGE = 60
FEW = 5
DAY_FIELDS = ("held_on", "minutes", "topic")


def taught_by(request: HttpRequest, cohort_id: int) -> Cohort:
    """A class that she teaches; another one is as good as none."""
    hers = Cohort.objects.taught_by(request.user).select_related("region")
    return scoping.get_visible_or_404(hers, request.user, as_role="trainer", pk=cohort_id)


def day_of(request: HttpRequest, cohort_id: int, day_id: int) -> TrainingDay:
    found = taught_by(request, cohort_id).days.select_related("cohort").filter(pk=day_id).first()
    if found is None:
        raise Http404
    return found


@scoping.for_roles("trainer")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def days(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """/kelas/<number>/hari/: the days, newest first, and one more."""
    cohort = taught_by(request, cohort_id)
    form = TrainingDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            day = teaching.add_day(
                cohort=cohort, by=request.user, now=clock.now(), today=clock.today(), **form.cleaned_data
            )
            return redirect("courses:training_day", cohort.pk, day.pk)
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
    forget_topic(form)
    page = Paginator(cohort.days.with_counts().order_by("-held_on"), PAGE).get_page(request.GET.get("hal"))
    context = {"cohort": cohort, "page": page, "form": form}
    return render(request, "courses/training_days.html", context, status=422 if form.errors else 200)


@scoping.for_roles("trainer")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def day(request: HttpRequest, cohort_id: int, day_id: int) -> HttpResponse:
    """/kelas/<number>/hari/<day>/: who was there."""
    one = day_of(request, cohort_id, day_id)
    if request.method != "POST":
        return draw(request, one)
    form = AttendanceForm(request.POST)
    if not form.is_valid():
        return draw(request, one, problem=_("Choose people of the list."))
    said = form.cleaned_data
    absent = set(said["shown"]) - set(said["present"])
    way = Attendance.Way.PAPER if said["paper"] else Attendance.Way.SCREEN
    try:
        teaching.note_attendance(
            day=one, present=said["present"], absent=absent, way=way, by=request.user, now=clock.now()
        )
    except Refused as refused:
        return draw(request, one, problem=str(refused))
    messages.success(request, _("The list is kept. There: %(count)s.") % {"count": len(set(said["present"]))})
    return redirect("courses:training_day", cohort_id, one.pk)


@scoping.for_roles("trainer")
@require_POST
def change_day(request: HttpRequest, cohort_id: int, day_id: int) -> HttpResponse:
    """/kelas/<number>/hari/<day>/ubah/: the date, the length or the topic was wrong."""
    one = day_of(request, cohort_id, day_id)
    form = TrainingDayForm(request.POST)
    if form.is_valid():
        try:
            teaching.change_day(day=one, by=request.user, now=clock.now(), today=clock.today(), **form.cleaned_data)
            messages.success(request, _("Corrected. The trail keeps what it said before."))
            return redirect("courses:training_day", cohort_id, one.pk)
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
    forget_topic(form)
    return draw(request, one, form=form)


def draw(
    request: HttpRequest, one: TrainingDay, *, problem: str = "", form: TrainingDayForm | None = None
) -> HttpResponse:
    page, rows = listed(request, one, request.user)
    first = TrainingDayForm(initial={name: getattr(one, name) for name in DAY_FIELDS})
    context: dict[str, Any] = {
        "cohort": one.cohort,
        "day": one,
        "page": page,
        "rows": rows,
        "is_noted": one.list.exists(),
        "form": form or first,
        "problem": problem,
        "corrections": TrailLine.objects.about(one)
        .filter(verb__in=["courses.attendance_corrected", "courses.day_changed"])
        .select_related("actor")
        .order_by("-pk")[:FEW],
    }
    return render(request, "courses/training_day.html", context, status=422 if problem or form else 200)


@dataclass(frozen=True)
class Row:
    """A person, what was noted of her, and whether her box is ticked."""

    person: Person
    noted: Attendance | None
    is_ticked: bool


def listed(request: HttpRequest, one: TrainingDay, trainer: Any) -> tuple[Page[Person], list[Row]]:
    """Those of the class and those on the list, but not herself; ticked as noted, or as she just sent it."""
    everyone = Q(pk__in=one.cohort.members.values("person")) | Q(pk__in=one.list.values("person"))
    people = Person.objects.filter(everyone).exclude(pk=trainer.pk).select_related("village").order_by("name", "pk")
    page = Paginator(people, PAGE).get_page(request.GET.get("hal"))
    noted = {row.person_id: row for row in one.list.filter(person__in=[person.pk for person in page])}
    if "shown" in request.POST:
        ticked = set(request.POST.getlist("present"))
    else:
        ticked = {str(row.person_id) for row in noted.values() if row.is_present}
    return page, [Row(person, noted.get(person.pk), str(person.pk) in ticked) for person in page]


def forget_topic(form: TrainingDayForm) -> None:
    """A text that seemed to carry somebody's data is not echoed."""
    if form.has_error("topic", IDENTIFIER_CODE):
        form.data = {**form.data, "topic": ""}
