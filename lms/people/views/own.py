"""The way in and what is hers: her desk, her name, her language."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lms.people import scoping

YEAR = 60 * 60 * 24 * 365
# Whoever holds several roles starts at the first of them.
DESKS = {
    "learner": "/belajar/",
    "coordinator": "/koordinasi/",
    "mentor": "/pembimbing/",
    "trainer": "/admin/",
    "owner": "/admin/",
}


def front(request: HttpRequest) -> HttpResponse:
    """A visitor reads what this is; whoever is signed in goes to her first desk."""
    if request.user.is_authenticated:
        return redirect(next((desk for kind, desk in DESKS.items() if scoping.has_role(request.user, kind)), "/saya/"))
    return render(request, "home/front.html")


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Her page. A sent language is kept in a cookie of this phone."""
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response = redirect("me")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
        return response
    context = {"languages": settings.LANGUAGES, "is_staff": scoping.is_staff(request.user)}
    return render(request, "home/me.html", context)
