from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks import previews


class TermBlock(blocks.StructBlock):
    """A word of the field, explained where it is used."""

    term = blocks.CharBlock(label=_("Word"), max_length=60)
    meaning = blocks.TextBlock(label=_("What it means"), rows=2)

    class Meta:
        label = _("Word explained")
        icon = "help"
        template = "courses/blocks/term.html"
        description = _("Explains a word. Where the lesson uses it, the word leads here.")
        preview_value = staticmethod(previews.term)
