"""What a page costs on a phone's data, kept with the page so that every list can say it."""

import zlib

from courses import bodies
from courses.models import LessonPage, StepPage

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
    pictures = [block.value["image"].light(640) for block in page.body if block.block_type == "picture"]
    return len(zlib.compress(bodies.render(page).html().encode())) + sum(picture.file.size for picture in pictures)
