"""What is done beside reading: a list to print, a talk in the group, a breath, the way to a service."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks import previews
from courses.blocks.noted import NotedBlock, neutral_block, note_block
from courses.blocks.services import SERVICES
from courses.blocks.text import FEW_FEATURES


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=100)
    items = blocks.ListBlock(blocks.CharBlock(label=_("Item"), max_length=250), label=_("Items"), min_num=2, max_num=20)

    class Meta:
        label = _("Checklist")
        icon = "clipboard-list"
        template = "courses/blocks/checklist.html"
        description = _("A list to tick on paper. Nothing is stored.")
        preview_value = staticmethod(previews.checklist)


class DiscussionBlock(NotedBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=100)
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=180, default=15)
    note = note_block()
    neutral = neutral_block()
    text = blocks.RichTextBlock(
        label=_("What to talk about"),
        features=FEW_FEATURES,
        help_text=_("A question for the group. Never ask for real events of real people."),
    )

    class Meta:
        label = _("Talk in the group")
        icon = "group"
        template = "courses/blocks/discussion.html"
        description = _("A question for the group, with the time it takes.")
        preview_value = staticmethod(previews.discussion)


class ReferralRowBlock(blocks.StructBlock):
    need = blocks.CharBlock(label=_("What she needs"), max_length=150)
    service = blocks.ChoiceBlock(label=_("Service"), choices=list(SERVICES.items()))
    text = blocks.TextBlock(label=_("What happens there"), required=False, rows=2, max_length=400)

    class Meta:
        label = _("Need")
        label_format = "{need}"


class ReferralBlock(blocks.StructBlock):
    """From a need to the service that answers it."""

    title = blocks.CharBlock(label=_("Title"), max_length=100)
    rows = blocks.ListBlock(ReferralRowBlock(), label=_("Needs"), min_num=1, max_num=15)

    class Meta:
        label = _("Which service")
        icon = "redirect"
        template = "courses/blocks/referral.html"
        description = _("Leads from a need to a service. She opens the need that she looks for.")
        preview_value = staticmethod(previews.referral)


class PauseBlock(blocks.StructBlock):
    text = blocks.TextBlock(
        label=_("Words"),
        rows=2,
        max_length=400,
        help_text=_("One or two calm sentences: breathe, drink, look outside."),
    )

    class Meta:
        label = _("Pause")
        icon = "time"
        template = "courses/blocks/pause.html"
        description = _("A breath between two hard parts.")
        preview_value = staticmethod(previews.pause)
