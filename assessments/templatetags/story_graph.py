"""The tag of the editor's own templates for branching stories."""

from typing import Any

from django import template
from wagtail.models import Page

from assessments.models import ScenarioPage
from assessments.views.graph import shown

register = template.Library()


@register.inclusion_tag("assessments/admin/graph.html")
def story_graph(page: Page, as_update: bool = False) -> dict[str, Any]:
    """Nothing for a page of another kind. `as_update`: it takes the place of the drawing that is on the screen."""
    return {**shown(page), "as_update": as_update} if isinstance(page, ScenarioPage) else {}
