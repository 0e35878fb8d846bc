"""A mentor signs off what she saw, and notes talks of supervision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certificates import overseeing, supervising, versions
from certificates.forms.keeping import show_refusal
from certificates.forms.mentors import SignOffForm, TalkForm
from certificates.views.taking import SignedIn
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping
from lms.people.models import Person

AS = "mentor"


@scoping.for_roles("mentor")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: SignedIn, person_id: int) -> HttpResponse:
    """/pembimbing/binaan/<id>/kemampuan/: what was seen so far, and one more."""
    person = scoping.get_visible_or_404(Person.objects.all(), request.user, as_role=AS, pk=person_id)
    rules = versions.competencies_of(person.pk)
    initial = {"competency": request.GET.get("untuk", "")}
    form = SignOffForm(request.POST or None, competencies=rules, initial=initial)
    if request.method == "POST" and form.is_valid() and _signed(request, form, person):
        return redirect("certificates:sign_off", person_id=person.pk)
    context = {"person": person, "form": form, "seen": overseeing.seen_of(person)}
    return render(request, "certificates/sign_off.html", context, status=422 if form.errors else 200)


def _signed(request: SignedIn, form: SignOffForm, person: Person) -> bool:
    try:
        supervising.sign_off(
            person=person, mentor=request.user, now=clock.now(), today=clock.today(), **form.cleaned_data
        )
    except Refused as refused:
        show_refusal(form, refused)
        return False
    messages.success(request, _("Signed."))
    return True


@scoping.for_roles("mentor")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: SignedIn) -> HttpResponse:
    """/pembimbing/binaan/pertemuan/: a talk with one mentee or with several; the day and the minutes."""
    initial = {"people": request.GET.getlist("dengan")}
    form = TalkForm(request.POST or None, mentor=request.user, initial=initial)
    if request.method == "POST" and form.is_valid() and _noted(request, form):
        return redirect("certificates:mentees")
    return render(request, "certificates/talk.html", {"form": form}, status=422 if form.errors else 200)


def _noted(request: SignedIn, form: TalkForm) -> bool:
    said = form.cleaned_data
    try:
        supervising.note_talk(
            people=list(said["people"]),
            mentor=request.user,
            talk_id=said["talk"],
            held_on=said["held_on"],
            minutes=said["minutes"],
            now=clock.now(),
            today=clock.today(),
        )
    except Refused as refused:
        show_refusal(form, refused)
        return False
    messages.success(request, _("Noted."))
    return True
