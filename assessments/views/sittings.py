"""What a trainer watches: begun on her phone, or arranged for a day; and the stories her people walked."""

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessments import marks, queue, watching
from assessments.models import Sitting
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping
from lms.people.models import Person

PAGE = 20
MOST_PEOPLE = 100
FEW_PEOPLE = 30


class PersonAndTask(forms.Form):
    """Somebody of her classes, and a published task."""

    person = forms.ModelChoiceField(label=gettext_lazy("Who"), queryset=Person.objects.none())
    task = forms.TypedChoiceField(label=gettext_lazy("Task"), coerce=uuid.UUID)

    def __init__(self, data: Any = None, *, trainer: Any, query: str = "", **more: Any) -> None:
        super().__init__(data, **more)
        people = marks.learners_of(trainer, clock.today()).select_related("village")
        shown = people.filter(name__icontains=query) if query else people
        self.is_searched = bool(query) or people.count() > FEW_PEOPLE
        person: Any = self.fields["person"]
        person.queryset = people
        person.choices = [("", _("Choose one")), *((one.pk, named(one)) for one in shown[:MOST_PEOPLE])]
        task: Any = self.fields["task"]
        task.choices = [(one.key, f"{one.title} · {one.module}") for one in queue.tasks()]


def named(person: Person) -> str:
    return f"{person.name} · {person.village.name}" if person.village else person.name


class WatchForm(PersonAndTask):
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class SittingForm(PersonAndTask):
    """The day and the hour are those of the place."""

    day = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput({"type": "date", "class": "short"}, format="%Y-%m-%d")
    )
    hour = forms.TimeField(
        label=gettext_lazy("Hour"), widget=forms.TimeInput({"type": "time", "class": "short"}, format="%H:%M")
    )
    place_type = forms.ChoiceField(label=gettext_lazy("Kind of place"), choices=Sitting.Places.choices)

    def at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"]))


@scoping.for_roles("trainer")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def watch(request: HttpRequest) -> HttpResponse:
    """/penilaian/amati/: choose a person and a task, then grade while watching."""
    query = request.GET.get("q", "")
    asked = {"person": request.GET.get("orang"), "task": request.GET.get("tugas"), "submission": uuid.uuid4()}
    form = WatchForm(request.POST or None, trainer=request.user, query=query, initial=asked)
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        try:
            begun = watching.watch(
                submission_id=got["submission"],
                person=got["person"],
                task_key=got["task"],
                assessor=request.user,
                now=clock.now(),
                today=clock.today(),
            )
            return redirect("grade", begun.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "query": query}
    return render(request, "assessments/grading_watch.html", context, status=422 if form.errors else 200)


@scoping.for_roles("trainer")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sittings(request: HttpRequest) -> HttpResponse:
    """/penilaian/janji/: planned appointments, and one more."""
    is_call_off = request.method == "POST" and "cancel" in request.POST
    if is_call_off:
        return call_off(request)
    form = SittingForm(request.POST or None, trainer=request.user, query=request.GET.get("q", ""))
    if request.method == "POST" and form.is_valid() and arranged(request, form):
        return redirect("sittings")
    now = clock.now()
    page = Paginator(queue.sittings(request.user, clock.today()), PAGE).get_page(request.GET.get("hal"))
    context = {"form": form, "page": page, "rows": queue.planned(page, now), "query": request.GET.get("q", "")}
    return render(request, "assessments/grading_sittings.html", context, status=422 if form.errors else 200)


def arranged(request: HttpRequest, form: SittingForm) -> bool:
    got = form.cleaned_data
    try:
        watching.offer(
            person=got["person"],
            task_key=got["task"],
            assessor=request.user,
            at=form.at(),
            place_type=got["place_type"],
            now=clock.now(),
            today=clock.today(),
        )
    except Refused as refused:
        form.add_error("day" if refused.field == "at" else None, str(refused))
        return False
    messages.success(request, _("Arranged. She sees it on the page of the task."))
    return True


def call_off(request: HttpRequest) -> HttpResponse:
    number = request.POST["cancel"]
    sitting = scoping.get_visible_or_404(
        Sitting.objects.all(), request.user, as_role=marks.AS, pk=int(number) if number.isdecimal() else 0
    )
    try:
        watching.cancel(sitting=sitting, assessor=request.user, now=clock.now(), today=clock.today())
        messages.success(request, _("The appointment is called off. Tell her, too."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("sittings")


@scoping.for_roles("trainer")
@never_cache
@require_safe
def class_walks(request: HttpRequest) -> HttpResponse:
    """/penilaian/cerita/: who walked through which story, for the talk about it."""
    wanted = queue.Wanted.read(request.GET)
    page = Paginator(queue.walks(request.user, wanted, clock.today()), PAGE).get_page(request.GET.get("hal"))
    context = {"page": page, "wanted": wanted, "choices": queue.choices(request.user)}
    return render(request, "assessments/grading_walks.html", context)
