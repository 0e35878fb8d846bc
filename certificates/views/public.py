"""Anyone checks a certificate: by the printed code or by the statement of the QR code. No account, no script."""

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates import verifying
from certificates.forms.desks import CodeForm
from certificates.verifying import Verdict
from lms.kit import clock, codes
from lms.kit.middleware import HEADERS

LONGEST_CODE = 40
MISSES = 30
WINDOW_SECONDS = 600


# Only the page that scans may ask for the camera.
WITH_CAMERA = HEADERS["Permissions-Policy"].replace("camera=()", "camera=(self)")


def in_asked_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`?bahasa=en`: who checks may read English without leaving a cookie."""

    @wraps(view)
    def answer(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        if (asked := request.GET.get("bahasa", "")) in dict(settings.LANGUAGES):
            translation.activate(asked)
            request.LANGUAGE_CODE = asked
        return view(request, *args, **kwargs)

    return answer


@require_safe
@never_cache
@in_asked_language
def verify(request: HttpRequest) -> HttpResponse:
    """/v/: type a code, or scan. A well-written code leads to its own page."""
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_bound and form.is_valid():
        code = codes.normalise(form.cleaned_data["kode"])
        if code is None:
            return _answer(request, Verdict("unknown"))
        asked = request.GET.get("bahasa", "")
        address = reverse("certificates:verdict", kwargs={"text": codes.pretty(code)})
        return redirect(f"{address}?bahasa={asked}" if asked in dict(settings.LANGUAGES) else address)
    context = {"form": form, "standard_titles": verifying.titles(), **_languages(request)}
    response = render(request, "certificates/verify.html", context, status=422 if form.is_bound else 200)
    response["Permissions-Policy"] = WITH_CAMERA
    return response


@require_safe
@never_cache
@in_asked_language
def verdict(request: HttpRequest, text: str) -> HttpResponse:
    """/v/<code>/ and /V/<TOKEN>: the same page for everybody, in whatever case it is written."""
    if has_guessed_too_often(request):
        response = render(request, "certificates/too_often.html", status=429)
        response["Retry-After"] = str(WINDOW_SECONDS)
        return response
    today = clock.today()
    is_code = len(text) <= LONGEST_CODE
    return _answer(
        request, verifying.check_code(text, today=today) if is_code else verifying.check_token(text, today=today)
    )


def _answer(request: HttpRequest, found: Verdict) -> HttpResponse:
    if not found.is_ours:
        count_miss(request)
    context = {"verdict": found, "form": CodeForm(), "now": clock.now(), **_languages(request)}
    return render(request, "certificates/verdict.html", context)


def _languages(request: HttpRequest) -> dict[str, object]:
    """The link to the other language, and the one that was asked for, to keep it."""
    asked = request.GET.get("bahasa", "")
    here = translation.get_language()
    return {
        "other_language": next(one for one in settings.LANGUAGES if one[0] != here),
        "asked_language": asked if asked in dict(settings.LANGUAGES) else "",
    }


def _counter(request: HttpRequest) -> str:
    """Misses of one address, forgotten after ten quiet minutes; who checks real certificates is never slowed."""
    return f"verify-misses:{get_adapter(request).get_client_ip(request)}"


def has_guessed_too_often(request: HttpRequest) -> bool:
    return cache.get(_counter(request), 0) >= MISSES


def count_miss(request: HttpRequest) -> None:
    key = _counter(request)
    cache.set(key, cache.get(key, 0) + 1, WINDOW_SECONDS)
