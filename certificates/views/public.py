"""Anyone checks a certificate: by the printed code or by the statement of the QR code. No account, no script."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from certificates import verifying
from certificates.forms.desks import CodeForm
from certificates.verifying import Verdict
from lms.kit import clock, codes, signing

LONGEST_CODE = 40
MISSES = 30
WINDOW_SECONDS = 600


@require_safe
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """/v/: type a code. A well-written one leads to its own page."""
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if not form.is_bound:
        return render(request, "certificates/verify.html", {"form": form})
    if not form.is_valid():
        return render(request, "certificates/verify.html", {"form": form}, status=422)
    code = codes.normalise(form.cleaned_data["kode"])
    if code is not None:
        return redirect("certificates:verdict", text=codes.pretty(code))
    return _answer(request, Verdict("unknown"))


@require_safe
@never_cache
def verdict(request: HttpRequest, text: str) -> HttpResponse:
    """/v/<code>/ and /V/<TOKEN>: the same page for everybody, in whatever case it is written."""
    if _has_guessed_too_often(request):
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
        _count_miss(request)
    context = {"verdict": found, "form": CodeForm(), "now": clock.now()}
    return render(request, "certificates/verdict.html", context)


@require_safe
@cache_control(public=True, max_age=300)
def keys(request: HttpRequest) -> JsonResponse:
    """/.well-known/jwks.json: the public keys, active and retired."""
    return JsonResponse(signing.jwks())


def _counter(request: HttpRequest) -> str:
    """Misses of one address, forgotten after ten quiet minutes; who checks real certificates is never slowed."""
    return f"verify-misses:{get_adapter(request).get_client_ip(request)}"


def _has_guessed_too_often(request: HttpRequest) -> bool:
    return cache.get(_counter(request), 0) >= MISSES


def _count_miss(request: HttpRequest) -> None:
    key = _counter(request)
    cache.set(key, cache.get(key, 0) + 1, WINDOW_SECONDS)
