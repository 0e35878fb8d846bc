from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import enrolling, outline
from courses.forms import EnrolForm
from courses.models import Enrolment
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping
from lms.people.models import Person


@scoping.for_roles("coordinator")
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, person_id: int) -> HttpResponse:
    """A coordinator lets someone of her region begin a course."""
    person = scoping.get_visible_or_404(Person.objects.all(), request.user, as_role="coordinator", pk=person_id)
    plans = outline.course_plans()
    form = EnrolForm(request.POST or None, courses=plans)
    problem = ""
    if request.method == "POST" and form.is_valid():
        problem = _enrol(request, person, form.cleaned_data["course"])
        if not problem:
            messages.success(request, _("%(name)s can begin now.") % {"name": person.address})
            return redirect("courses:enrol", person.pk)
    taken = set(Enrolment.objects.filter(person=person).values_list("course_key", flat=True))
    context = {"person": person, "problem": problem, "courses": [(plan, plan.key in taken) for plan in plans]}
    return render(request, "courses/enrol.html", context, status=422 if problem or form.errors else 200)


def _enrol(request: HttpRequest, person: Person, course_key: UUID) -> str:
    """Enrol her; returns the sentence of a refusal, or nothing."""
    try:
        enrolling.enrol(person=person, course_key=course_key, by=request.user, now=clock.now(), today=clock.today())
    except Refused as refused:
        return str(refused.sentence)
    return ""
