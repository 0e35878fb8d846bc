"""Headers of every answer, and the language somebody chose."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

# Two policies by path. The editor writes styles into its pages and starts its date choosers by inline scripts.
POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
EDITOR_POLICY = {
    **POLICY,
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
}
EDITOR = "/admin/"
HEADERS = {
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
FOR_SEARCH_ENGINES = frozenset({"/", "/bantuan/"})
CLEARING = '"cache"'  # never "storage": work that waits to be sent lives there

Answer = Callable[[HttpRequest], HttpResponse]


def written(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


class SafeHeadersMiddleware:
    """Content security, privacy, and no stale page of somebody else: views may set a header of their own first."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.policy, self.editor_policy = written(POLICY), written(EDITOR_POLICY)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            return response  # the phone keeps the headers of the page it has; 0.5 kB is the budget
        is_editor = request.path.startswith(EDITOR)
        response.setdefault("Content-Security-Policy", self.editor_policy if is_editor else self.policy)
        if is_editor:
            # With no-referrer a browser says "Origin: null" of its forms, and they are refused.
            response.setdefault("Referrer-Policy", "same-origin")
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        if request.path not in FOR_SEARCH_ENGINES:
            response.setdefault("X-Robots-Tag", "noindex")
        if response.get("Content-Type", "").startswith("text/html"):
            is_hers = settings.SESSION_COOKIE_NAME in request.COOKIES
            response.setdefault("Cache-Control", "private, no-store" if is_hers else "private, no-cache")
        if _ends_a_session(response):
            # Without this, Back shows the last person's page to the next (promises.md, finding 2).
            response.setdefault("Clear-Site-Data", CLEARING)
        return response


def _ends_a_session(response: HttpResponse) -> bool:
    cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie is not None and not cookie.value


class ChosenLanguageMiddleware(MiddlewareMixin):
    """Indonesian, unless she chose another language here: a cheap phone often says English by accident."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.setdefault("Content-Language", translation.get_language())
        return response
