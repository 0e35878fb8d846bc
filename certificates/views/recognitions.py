"""What she brings with her: the version she began under, her age, what she learned elsewhere."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from certificates import choosing, evidence, issuing, recognising
from certificates.forms.keeping import show_refusal
from certificates.forms.recognitions import AgeForm, DecisionForm, PriorForm
from certificates.models import AgeWord, PriorLearning
from certificates.views.taking import SignedIn
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping
from lms.people.models import Person

AS_COORDINATOR = "coordinator"
PAGE = 50
FOUND = 20


def person_or_404(request: SignedIn, person_id: int) -> Person:
    return scoping.get_visible_or_404(Person.objects.all(), request.user, as_role=_role(request), pk=person_id)


def _role(request: SignedIn) -> str:
    return AS_COORDINATOR if scoping.has_role(request.user, AS_COORDINATOR) else "trainer"


@scoping.for_roles("coordinator", "trainer")
@never_cache
@require_safe
def recognitions(request: SignedIn) -> HttpResponse:
    """/koordinasi/pengakuan/: what waits for a second person, and a search for whom to propose something."""
    role, query = _role(request), request.GET.get("q", "").strip()
    waiting = PriorLearning.objects.visible_to(request.user, as_role=role).waiting()
    rows = waiting.select_related("person", "proposed_by").order_by("proposed_at", "pk")
    titles = recognising.titles()
    page = Paginator(rows, PAGE).get_page(request.GET.get("hal"))
    context = {
        "page": page,
        "rows": [(titles.get(row.module_code, row.module_code), row) for row in page],
        "query": query,
        "found": scoping.find_persons(request.user, query, as_role=role)[:FOUND] if query else [],
        "is_coordinator": role == AS_COORDINATOR,
    }
    return render(request, "certificates/recognitions.html", context)


@scoping.for_roles("coordinator", "trainer")
@never_cache
@require_safe
def recognition(request: SignedIn, person_id: int) -> HttpResponse:
    """/koordinasi/berkas/<id>/pengakuan/: her version, her age, her earlier learning."""
    return _draw(request, person_or_404(request, person_id))


@scoping.for_roles("coordinator")
@never_cache
@require_POST
def choose_newest(request: SignedIn, person_id: int) -> HttpResponse:
    """/koordinasi/berkas/<id>/pengakuan/versi/: she goes on by the newest version."""
    person, form = person_or_404(request, person_id), Form(request.POST)
    return _answer(
        request, person, form, lambda: choosing.choose_newest(person=person, chooser=request.user, now=clock.now())
    )


@scoping.for_roles("coordinator")
@never_cache
@require_POST
def confirm_age(request: SignedIn, person_id: int) -> HttpResponse:
    """/koordinasi/berkas/<id>/pengakuan/umur/: she is old enough."""
    person = person_or_404(request, person_id)
    form = AgeForm(request.POST, person=person)
    return _answer(
        request,
        person,
        form,
        lambda: recognising.confirm_age(person=person, confirmer=request.user, now=clock.now(), **form.cleaned_data),
        name="age_form",
    )


@scoping.for_roles("coordinator", "trainer")
@never_cache
@require_POST
def propose(request: SignedIn, person_id: int) -> HttpResponse:
    """/koordinasi/berkas/<id>/pengakuan/modul/: she learned a module elsewhere."""
    person = person_or_404(request, person_id)
    form = PriorForm(request.POST, person=person)
    return _answer(
        request,
        person,
        form,
        lambda: recognising.propose(person=person, proposer=request.user, now=clock.now(), **form.cleaned_data),
        name="prior_form",
    )


@scoping.for_roles("coordinator", "trainer")
@never_cache
@require_POST
def decide_prior(request: SignedIn, prior_id: int) -> HttpResponse:
    """/koordinasi/pengakuan/<id>/: the second person agrees, or not."""
    rows = PriorLearning.objects.select_related("person")
    prior = scoping.get_visible_or_404(rows, request.user, as_role=_role(request), pk=prior_id)
    form = DecisionForm(request.POST)
    return _answer(
        request,
        prior.person,
        form,
        lambda: recognising.decide(
            prior=prior, decider=request.user, agrees=form.cleaned_data["verdict"] == "agree", now=clock.now()
        ),
    )


def _answer(
    request: SignedIn, person: Person, form: Form, act: Callable[[], object], *, name: str = "other_form"
) -> HttpResponse:
    if form.is_valid():
        try:
            act()
            messages.success(request, _("Kept."))
            return redirect("certificates:recognition", person_id=person.pk)
        except Refused as refused:
            show_refusal(form, refused)
    return _draw(request, person, status=422, **{name: form})


def _draw(request: SignedIn, person: Person, *, status: int = 200, **forms: Any) -> HttpResponse:
    judgement = evidence.judgement_of(person.pk, today=clock.today())
    titles = recognising.module_titles(person)
    rows = PriorLearning.objects.filter(person=person).select_related("proposed_by", "decided_by")[:50]
    context = {
        "person": person,
        "judgement": judgement,
        "is_coordinator": _role(request) == AS_COORDINATOR,
        "obstacle": _obstacle(request, person),
        "ages": AgeWord.objects.filter(person=person).select_related("confirmed_by"),
        "asked_ages": recognising.asked_ages(person),
        "priors": [(titles.get(row.module_code, row.module_code), row) for row in rows],
        "age_form": AgeForm(person=person),
        "prior_form": PriorForm(person=person),
        **forms,
    }
    return render(request, "certificates/recognition.html", context, status=status)


def _obstacle(request: SignedIn, person: Person) -> str:
    """Why she may not decide here, in a sentence; empty when she may."""
    try:
        recognising.check_recogniser(person, request.user)
        if _role(request) == AS_COORDINATOR:
            issuing.check_coordinator(person, request.user)
    except Refused as refused:
        return str(refused)
    return ""
