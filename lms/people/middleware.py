"""The staff's door: the editor is for staff with a second factor."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from lms.people import scoping

ALWAYS_OPEN = ("/akun/", "/static/", "/keluar-cepat/", "/ganti-orang/", "/sehat/", "/bantuan/")


class StaffDoorMiddleware:
    """Send staff without a second factor to set one up; keep everyone else out of the editor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ALWAYS_OPEN):
            user = request.user
            if request.path.startswith("/admin/") and user.is_authenticated and not scoping.is_staff(user):
                raise Http404
            if settings.STAFF_SECOND_FACTOR and self.must_set_up(request):
                return redirect("mfa_index")
        return self.get_response(request)

    def must_set_up(self, request: HttpRequest) -> bool:
        """Asked once a session: the answer stays in it when it is no."""
        user = request.user
        if not user.is_authenticated or request.session.get("second_factor_seen"):
            return False
        if not scoping.is_staff(user):
            return False
        if is_mfa_enabled(user):
            request.session["second_factor_seen"] = True
            return False
        return True
