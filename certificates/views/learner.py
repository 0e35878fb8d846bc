"""What a learner does here: hours, reflection, code of ethics, certificate."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from certificates import evidence, months, printing, renewals
from certificates.forms.entries import HoursForm, PledgeForm, ReflectionForm
from certificates.models import Certificate, Decision, HoursEntry, Paper, Placement, Pledge, PledgeText, Reflection
from certificates.views.taking import SignedIn, taken
from lms.kit import clock, qr
from lms.people import scoping

OWN = "self"


@scoping.for_roles("learner")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: SignedIn) -> HttpResponse:
    """/magang/: log hours, bars for each activity, the entries of a month."""
    placement = Placement.objects.filter(learner=request.user).select_related("mentor").latest_first().first()
    if placement is None:
        return render(request, "certificates/no_placement.html")
    form = HoursForm(request.POST or None, person=request.user, initial=_to_mend(request) or _as_last_time(request))
    if request.method == "POST" and taken(form):
        messages.success(request, _("Sent. %(mentor)s looks at it.") % {"mentor": placement.mentor.address})
        return redirect("certificates:hours")
    today, titles = clock.today(), evidence.activity_titles()
    context: dict[str, Any] = {
        "form": form,
        "placement": placement,
        "as_last_time": "activity" in form.initial and "mends" not in form.initial,
        "standing": evidence.standing_of(request.user.pk, today=today).requirement("hours"),
        "to_mend": months.to_mend(request.user, titles=titles),
        "month": months.month_of(request.user, request.GET.get("bulan", ""), titles=titles, today=today),
    }
    return render(request, "certificates/hours.html", context, status=422 if form.errors else 200)


def _to_mend(request: SignedIn) -> dict[str, Any]:
    """What a returned entry said, so that she changes only what was wrong."""
    wanted = months.uuid_or_none(request.GET.get("perbaiki", ""))
    if request.method == "POST" or wanted is None:
        return {}
    entry = scoping.get_visible_or_404(HoursEntry.objects.to_mend(), request.user, as_role=OWN, pk=wanted)
    names = ("day", "starts_at", "activity", "minutes", "role", "note", "simulated")
    said = {name: getattr(entry, name) for name in names}
    return {**said, "mends": entry.pk}


def _as_last_time(request: SignedIn) -> dict[str, Any]:
    """What mostly stays the same, so that an entry takes few taps."""
    return months.last_said(request.user, today=clock.today())


@scoping.for_roles("learner")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reflection(request: SignedIn) -> HttpResponse:
    """/refleksi/: the twelve questions of this year; only she reads the answers."""
    year = _year_asked(request)
    written = Reflection.objects.visible_to(request.user).filter(year=year).first()
    form = ReflectionForm(request.POST or None, person=request.user, initial={**_answers(written), "year": year})
    if request.method == "POST" and taken(form):
        messages.success(request, _("Your reflection is kept."))
        return redirect("certificates:certificate")
    context = {"form": form, "written": written, "year": year}
    return render(request, "certificates/reflection.html", context, status=422 if form.errors else 200)


def _year_asked(request: SignedIn) -> int:
    """This year, or the past one that she asked for and may still write about."""
    today, asked = clock.today(), request.GET.get("tahun", "")
    years = renewals.years_to_write(request.user, today=today) if asked else ()
    return next((year for year in years if str(year) == asked), today.year)


def _answers(written: Reflection | None) -> dict[str, Any]:
    if written is None:
        return {}
    answers = {f"answer_{number}": text for number, text in written.answers.items()}
    return {**answers, "willing": written.willing}


@scoping.for_roles("learner")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pledge(request: SignedIn, kind: str = PledgeText.Kind.ETHICS) -> HttpResponse:
    """/sertifikat/kode-etik/, /sertifikat/janji/: read the points, sign."""
    text = PledgeText.objects.current(kind)
    cycle = renewals.signing_cycle(request.user, today=clock.today())
    signed = Pledge.objects.filter(person=request.user, text=text, cycle=cycle).first() if text else None
    form = PledgeForm(request.POST or None, person=request.user, text=text)
    if request.method == "POST" and taken(form):
        messages.success(request, _("Signed. Thank you."))
        return redirect("certificates:certificate")
    context = {"form": form, "text": text, "signed": signed}
    return render(request, "certificates/pledge.html", context, status=422 if form.errors else 200)


@scoping.for_roles("learner")
@never_cache
@require_safe
def certificate(request: SignedIn) -> HttpResponse:
    """/sertifikat/: what remains, and afterwards the certificate."""
    today = clock.today()
    periods = renewals.certificates_of(request.user, today=today)
    if not periods:
        return _remains(request, today)
    held, current = periods[0], renewals.of_person(request.user, today=today)
    context = {
        "certificate": held,
        "state": held.public_state_on(today),
        "qr": qr.encode(printing.address_of(held)),
        **_papers(held),
        "periods": [(one, one.public_state_on(today)) for one in periods[1:]],
        "current": current,
        "lines": renewals.lines_of(current, today=today) if current else [],
    }
    return render(request, "certificates/certificate.html", context)


def _papers(held: Certificate) -> dict[str, Any]:
    papers = sorted(held.papers.all(), key=lambda paper: Paper.Kind.values.index(paper.kind))
    states = {one.state for one in papers}
    return {
        "papers": papers,
        "is_making": Paper.State.WAITING in states,
        "has_failed": Paper.State.FAILED in states,
    }


def _remains(request: SignedIn, today: date) -> HttpResponse:
    declined = Decision.objects.filter(person=request.user, kind=Decision.Kind.DECLINED).first()
    judgement = evidence.judgement_of(request.user.pk, today=today)
    context = {"judgement": judgement, "standing": judgement.standing, "declined": declined}
    return render(request, "certificates/remains.html", context)


@login_required
@require_safe
@never_cache
def paper(request: SignedIn, code: str, kind: str) -> HttpResponse | FileResponse:
    """/sertifikat/<code>.pdf: to its holder and to who may see her; a revoked one is not handed out."""
    found = scoping.get_visible_or_404(
        Paper.objects.filter(certificate__revoked_at=None, state=Paper.State.READY).select_related("certificate"),
        request.user,
        certificate__code=code,
        kind=kind,
    )
    path = printing.path_of(found)
    if not path.is_file():
        printing.make_again(paper=found, now=clock.now())
        return redirect("certificates:certificate")
    response = FileResponse(path.open("rb"), as_attachment=True, filename=found.file_name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
