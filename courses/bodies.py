"""The drawn content of a lesson: rendered once per edition and language, kept by each process."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from courses.models import LessonPage

MOST_KEPT = 200
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A self-check, drawn unanswered (None) and for each answer."""

    code: str
    drawn: Mapping[int | None, str]

    def html(self, choice: int | None) -> str:
        """As she answered; an answer that does not exist is none."""
        return self.drawn.get(choice, self.drawn[None])


@dataclass(frozen=True, slots=True)
class Body:
    """What a lesson says, in the order it says it."""

    pieces: tuple[str | Check, ...]

    def known(self, code: str, choice: int | None) -> tuple[str, int | None]:
        """The answer if there is such a self-check with such a choice, else none."""
        for piece in self.pieces:
            if isinstance(piece, Check) and piece.code == code and choice in piece.drawn:
                return code, choice
        return "", None

    def html(self, code: str = "", choice: int | None = None) -> SafeString:
        """The whole content; the self-check `code` shows what she chose (counted from 0)."""
        parts = [
            piece if isinstance(piece, str) else piece.html(choice if piece.code == code else None)
            for piece in self.pieces
        ]
        return mark_safe("".join(parts))  # noqa: S308 - drawn by our own templates, which escape


_kept: OrderedDict[Key, Body] = OrderedDict()


def body_of(page_id: int, edition: Key) -> Body:
    """From memory, or drawn now. `edition` says which state of the content and of the code it belongs to."""
    key = (*edition, get_language(), page_id)
    body = _kept.get(key)
    if body is None:
        body = _kept[key] = render(LessonPage.objects.get(pk=page_id))
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return body


def render(page: LessonPage) -> Body:
    pieces: list[str | Check] = []
    for block in page.body:
        if block.block_type == "self_check":
            choices: list[int | None] = [None, *range(len(block.value["choices"]))]
            drawn = {choice: block.render({"chosen": choice}) for choice in choices}
            pieces.append(Check(block.value["code"], drawn))
        else:
            pieces.append(block.render())
    pieces.append(render_to_string("courses/parts/sources.html", {"page": page, "sources": sources_of(page)}))
    return Body(tuple(pieces))


def sources_of(page: LessonPage) -> list[Any]:
    """The module's sources that the lesson names, in the lesson's order."""
    module = page.get_parent()
    if not page.sources or module is None:
        return []
    known = {source.value["code"]: source.value for source in module.specific.sources}
    return [known[code] for code in page.sources if code in known]
