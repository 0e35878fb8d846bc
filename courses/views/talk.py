"""Somebody to talk to: her mentor by name. A page of its own, since lessons are drawn once for everybody."""

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kit import clock
from lms.people.models import Mentorship


@login_required
@require_safe
@never_cache
def talk(request: HttpRequest) -> HttpResponse:
    """/belajar/bicara/"""
    mine = Mentorship.objects.on(clock.today()).filter(learner=request.user)
    mentorship = mine.select_related("mentor__group", "mentor__village").first()
    context = {"mentor": mentorship.mentor if mentorship else None, "back": came_from(request)}
    return render(request, "courses/talk.html", context)


def came_from(request: HttpRequest) -> str:
    """The page of this site that she was learning on, else her desk."""
    desk = reverse("courses:desk")
    before = urlsplit(request.headers.get("Referer", ""))
    is_ours = before.netloc == request.get_host() and before.path.startswith(desk)
    return before.path if is_ours and before.path != request.path else desk
