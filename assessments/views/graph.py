"""What the editor shows of a branching story: its drawing, what it lacks, and the same as a list."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe
from wagtail import hooks

from assessments.models import ScenarioPage
from assessments.rules import graph, lacking
from assessments.rules.graph import Drawing, Node
from assessments.rules.walking import Fault

# Wider than the form beside the side panel: the drawing is made to fit, and has a page of its own.
WIDEST = 600


@dataclass(frozen=True, slots=True)
class ShownNode:
    """A scene with the start of its text; `is_faulty`: something about it is to be mended."""

    node: Node
    text: str
    is_faulty: bool


@dataclass(frozen=True, slots=True)
class ShownScene:
    """A line of the list: the scene, where it leads, how it ends."""

    code: str
    ways: tuple[str, ...]
    ending: str
    back: str


def shown(page: ScenarioPage) -> dict[str, Any]:
    """The story as it was typed last."""
    drafts = lacking.named(page.drafts)
    scenes = [draft.scene for draft in drafts]
    drawing: Drawing = graph.draw(scenes, page.start)
    faults: list[Fault] = lacking.lacks(page.drafts, page.start) if drafts else []
    faulty = {fault.scene for fault in faults}
    texts = {draft.scene.code: graph.cut(draft.text, graph.LONGEST_TEXT) for draft in reversed(drafts)}
    return {
        "page": page,
        "drawing": drawing,
        "is_wide": drawing.width > WIDEST,
        "nodes": [ShownNode(node, texts.get(node.code, ""), node.code in faulty) for node in drawing.nodes],
        "faults": faults,
        "scenes": [
            ShownScene(one.code, tuple(dict.fromkeys(filter(None, one.ways))), one.ending, one.back) for one in scenes
        ],
    }


@require_safe
def story_drawing(request: HttpRequest, page_id: int) -> HttpResponse:
    """/admin/cerita/<number>/gambar/: the drawing of a large story in full size; for who may change the story."""
    page = ScenarioPage.objects.filter(pk=page_id).first()
    if page is None or not page.permissions_for_user(request.user).can_edit():
        raise Http404
    return render(request, "assessments/admin/graph_page.html", shown(page.get_latest_revision_as_object()))


@hooks.register("register_admin_urls")
def drawing_urls() -> list[Any]:
    return [path("cerita/<int:page_id>/gambar/", story_drawing, name="story_drawing")]
