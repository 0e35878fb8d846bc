"""The way in and what is hers: her desk, her name, her language."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import scoping, telling
from lms.people.forms import ProfileForm
from lms.people.models import Person, Profile

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


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """/saya/tentang/: what she tells of herself, if she likes."""
    person = cast(Person, request.user)
    held = Profile.objects.filter(person=person).values("birth_year", "disability", "languages").first()
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=held or {})
    if request.method == "POST" and form.is_valid():
        try:
            telling.tell(person=person, now=clock.now(), today=clock.today(), **form.cleaned_data)
            messages.success(request, _("Kept. You can change this at any time."))
            return redirect("profile")
        except Refused as refused:
            form.add_error(refused.field, str(refused))
    return render(request, "home/profile.html", {"form": form, "held": held}, status=422 if form.errors else 200)
