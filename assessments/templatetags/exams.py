"""What the editor of an exam says beside its settings."""

from typing import Any

from django import template

from assessments import blueprints
from assessments.models import ExamPage

register = template.Library()


@register.inclusion_tag("assessments/admin/exam_checklist.html")
def exam_checklist(page: ExamPage) -> dict[str, Any]:
    """How long a paper is with the bank as it is now, and what the bank cannot meet; as it was last saved."""
    return {"sentences": blueprints.points(page) if page.pk else ()}
