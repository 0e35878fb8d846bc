"""Two people, one phone: one leaves, the next comes in."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.kit.middleware import CLEARING
from lms.people import remembering
from lms.people.forms import ForgetForm


@never_cache
def change_person(request: HttpRequest) -> HttpResponse:
    """/ganti-orang/: ends the session as signing out does, and asks who comes next. A plain link: one tap.

    It leads over a page of its own: only once that stands does the phone forget the page she was on, for a page goes
    into the back/forward cache after the headers of the next one were read.
    """
    logout(request)
    response = redirect("account_login") if "2" in request.GET else render(request, "account/changing.html")
    # What was to be said to the first is not for the second.
    response.delete_cookie("messages", samesite=settings.SESSION_COOKIE_SAMESITE)
    response["Clear-Site-Data"] = CLEARING
    return response


@require_POST
def forget_name(request: HttpRequest) -> HttpResponse:
    """/akun/nama/: takes a name off this phone."""
    response = redirect("account_login")
    form = ForgetForm(request.POST)
    if form.is_valid():
        remembering.forget(request, response, form.cleaned_data["number"])
    return response
