"""The drawn content of a lesson: rendered once per edition and language, kept by each process."""

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from courses import glossary
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
    """What a lesson says, in the order it says it. `places`: its parts, as (id on the page, words)."""

    pieces: tuple[str | Check, ...]
    places: tuple[tuple[str, str], ...] = ()

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
    words = glossary.words_of(page.body)
    explained = 0
    sound = next((block.value for block in page.body if _is_open_sound(block)), None)
    if sound and sound["file"].is_ready:
        pieces.append(render_to_string("courses/parts/listen.html", {"value": sound}))
    for block in page.body:
        if block.block_type == "self_check":
            choices: list[int | None] = [None, *range(len(block.value["choices"]))]
            drawn = {choice: block.render({"chosen": choice}) for choice in choices}
            pieces.append(Check(block.value["code"], drawn))
        elif block.block_type == "term":
            explained += 1
            pieces.append(block.render({"number": explained}))
        else:
            html = block.render({"place": f"blok.{len(pieces)}"})
            pieces.append(glossary.linked(html, words) if block.block_type in glossary.TEXTS else html)
    pieces.append(render_to_string("courses/parts/sources.html", {"page": page, "sources": sources_of(page)}))
    return _numbered(pieces)


def _is_open_sound(block: Any) -> bool:
    """One that waits behind a content note is not offered at the head of the lesson."""
    return block.block_type == "audio" and bool(block.value["file"]) and not block.value["note"]


HEADING = re.compile(r"<h2>(.*?)</h2>", re.S)


def _numbered(pieces: list[str | Check]) -> Body:
    """Give every heading without a name a number, so that a link can lead back to it. Numbers say nothing."""
    places: list[tuple[str, str]] = []

    def name(heading: re.Match[str]) -> str:
        places.append((f"b{len(places) + 1}", unescape(strip_tags(heading[1]))))
        return f'<h2 id="{places[-1][0]}">{heading[1]}</h2>'

    named: list[str | Check] = []
    for piece in pieces:
        if isinstance(piece, Check):
            places.append((f"cek-{piece.code}", gettext("Try it yourself")))
            named.append(piece)
        else:
            named.append(HEADING.sub(name, piece))
    return Body(tuple(named), tuple(places))


def sources_of(page: LessonPage) -> list[Any]:
    """The module's sources that the lesson names, in the lesson's order."""
    module = page.get_parent()
    if not page.sources or module is None:
        return []
    known = {source.value["code"]: source.value for source in module.specific.sources}
    return [known[code] for code in page.sources if code in known]
