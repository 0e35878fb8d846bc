"""Her state: she pauses, goes on or stops by herself; a coordinator grants, names and lets her come back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certificates import companions, discretion, moving
from certificates.forms.states import MoveForm
from certificates.models import Inquiry
from certificates.rules import inquiries
from certificates.rules.inquiries import Stage
from certificates.rules.states import Move
from certificates.views.taking import SignedIn
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping
from lms.people.models import Person

# What each move is called on its button, and what it means, said to her and said to a coordinator.
BUTTONS = {
    Move.PAUSE: gettext_lazy("Take a pause"),
    Move.RESUME: gettext_lazy("Go on"),
    Move.RETIRE: gettext_lazy("Stop with thanks"),
    Move.RETURN: gettext_lazy("Let her come back"),
    Move.GRANT: gettext_lazy("Name her a provisional companion"),
    Move.NAME_SENIOR: gettext_lazy("Name her a senior companion"),
}
MEANINGS = {
    Move.PAUSE: gettext_lazy("A pause costs nothing and needs no reason. The work and the certificate stay."),
    Move.RESUME: gettext_lazy("Everything is as it was before the pause."),
    Move.RETIRE: gettext_lazy("The name stays in the list of all who helped, without blame."),
    Move.RETURN: gettext_lazy("She goes on where she stopped."),
    Move.GRANT: gettext_lazy("She may act together with her mentor until nothing remains."),
    Move.NAME_SENIOR: gettext_lazy("She can guide others as a mentor."),
}


@scoping.for_roles("learner")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: SignedIn) -> HttpResponse:
    """/sertifikat/keadaan/: what her state is, and a pause."""
    form = MoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _moved(request, request.user, form):
        return redirect("certificates:own_state")
    return _draw(request, request.user, form, "certificates/own_state.html")


@scoping.for_roles("coordinator")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def of_person(request: SignedIn, person_id: int) -> HttpResponse:
    """/koordinasi/berkas/<id>/keadaan/: her state, its history, the moves that are open."""
    person = scoping.get_visible_or_404(Person.objects.all(), request.user, as_role="coordinator", pk=person_id)
    form = MoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _moved(request, person, form):
        return redirect("certificates:state", person_id=person.pk)
    return _draw(request, person, form, "certificates/state.html")


def _moved(request: SignedIn, person: Person, form: MoveForm) -> bool:
    to = Move(form.cleaned_data["move"])
    try:
        moving.move(person=person, to=to, actor=request.user, now=clock.now(), today=clock.today())
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Kept."))
    return True


def _draw(request: SignedIn, person: Person, form: MoveForm, template: str) -> HttpResponse:
    today, is_known = clock.today(), discretion.is_known_to(request.user, person)
    companion = discretion.as_seen(companions.of_person(person, today=today), is_known=is_known)
    mover, needed = moving.mover_of(person, request.user), moving.needed_percent(person, today=today)
    found = companions.open_moves(person, companion, mover, needed_percent=needed)
    context = {
        "person": person,
        "companion": companion,
        "state_name": discretion.name_of(companion, is_known=is_known),
        "form": form,
        "moves": [(move, BUTTONS[move], MEANINGS[move]) for move in found if move in BUTTONS],
        "inquiries": _looked_into(person) if person.pk == request.user.pk else [],
        "changes": discretion.changes_of(person, is_known=is_known)[:20],
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _looked_into(person: Person) -> list[tuple[Inquiry, list[tuple[Stage, bool]], bool]]:
    """Her own inquiries: each with its steps, and whether she may object today."""
    today = clock.today()
    rows = Inquiry.objects.visible_to(person, as_role="self")[:10]
    return [
        (
            row,
            [(stage, stage.is_late(today)) for stage in inquiries.stages(row.course)],
            inquiries.appeal_fault(row.course, today, today) is None,
        )
        for row in rows
    ]
