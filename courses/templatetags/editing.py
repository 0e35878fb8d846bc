"""Tags of the editor's own templates."""

from typing import Any

from django import template
from wagtail.models import Page

from courses import reviewing
from lms.kit import clock

register = template.Library()


@register.inclusion_tag("courses/admin/checklist.html")
def checklist(page: Page) -> dict[str, Any]:
    """What the page still lacks, as it was last saved."""
    review = reviewing.review(page, clock.today()) if page.pk else None
    return {"review": review, "page": page, "parent": page.get_parent() if review else None}
