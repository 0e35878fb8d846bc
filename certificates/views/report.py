"""The yearly report: the figures on a page, with their rows as a file, or printed."""

from datetime import date
from functools import partial

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certificates import exporting, register, reporting
from certificates.paper.report import report_pdf
from certificates.views.alumni_file import as_answer
from certificates.views.taking import SignedIn
from lms.kit import clock
from lms.people import scoping

KINDS = ("csv", "xlsx", "pdf")


@scoping.for_roles("coordinator")
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: SignedIn) -> HttpResponse:
    """/koordinasi/tahunan/: one year of her regions; a file holds definitions and rows, the PDF no rows."""
    today = clock.today()
    years = register.years(request.user, today=today) or [today.year]
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked in {str(one) for one in years} else years[0]
    found = reporting.yearly(request.user, year, today=today)
    if request.method == "POST":
        return _taken_out(request, found, today)
    context = {"report": found, "tables": reporting.tables(found), "years": years}
    return render(request, "certificates/report.html", context)


def _taken_out(request: SignedIn, found: reporting.Report, today: date) -> HttpResponse:
    kind = request.POST.get("kind", "")
    made = exporting.hand_out(
        sheets=reporting.sheets(found),
        printed=partial(report_pdf, reporting.on_paper(found, today=today)),
        name=f"lopo-{found.year}",
        kind=kind if kind in KINDS else KINDS[0],
        actor=request.user,
        verb="certificates.report_taken_out",
        now=clock.now(),
        detail={"year": found.year},
    )
    return as_answer(made)
