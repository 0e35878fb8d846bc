"""What a lesson is made of. The names are those of the curriculum files (docs/curriculum-format.md)."""

from courses.blocks.check import SelfCheckBlock
from courses.blocks.links import TermBlock
from courses.blocks.media import PictureBlock
from courses.blocks.story import StoryBlock
from courses.blocks.text import CallOutBlock, KeyPointBlock, TextBlock

LESSON_BLOCKS = [
    ("text", TextBlock()),
    ("key_point", KeyPointBlock()),
    ("picture", PictureBlock()),
    ("callout", CallOutBlock()),
    ("story", StoryBlock()),
    ("self_check", SelfCheckBlock()),
    ("term", TermBlock()),
]

__all__ = ["LESSON_BLOCKS"]
