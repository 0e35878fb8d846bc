"""A page as the rules of the checklist look at it, and what it still lacks. Only reads."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.urls import reverse
from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.rich_text import RichText

from courses import weighing
from courses.models import CoursePage, LessonPage, ModulePage, hindering
from courses.rules import checklist
from courses.rules.checklist import Gap, PageView, Part, Point

# What everybody reads; stories, call-outs and tables may breathe a little longer.
CORE = {"text", "key_point"}
# Values of a block that are not read as running text.
UNREAD = {"code", "id", "kind", "alt", "note", "neutral", "file", "transcript", "captions", "service", "answer"}
PARAGRAPH_END = re.compile(r"</(?:p|li|h\d|blockquote|td|th)>|<br\s*/?>|\n")
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Review:
    """A page with its open points. `edit_url` is empty for a page that is not saved yet."""

    page: Page
    view: PageView
    points: tuple[Point, ...]
    edit_url: str = ""
    below: tuple["Review", ...] = field(default=())

    @property
    def kilobytes(self) -> int:
        return round(self.view.bytes / checklist.KILO)

    @property
    def count(self) -> int:
        """Open points of the page and of those below it."""
        return len(self.points) + sum(one.count for one in self.below)

    @property
    def stopping(self) -> tuple[Point, ...]:
        """While one of these is open, the page does not come out."""
        return tuple(point for point in self.points if point.stops)


def review(page: Page, today: date, *, weigh: bool = True) -> Review | None:
    """What a lesson, module or course still lacks; None for other kinds. `weigh` draws the page to know its bytes."""
    if isinstance(page, LessonPage):
        view = lesson_view(page, module_of(page), bytes_of(page) if weigh else page.weight)
        view = replace(view, gaps=hindering.gaps(page))
        return Review(page, view, checklist.open_points(view, today), edit_url(page))
    if isinstance(page, ModulePage):
        return _module_review(page, today, gaps=hindering.gaps(page))
    if isinstance(page, CoursePage):
        modules = ModulePage.objects.child_of(page).order_by("path") if page.pk else []
        below = tuple(_module_review(module.get_latest_revision_as_object(), today) for module in modules)
        return Review(page, PageView(kind="course"), (), edit_url(page), below)
    return None


def _module_review(page: ModulePage, today: date, gaps: tuple[Gap, ...] = ()) -> Review:
    """A module, and each of its lessons as last saved."""
    lessons = [lesson.get_latest_revision_as_object() for lesson in lessons_of(page)]
    views = [lesson_view(lesson, page, lesson.weight) for lesson in lessons]
    below = tuple(
        Review(lesson, view, checklist.open_points(view, today), edit_url(lesson))
        for lesson, view in zip(lessons, views, strict=True)
    )
    view = PageView(
        kind="module",
        parts=tuple(part for one in views for part in one.parts),
        known_sources=codes_of(page),
        outcomes=len(page.outcomes),
        module_note=page.note,
        lessons=len(lessons),
        is_reachable=is_reachable(page),
        gaps=gaps,
    )
    return Review(page, view, checklist.open_points(view, today), edit_url(page), below)


def lesson_view(page: LessonPage, module: ModulePage | None, size: int) -> PageView:
    return PageView(
        kind="lesson",
        parts=tuple(parts_of(page.body)),
        bytes=size,
        laws=tuple(page.laws),
        checked_on=page.checked_on,
        checked_by=page.checked_by,
        sources=tuple(page.sources),
        known_sources=codes_of(module) if module else (),
        outcomes=len(module.outcomes) if module else 0,
        module_note=module.note if module else "",
        is_reachable=is_reachable(page),
    )


def parts_of(body: Iterable[Any]) -> Iterator[Part]:
    """Every block of a stream in plain text, whatever its kind: a new kind of block needs no line here."""
    for block in body:
        names = set(getattr(block.block, "child_blocks", ()))
        takes_note = {"note", "neutral"} <= names
        yield Part(
            block=str(block.id or ""),
            kind=block.block_type,
            paragraphs=tuple(paragraphs_of(block.value)),
            is_core=block.block_type in CORE,
            pictures=tuple(alts_of(block.value)),
            aside=tuple(paragraphs_of(block.value["transcript"])) if "transcript" in names else (),
            takes_note=takes_note,
            note=str(block.value["note"] or "") if takes_note else "",
            neutral=str(block.value["neutral"] or "") if takes_note else "",
        )


def paragraphs_of(value: Any) -> Iterator[str]:
    """The texts somebody reads, one for each paragraph."""
    if isinstance(value, RichText):
        texts = (html.unescape(TAG.sub("", piece)).strip() for piece in PARAGRAPH_END.split(value.source))
        yield from (text for text in texts if text)
    elif isinstance(value, str):
        yield from (line.strip() for line in value.splitlines() if line.strip())
    elif hasattr(value, "items"):
        for name, inner in value.items():
            if name not in UNREAD:
                yield from paragraphs_of(inner)
    elif isinstance(value, StreamValue):
        for block in value:
            yield from paragraphs_of(block.value)
    elif hasattr(value, "bound_blocks") or isinstance(value, list | tuple):
        for inner in value:
            yield from paragraphs_of(inner)


def alts_of(value: Any) -> Iterator[str]:
    """The alternative text of every picture in a block."""
    if hasattr(value, "items"):
        if "alt" in value:
            yield str(value["alt"] or "")
        for inner in value.values():
            yield from alts_of(inner)
    elif hasattr(value, "bound_blocks"):
        for inner in value:
            yield from alts_of(inner)


def module_of(page: Page) -> ModulePage | None:
    """The module above a page as it was last saved; None while the page has no place yet."""
    parent = page.get_parent() if page.path else None
    found = parent.get_latest_revision_as_object() if parent else None
    return found if isinstance(found, ModulePage) else None


def lessons_of(module: ModulePage) -> list[LessonPage]:
    return list(LessonPage.objects.child_of(module).order_by("path")) if module.pk else []


def is_reachable(page: Page) -> bool:
    """Every page above is published: else nobody gets to this one."""
    return not page.path or not page.get_ancestors().filter(depth__gt=1, live=False).exists()


def codes_of(module: ModulePage) -> tuple[str, ...]:
    return tuple(source.value["code"] for source in module.sources)


def bytes_of(page: LessonPage) -> int:
    """Of a first visit, drawn now; the stored figure while a picture is still missing."""
    if any(block.value.get("image", True) is None for block in page.body if hasattr(block.value, "get")):
        return page.weight
    return weighing.FRAME_BYTES + weighing.own_bytes(page)


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page.pk else ""
