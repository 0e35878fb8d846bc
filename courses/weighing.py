"""What a page costs on a phone's data, kept with the page so that every list can say it."""

import zlib
from collections.abc import Iterator
from typing import Any

from wagtail.blocks.list_block import ListValue

from courses import bodies
from courses.models import LessonPage, Picture, StepPage

# The page around a lesson (head, bar, foot), compressed; asserted in tests/courses/test_weighing.py.
FRAME_BYTES = 1_200


def weigh(*, page: StepPage) -> int:
    """Bytes of a first visit: text compressed, pictures in the size a phone takes. Stored without a new revision.

    Other kinds of steps differ from person to person: they weigh 0, and no list says a figure for them.
    """
    weight = FRAME_BYTES + own_bytes(page) if isinstance(page, LessonPage) else 0
    type(page).objects.filter(pk=page.pk).update(weight=weight)
    page.weight = weight
    return weight


def own_bytes(page: LessonPage) -> int:
    pictures = (picture.light(640) for block in page.body for picture in pictures_in(block.value))
    posters = (block.value["file"].poster_bytes for block in page.body if _has_poster(block))
    drawn = len(zlib.compress(bodies.render(page).html().encode()))
    return drawn + sum(picture.file.size for picture in pictures) + sum(posters)


def _has_poster(block: Any) -> bool:
    """Sound and film are only fetched when she asks for them; a film's poster comes with the page."""
    return block.block_type == "video" and block.value["file"] is not None


def pictures_in(value: Any) -> Iterator[Picture]:
    """Every picture in a block's value, however deep."""
    if isinstance(value, Picture):
        yield value
    elif isinstance(value, dict | ListValue):
        for one in value.values() if isinstance(value, dict) else value:
            yield from pictures_in(one)
