"""What hurts to read, hear or see: a content note before it, and another task for who skips it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


def note_block() -> blocks.TextBlock:
    return blocks.TextBlock(
        label=_("Content note"),
        required=False,
        rows=2,
        default="",
        help_text=_("Needed when this speaks of violence. Say what comes, and that she may skip it."),
    )


def neutral_block() -> blocks.TextBlock:
    return blocks.TextBlock(
        label=_("Task for who skips it"),
        required=False,
        rows=2,
        default="",
        help_text=_("Another small task of equal worth, without violence."),
    )


class NotedBlock(blocks.StructBlock):
    """With a content note it stays closed until she opens it; who skips it finds another task."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned.get("note") and not cleaned.get("neutral") and not self.is_deferred_validation:
            raise blocks.StructBlockValidationError(
                {"neutral": ValidationError(_("Beside a content note write a task for who skips it."))}
            )
        return cleaned
