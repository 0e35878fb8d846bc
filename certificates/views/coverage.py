"""Coverage: for a coordinator with villages, for everybody only as counts of subdistricts."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_page, never_cache
from django.views.decorators.http import require_safe

from certificates import coverage
from certificates.views.taking import SignedIn
from lms.kit import clock
from lms.people import scoping
from lms.people.models import Region

AN_HOUR = 60 * 60
PAGE = 50


@scoping.for_roles("coordinator")
@never_cache
@require_safe
def look(request: SignedIn) -> HttpResponse:
    """/koordinasi/jangkauan/: villages with 0, 1, 2 and more, the change, who is no longer there."""
    codes = scoping.regions_of(request.user, "coordinator")
    context = {
        "look": coverage.look(codes, today=clock.today()),
        "regions": Region.objects.filter(code__in=codes),
        "now": clock.now(),
    }
    return render(request, "certificates/coverage.html", context)


@require_safe
@cache_page(AN_HOUR)
def public(request: HttpRequest) -> HttpResponse:
    """/jangkauan/: companions per subdistrict, small numbers left out."""
    page = Paginator(coverage.public(today=clock.today()), PAGE).get_page(request.GET.get("hal"))
    return render(request, "certificates/coverage_public.html", {"page": page, "few": coverage.FEW, "now": clock.now()})
