"""The words of lessons, kept for finding them. Called when a lesson is published, and at set-up. Action."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from courses.models import LessonPage, StepText
from lms.kit.searching import fold
from lms.kit.writing import writing

HEADING = re.compile(r"<h[2-6][^>]*>(.*?)</h[2-6]>", re.S)
BETWEEN_TAGS = re.compile(r"</(?:p|li|h[2-6]|blockquote)>|<br ?/?>")
# Fields that hold codes and files, not words.
WORDLESS = frozenset({"id", "type", "code", "kind", "image", "file", "service", "answer", "laws", "captions", "voice"})


def index_lesson(*, page: LessonPage) -> None:
    """Keep the words of a lesson; a lesson published again takes the place of what was kept."""
    blocks = page.body.stream_block.get_prep_value(page.body)
    headings: list[str] = []
    terms: list[str] = []
    words: list[str] = []
    for block in blocks:
        kind, value = block["type"], block["value"]
        if isinstance(value, dict) and value.get("note"):
            continue  # closed behind a content note: no excerpt may open it
        if kind == "term":
            terms.append(" – ".join(_texts(value)))
            continue
        if isinstance(value, str):
            headings.extend(_plain(heading) for heading in HEADING.findall(value))
        elif isinstance(value, dict) and value.get("title"):
            headings.append(_plain(str(value["title"])))
        words.extend(_texts(value))
    parts = {"headings": "\n".join(headings), "terms": "\n".join(terms), "words": "\n".join(words)}
    with writing():
        StepText.objects.update_or_create(
            step_key=page.translation_key,
            defaults={"title": page.title, **parts, "folded": fold("\n".join([page.title, *parts.values()]))},
        )


def index_missing() -> int:
    """Keep the words of published lessons that were published before words were kept; returns how many."""
    known = StepText.objects.values("step_key")
    pages = LessonPage.objects.live().exclude(translation_key__in=known)
    for page in pages:
        index_lesson(page=page)
    return len(pages)


def _texts(value: Any, name: str = "") -> Iterator[str]:
    """Every text in a block's value, however deep."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in WORDLESS:
                yield from _texts(one, key)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one, name)
    elif isinstance(value, str) and value.strip():
        yield _plain(value)


def _plain(html: str) -> str:
    text = unescape(strip_tags(BETWEEN_TAGS.sub(" ", html)))
    return " ".join(unicodedata.normalize("NFKC", text).replace("\x00", "").split())
