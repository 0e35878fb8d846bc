from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks import previews
from courses.blocks.noted import NotedBlock, neutral_block, note_block
from courses.blocks.text import FEW_FEATURES
from courses.blocks.values import ShortNameBlock, TextsBlock

SHORT_NAME_HELP = _("Leave it empty: it names itself. It never shows on the page.")


class StoryBlock(NotedBlock):
    """An invented story, closed until she opens it; before it a content note, after it a task for who skips it."""

    code = ShortNameBlock(help_text=SHORT_NAME_HELP)
    title = blocks.CharBlock(label=_("Title"), max_length=100)
    minutes = blocks.IntegerBlock(label=_("Minutes to read"), min_value=1, max_value=60, default=2)
    note = note_block()
    neutral = neutral_block()
    text = blocks.RichTextBlock(label=_("Story"), features=FEW_FEATURES)
    helped = blocks.TextBlock(label=_("What helped"), rows=2, help_text=_("Every story ends with what helped."))

    class Meta:
        label = _("Story")
        icon = "openquote"
        template = "courses/blocks/story.html"
        description = _("An invented story. With a content note it stays closed until she opens it.")
        preview_value = staticmethod(previews.story)


class VoicesBlock(TextsBlock):
    first = blocks.CharBlock(label=_("First voice"), max_length=60, help_text=_("An invented name: Ibu Cempaka."))
    second = blocks.CharBlock(label=_("Second voice"), max_length=60)


class VoiceBlock(blocks.ChoiceBlock):
    """Which of the two voices speaks; in files 1 or 2."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[("1", _("First voice")), ("2", _("Second voice"))], default="1", **kwargs)

    def plain(self, value: Any) -> int:
        return int(value)

    def streamed(self, data: int) -> str:
        return str(data)


class LineBlock(blocks.StructBlock):
    voice = VoiceBlock(label=_("Who speaks"))
    text = blocks.TextBlock(label=_("What is said"), rows=2, max_length=400)

    class Meta:
        label = _("Line")
        label_format = "{text}"


class DialogueBlock(NotedBlock):
    """Two voices in turn: what to say, and how it sounds."""

    code = ShortNameBlock(help_text=SHORT_NAME_HELP)
    title = blocks.CharBlock(label=_("Title"), max_length=100)
    note = note_block()
    neutral = neutral_block()
    voices = VoicesBlock(label=_("The two voices"))
    lines = blocks.ListBlock(LineBlock(), label=_("Lines"), min_num=2, max_num=40)
    helped = blocks.TextBlock(
        label=_("What helped"), required=False, rows=2, help_text=_("What to take from this talk. May stay empty.")
    )

    class Meta:
        label = _("Dialogue")
        icon = "comment"
        template = "courses/blocks/dialogue.html"
        description = _("A talk between two voices. With a content note it stays closed until she opens it.")
        preview_value = staticmethod(previews.dialogue)
