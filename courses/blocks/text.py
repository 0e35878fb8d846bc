from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks import previews

# What the text form of a lesson can hold (lms.kit.richtext); nothing else is offered in the editor.
FEATURES = ["h3", "bold", "italic", "ul", "ol", "blockquote", "link"]
FEW_FEATURES = ["bold", "italic", "ul", "ol", "link"]


class TextBlock(blocks.RichTextBlock):
    """Running text, headings, lists, quotes."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=FEATURES, **kwargs)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "courses/blocks/text.html"
        description = _("Sentences, headings, lists, quotes.")
        preview_value = staticmethod(previews.text)


class KeyPointBlock(blocks.StructBlock):
    """The one thing to keep."""

    text = blocks.RichTextBlock(
        label=_("Key point"),
        features=FEW_FEATURES,
        help_text=_("One or two short sentences that she should remember."),
    )

    class Meta:
        label = _("Key point")
        icon = "pick"
        template = "courses/blocks/key_point.html"
        description = _("The one thing to remember of this part.")
        preview_value = staticmethod(previews.key_point)


class CallOutBlock(blocks.StructBlock):
    """Something beside the text: good to know, still to be checked, or about safety."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("info", _("Good to know")),
            ("check", _("To be checked by the organisation")),
            ("safety", _("Safety")),
        ],
        default="info",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.RichTextBlock(label=_("Text"), features=FEW_FEATURES)

    class Meta:
        label = _("Call-out")
        icon = "info-circle"
        template = "courses/blocks/callout.html"
        description = _("Beside the text: good to know, still to be checked, or about safety.")
        preview_value = staticmethod(previews.callout)
