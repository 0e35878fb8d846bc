"""The yearly report: the figures on a page, everything as a file."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certificates import exporting, register, reporting
from certificates.views.alumni_file import as_answer
from certificates.views.taking import SignedIn
from lms.kit import clock
from lms.people import scoping


@scoping.for_roles("coordinator")
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: SignedIn) -> HttpResponse:
    """/koordinasi/tahunan/: one year of her regions; the file holds definitions and rows."""
    today = clock.today()
    years = register.years(request.user, today=today) or [today.year]
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked in {str(one) for one in years} else years[0]
    found = reporting.yearly(request.user, year, today=today)
    if request.method == "POST":
        made = exporting.hand_out(
            sheets=reporting.sheets(found),
            name=f"lopo-{year}",
            kind="xlsx" if request.POST.get("kind") == "xlsx" else "csv",
            actor=request.user,
            verb="certificates.report_taken_out",
            now=clock.now(),
            detail={"year": year},
        )
        return as_answer(made)
    return render(request, "certificates/report.html", {"report": found, "years": years})
