from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from courses.blocks import previews
from courses.blocks.noted import NotedBlock, neutral_block, note_block


class GalleryStepBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What the picture shows"),
        max_length=250,
        help_text=_("For people who do not see it. Describe what matters, in one or two sentences."),
    )
    text = blocks.CharBlock(
        label=_("Words under the picture"), max_length=250, help_text=_("One short sentence: what to do here.")
    )

    class Meta:
        label = _("Step")
        icon = "image"
        label_format = "{text}"


class GalleryBlock(NotedBlock):
    """Something done step by step, each step with its picture."""

    title = blocks.CharBlock(label=_("Title"), max_length=100, required=False)
    note = note_block()
    neutral = neutral_block()
    steps = blocks.ListBlock(
        GalleryStepBlock(), label=_("Steps"), min_num=2, max_num=8, help_text=_("Two to eight, in their order.")
    )

    class Meta:
        label = _("Steps in pictures")
        icon = "list-ol"
        template = "courses/blocks/gallery.html"
        description = _("Pictures one after another, each with a sentence. Good for what is done in steps.")
        preview_value = staticmethod(previews.gallery)
