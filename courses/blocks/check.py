from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks import previews
from courses.blocks.values import ShortNameBlock


class CheckChoiceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=250)
    right = blocks.BooleanBlock(label=_("This is right"), required=False)
    feedback = blocks.TextBlock(label=_("What we say to it"), rows=2, help_text=_("Explain why. Never scold."))

    class Meta:
        label = _("Answer")


class SelfCheckBlock(blocks.StructBlock):
    """A question to herself: the answer is explained at once and stored nowhere."""

    code = ShortNameBlock(
        help_text=_(
            "Leave it empty: it names itself. It shows in the address when she answers, so no word of the content."
        )
    )
    question = blocks.TextBlock(label=_("Question"), rows=2)
    choices = blocks.ListBlock(CheckChoiceBlock(), label=_("Answers"), min_num=2, max_num=6, default=[{}, {}])

    class Meta:
        label = _("Self-check")
        icon = "circle-check"
        template = "courses/blocks/self_check.html"
        description = _("A question to herself, explained at once. Nothing is stored.")
        preview_value = staticmethod(previews.self_check)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not any(choice["right"] for choice in cleaned["choices"]):
            raise blocks.StructBlockValidationError(
                {"choices": ValidationError(_("Mark at least one answer as right."))}
            )
        return cleaned
