"""Tags of courses' templates. No query runs in them, but for links between pages while a lesson is drawn."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from wagtail.models import Page

from courses import outline
from courses.blocks.services import SERVICES
from courses.models.pictures import LIGHT_WIDTHS, Picture, PictureRendition
from courses.rules import CoursePlan, ModulePlan, StepPlan
from lms.kit import richtext
from lms.kit.richtext.blocks import Heading
from lms.kit.words import Sentence

register = template.Library()

# What texts of a lesson wear (lopo.css).
DRESS = {"ul": "ticks", "ol": "nl", "blockquote": "think"}


@register.filter
def prose(value: Any, heading: int = 2) -> SafeString:
    """A rich text in the dress of a lesson; links to pages that are gone become plain words."""
    return mark_safe(_dressed(_linked(value), heading))  # noqa: S308


@register.filter
def sections(value: Any) -> list[SafeString]:
    """A rich text cut before each heading, so that headings stand with room above them."""
    parts: list[list[Any]] = []
    for block in _linked(value):
        if isinstance(block, Heading) or not parts:
            parts.append([])
        parts[-1].append(block)
    return [mark_safe(_dressed(tuple(part), 2)) for part in parts]  # noqa: S308


def _linked(value: Any) -> richtext.Blocks:
    return richtext.relinked(richtext.from_html(value.source), _address)


def _dressed(text: richtext.Blocks, heading: int) -> str:
    return richtext.to_html(text, heading=heading, classes=DRESS)


def _address(link: str) -> str:
    if not link.startswith("page:"):
        return link
    page = Page.objects.live().filter(pk=link[5:]).first() if link[5:].isdecimal() else None
    return (page.get_url() or "") if page else ""


@register.filter
def said(sentence: Sentence | None) -> str:
    """A rule's sentence in the reader's language."""
    return sentence.render(gettext) if sentence else ""


@register.simple_tag
def light_picture(picture: Picture) -> dict[str, PictureRendition]:
    """The two light sizes of a picture: `small` and `large`."""
    small, large = LIGHT_WIDTHS
    return {"small": picture.light(small), "large": picture.light(large)}


@register.simple_tag
def page_url(course: CoursePlan, module: ModulePlan | None = None, step: StepPlan | None = None) -> str:
    return outline.url_of(course, module, step)


@register.filter
def weight(module: ModulePlan) -> int:
    """Bytes of all steps of a module."""
    return sum(step.bytes for step in module.steps)


@register.filter
def done_numbers(steps: tuple[StepPlan, ...], done: frozenset) -> list[int]:
    """Which of the steps are done, counted from 1."""
    return [number for number, step in enumerate(steps, 1) if step.key in done]


@register.filter
def service_name(code: str) -> Any:
    """The name of a service that a lesson points to."""
    return SERVICES.get(code, code)


@register.filter
def law_name(tag: str) -> str:
    """A law tag as people write it: uu-tpks-23 is UU TPKS 23."""
    return tag.replace("-", " ").upper()
