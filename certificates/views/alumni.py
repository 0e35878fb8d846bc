"""The alumni register: look, take out as a file, certificates of paper days; her own word on calls."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certificates import consenting, exporting, register
from certificates.forms.alumni import CallForm, FilterForm, NameForm, PaperForm, VerdictForm
from certificates.forms.keeping import forget_unsafe, show_refusal
from certificates.models import CallConsent, PaperCertificate, PublicName
from certificates.views import alumni_file
from certificates.views.coordinator import person_or_404
from certificates.views.taking import SignedIn
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping

PAGE = 50
AS = register.AS


@scoping.for_roles("coordinator")
@never_cache
@require_safe
def alumni(request: SignedIn) -> HttpResponse:
    """/koordinasi/alumni/: everyone who finished a training or holds or held a certificate."""
    today = clock.today()
    form = FilterForm(request.GET, viewer=request.user)
    page = Paginator(register.alumni(request.user, form.wanted(), today=today), PAGE).get_page(request.GET.get("hal"))
    kept = request.GET.copy()
    kept.pop("hal", None)
    papers = PaperCertificate.objects.visible_to(request.user, as_role=AS).waiting()
    context = {
        "form": form,
        "page": page,
        "rows": register.rows_of(request.user, page, today=today),
        "kept": kept.urlencode(),
        "is_narrowed": any(kept.values()),
        "papers": papers.count(),
        "today": today,
    }
    return render(request, "certificates/alumni.html", context)


@scoping.for_roles("coordinator")
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: SignedIn) -> HttpResponse:
    """/koordinasi/alumni/unduh/: the same list as a file; the trail says who took it."""
    today = clock.today()
    found = register.alumni(request.user, FilterForm(request.GET, viewer=request.user).wanted(), today=today)
    if request.method == "POST":
        made = exporting.hand_out(
            sheets=[alumni_file.sheet(register.every_row(request.user, found, today=today))],
            name=f"lopo-alumni-{today:%Y-%m-%d}",
            kind="xlsx" if request.POST.get("kind") == "xlsx" else "csv",
            actor=request.user,
            verb="certificates.register_taken_out",
            now=clock.now(),
            detail={},
        )
        return alumni_file.as_answer(made)
    return render(request, "certificates/alumni_file.html", {"total": found.count(), "kept": request.GET.urlencode()})


@scoping.for_roles("coordinator")
@never_cache
@require_safe
def papers(request: SignedIn) -> HttpResponse:
    """/koordinasi/alumni/kertas/: certificates of paper days that wait for a second person, and those agreed."""
    seen = PaperCertificate.objects.visible_to(request.user, as_role=AS).select_related("person", "proposed_by")
    page = Paginator(seen.order_by("-state", "-proposed_at", "-pk"), PAGE).get_page(request.GET.get("hal"))
    return render(request, "certificates/papers.html", {"page": page})


@scoping.for_roles("coordinator")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_of(request: SignedIn, person_id: int) -> HttpResponse:
    """/koordinasi/berkas/<id>/kertas/: enter a certificate of paper days."""
    person = person_or_404(request, person_id)
    form = PaperForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            consenting.propose_paper(
                person=person, proposer=request.user, now=clock.now(), today=clock.today(), **form.cleaned_data
            )
            messages.success(request, _("Kept. A second person agrees before it counts."))
            return redirect("certificates:papers")
        except Refused as refused:
            show_refusal(form, refused)
    forget_unsafe(form)
    context = {"form": form, "person": person}
    return render(request, "certificates/paper_of.html", context, status=422 if form.errors else 200)


@scoping.for_roles("coordinator")
@never_cache
@require_POST
def judge_paper(request: SignedIn, paper_id: int) -> HttpResponse:
    """/koordinasi/alumni/kertas/<id>/: the second person's word."""
    rows = PaperCertificate.objects.select_related("person")
    paper = scoping.get_visible_or_404(rows, request.user, as_role=AS, pk=paper_id)
    form = VerdictForm(request.POST)
    if form.is_valid():
        agrees = form.cleaned_data["agrees"] == "ya"
        try:
            consenting.judge_paper(paper=paper, judge=request.user, agrees=agrees, now=clock.now())
            messages.success(request, _("Kept."))
        except Refused as refused:
            messages.error(request, str(refused))
    return redirect("certificates:papers")


@scoping.for_roles("learner")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_calls(request: SignedIn) -> HttpResponse:
    """/sertifikat/dipanggil/: what she may be called for; she changes or takes it back whenever she likes."""
    held = CallConsent.objects.visible_to(request.user, as_role="self").given().first()
    form = CallForm(request.POST if request.method == "POST" else None, initial={"kinds": held.kinds if held else []})
    if request.method == "POST" and form.is_valid():
        consenting.consent(person=request.user, kinds=form.cleaned_data["kinds"], now=clock.now())
        messages.success(request, _("Kept. You can change this at any time."))
        return redirect("certificates:own_calls")
    return render(request, "certificates/own_calls.html", {"form": form, "held": held})


@scoping.for_roles("learner")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_name(request: SignedIn) -> HttpResponse:
    """/sertifikat/nama/: whether a stranger who types her code reads her whole name or initials."""
    held = PublicName.objects.visible_to(request.user, as_role="self").first()
    data = request.POST if request.method == "POST" else None
    form = NameForm(data, name=request.user.name, initial={"show": "utuh" if held and held.is_whole else "inisial"})
    if request.method == "POST" and form.is_valid():
        consenting.show_name(person=request.user, is_whole=form.cleaned_data["show"] == "utuh", now=clock.now())
        messages.success(request, _("Kept. You can change this at any time."))
        return redirect("certificates:own_name")
    return render(request, "certificates/own_name.html", {"form": form}, status=422 if form.errors else 200)
