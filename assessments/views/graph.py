"""What the editor shows of a branching story: its drawing, what it lacks, and the same as a list."""

from dataclasses import dataclass
from typing import Any

from assessments.models import ScenarioPage
from assessments.rules import graph, lacking
from assessments.rules.graph import Drawing, Node
from assessments.rules.walking import Fault


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
        "drawing": drawing,
        "nodes": [ShownNode(node, texts.get(node.code, ""), node.code in faulty) for node in drawing.nodes],
        "faults": faults,
        "scenes": [
            ShownScene(one.code, tuple(dict.fromkeys(filter(None, one.ways))), one.ending, one.back) for one in scenes
        ],
    }
