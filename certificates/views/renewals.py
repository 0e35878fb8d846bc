"""A coordinator's renewals: who is due, renew one, refreshers of a class, how many reflected."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from certificates import attendees, reflecting, refreshing, renewals, renewing, summaries
from certificates.forms.keeping import forget_unsafe, show_refusal
from certificates.forms.renewals import DiscussForm, RefresherForm
from certificates.rules.renewal import Stage
from certificates.views.taking import SignedIn
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping
from lms.people.models import Person

AS = "coordinator"
PER_PAGE = 20
STAGES = {
    Stage.DAYS_30: gettext_lazy("Within 30 days"),
    Stage.DAYS_60: gettext_lazy("Within 60 days"),
    Stage.DAYS_90: gettext_lazy("Within 90 days"),
    Stage.GRACE: gettext_lazy("In grace"),
    Stage.LAPSED: gettext_lazy("Lapsed"),
}


@scoping.for_roles("coordinator")
@never_cache
@require_safe
def due(request: SignedIn) -> HttpResponse:
    """/koordinasi/perpanjangan/: what ends within 90 days, in grace, lapsed."""
    today = clock.today()
    everyone = renewals.due_for(request.user, today=today)
    chosen = request.GET.get("tahap", "")
    rows = [row for row in everyone if row.stage == chosen] if chosen in STAGES else everyone
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    current = renewals.of([row.certificate.person_id for row in page], today=today)
    context = {
        "page": page,
        "rows": [(row, STAGES[row.stage], current[row.certificate.person_id].renewal) for row in page],
        "stages": [(stage, STAGES[stage], number) for stage, number in renewals.counts(everyone).items()],
        "chosen": chosen if chosen in STAGES else "",
        "total": len(everyone),
        "year": today.year,
        "kept": f"tahap={chosen}" if chosen in STAGES else "",
    }
    return render(request, "certificates/renewals.html", context)


@scoping.for_roles("coordinator")
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: SignedIn, person_id: int) -> HttpResponse:
    """/koordinasi/berkas/<id>/perpanjang/: what remains; ask once more, then renew."""
    person = scoping.get_visible_or_404(Person.objects.all(), request.user, as_role=AS, pk=person_id)
    problem, today = "", clock.today()
    if request.method == "POST":
        try:
            renewing.renew(person=person, certifier=request.user, now=clock.now(), today=today)
            messages.success(request, _("The certificate of %(name)s is renewed.") % {"name": person.address})
            return redirect("certificates:dossier", person_id=person.pk)
        except Refused as refused:
            problem = str(refused)
    context = {"person": person, "problem": problem, **keeping(person, request.user)}
    return render(request, "certificates/renew.html", context, status=422 if problem else 200)


def keeping(person: Person, viewer: Person) -> dict[str, Any]:
    """What keeps her certificate valid, and whether the viewer may renew it now; nothing when she holds none."""
    current = renewals.of_person(person, today=clock.today())
    if current is None:
        return {}
    return {
        "current": current,
        "lines": renewals.lines_of(current, today=clock.today()),
        "renewal_obstacle": renewing.obstacle(current, viewer),
        "next_period": renewals.next_period(current, today=clock.today()),
    }


@scoping.for_roles("coordinator", "trainer")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refreshers(request: SignedIn) -> HttpResponse:
    """/koordinasi/penyegaran/: a refresher of a class; the day, the length, the topic and who took part."""
    query, cohort = request.GET.get("q", "").strip(), request.GET.get("kelas", "")
    found = attendees.shown(request.user, query=query, cohort=cohort, ticked=request.POST.getlist("people"))
    form = RefresherForm(request.POST or None, people=found.people)
    if request.method == "POST" and form.is_valid() and _noted(request, form):
        return redirect("certificates:refreshers")
    forget_unsafe(form)
    context = {"form": form, "found": found, "query": query, "cohort": cohort}
    return render(request, "certificates/refreshers.html", context, status=422 if form.errors else 200)


def _noted(request: SignedIn, form: RefresherForm) -> bool:
    said = dict(form.cleaned_data)
    people, refresher_id = list(said.pop("people")), said.pop("refresher")
    try:
        refreshing.note_refresher(
            people=people, noter=request.user, refresher_id=refresher_id, now=clock.now(), today=clock.today(), **said
        )
    except Refused as refused:
        show_refusal(form, refused)
        return False
    messages.success(request, _("Noted for %(count)s people.") % {"count": len(people)})
    return True


@scoping.for_roles("coordinator")
@never_cache
@require_safe
def reflections(request: SignedIn) -> HttpResponse:
    """/koordinasi/refleksi/: who wrote this year, and counts of five answers or more; never a text."""
    today = clock.today()
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today.year
    context = {"summary": summaries.of_region(request.user, year=year, today=today), "last_year": year - 1}
    return render(request, "certificates/reflections.html", context)


@scoping.for_roles("mentor")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def discuss(request: SignedIn, person_id: int) -> HttpResponse:
    """/pembimbing/binaan/<id>/refleksi/: which years she wrote about, and on which day they talked."""
    person = scoping.get_visible_or_404(Person.objects.all(), request.user, as_role="mentor", pk=person_id)
    written = summaries.written_by(person)
    open_years = [row.year for row in written if row.discussed_on is None]
    form = DiscussForm(request.POST or None, years=open_years)
    if request.method == "POST" and form.is_valid() and _discussed(request, form, person):
        return redirect("certificates:discuss", person_id=person.pk)
    context = {"person": person, "written": written, "form": form if open_years else None}
    return render(request, "certificates/discuss.html", context, status=422 if form.errors else 200)


def _discussed(request: SignedIn, form: DiscussForm, person: Person) -> bool:
    try:
        reflecting.discuss(
            person=person, mentor=request.user, now=clock.now(), today=clock.today(), **form.cleaned_data
        )
    except Refused as refused:
        show_refusal(form, refused)
        return False
    messages.success(request, _("Noted."))
    return True
