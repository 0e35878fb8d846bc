from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.text import FEW_FEATURES


class StoryBlock(blocks.StructBlock):
    """An invented story, closed until she opens it; before it a content note, after it a task for who skips it."""

    code = blocks.RegexBlock(
        label=_("Short name"),
        regex=r"^[a-z0-9][a-z0-9-]{0,29}$",
        error_messages={"invalid": _("Use small letters, digits and hyphens.")},
        help_text=_("Small letters without spaces, once per lesson. It never shows on the page."),
    )
    title = blocks.CharBlock(label=_("Title"), max_length=100)
    minutes = blocks.IntegerBlock(label=_("Minutes to read"), min_value=1, max_value=60, default=2)
    note = blocks.TextBlock(
        label=_("Content note"),
        required=False,
        rows=2,
        help_text=_("Needed when the story speaks of violence. Say what comes, and that she may skip it."),
    )
    neutral = blocks.TextBlock(
        label=_("Task for who skips it"),
        required=False,
        rows=2,
        help_text=_("Another small task of equal worth, without violence."),
    )
    text = blocks.RichTextBlock(label=_("Story"), features=FEW_FEATURES)
    helped = blocks.TextBlock(label=_("What helped"), rows=2, help_text=_("Every story ends with what helped."))

    class Meta:
        label = _("Story")
        icon = "openquote"
        template = "courses/blocks/story.html"
