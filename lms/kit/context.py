"""What every template may name."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "outer_title": settings.OUTER_TITLE,
        "organisation": settings.ORGANISATION_NAME,
        "neutral_url": settings.NEUTRAL_URL,
        "is_demo": settings.DEMO,
    }
