"""What a lesson is made of. The names are those of the curriculum files (docs/curriculum-format.md)."""

from django.utils.translation import gettext_lazy as _

from courses.blocks.check import SelfCheckBlock
from courses.blocks.gallery import GalleryBlock
from courses.blocks.links import TermBlock
from courses.blocks.media import AudioBlock, DownloadBlock, PictureBlock, VideoBlock
from courses.blocks.story import DialogueBlock, StoryBlock
from courses.blocks.tables import DecisionBlock, TableBlock
from courses.blocks.text import CallOutBlock, KeyPointBlock, TextBlock
from courses.blocks.together import ChecklistBlock, DiscussionBlock, PauseBlock, ReferralBlock

READING = _("To read")
MEDIA = _("To see, hear and keep")
STORIES = _("Stories")
DOING = _("To do")

# In the order of the editor's list, under its four headings.
LESSON_BLOCKS = [
    ("text", TextBlock(group=READING)),
    ("key_point", KeyPointBlock(group=READING)),
    ("callout", CallOutBlock(group=READING)),
    ("term", TermBlock(group=READING)),
    ("table", TableBlock(group=READING)),
    ("decision", DecisionBlock(group=READING)),
    ("referral", ReferralBlock(group=READING)),
    ("picture", PictureBlock(group=MEDIA)),
    ("gallery", GalleryBlock(group=MEDIA)),
    ("audio", AudioBlock(group=MEDIA)),
    ("video", VideoBlock(group=MEDIA)),
    ("download", DownloadBlock(group=MEDIA)),
    ("story", StoryBlock(group=STORIES)),
    ("dialogue", DialogueBlock(group=STORIES)),
    ("self_check", SelfCheckBlock(group=DOING)),
    ("discussion", DiscussionBlock(group=DOING)),
    ("checklist", ChecklistBlock(group=DOING)),
    ("pause", PauseBlock(group=DOING)),
]

__all__ = ["LESSON_BLOCKS"]
