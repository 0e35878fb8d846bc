"""Pictures of lessons: only what Wagtail has re-encoded, never an upload as it came."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.static import serve

ONE_YEAR = 60 * 60 * 24 * 365


def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A rendition: its name holds its content, so a phone may keep it for good."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
