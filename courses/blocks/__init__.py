"""What a lesson is made of. The names are those of the curriculum files (docs/curriculum-format.md)."""

from courses.blocks.check import SelfCheckBlock
from courses.blocks.gallery import GalleryBlock
from courses.blocks.links import TermBlock
from courses.blocks.media import AudioBlock, DownloadBlock, PictureBlock, VideoBlock
from courses.blocks.story import DialogueBlock, StoryBlock
from courses.blocks.tables import DecisionBlock, TableBlock
from courses.blocks.text import CallOutBlock, KeyPointBlock, TextBlock
from courses.blocks.together import ChecklistBlock, DiscussionBlock, PauseBlock, ReferralBlock

LESSON_BLOCKS = [
    ("text", TextBlock()),
    ("key_point", KeyPointBlock()),
    ("picture", PictureBlock()),
    ("gallery", GalleryBlock()),
    ("audio", AudioBlock()),
    ("video", VideoBlock()),
    ("download", DownloadBlock()),
    ("callout", CallOutBlock()),
    ("story", StoryBlock()),
    ("dialogue", DialogueBlock()),
    ("self_check", SelfCheckBlock()),
    ("term", TermBlock()),
    ("table", TableBlock()),
    ("decision", DecisionBlock()),
    ("checklist", ChecklistBlock()),
    ("discussion", DiscussionBlock()),
    ("referral", ReferralBlock()),
    ("pause", PauseBlock()),
]

__all__ = ["LESSON_BLOCKS"]
