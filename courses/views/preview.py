"""The editor's live preview: the page as she will see it, and below it what it still lacks."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from wagtail.models import Page

from courses import reviewing
from lms.kit import clock

END = "</body>"


def with_checks(request: HttpRequest, page: Page, drawn: HttpResponse) -> HttpResponse:
    """Only in the panel beside the form, where Wagtail's checks read it; a preview in a tab of its own stays bare."""
    review = reviewing.review(page, clock.today()) if getattr(request, "in_preview_panel", False) else None
    if review is not None and drawn.status_code == 200 and not drawn.streaming:
        checks = render_to_string("courses/admin/preview_checks.html", {"review": review, "page": page}, request)
        drawn.content = drawn.content.decode().replace(END, checks + END, 1)
    return drawn
