"""Small blocks whose values files write more shortly: `plain` gives the file's form, `streamed` takes it."""

import secrets
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.fields import CodesFormField


class ShortNameBlock(blocks.RegexBlock):
    """The name of a block on its page, such as ketukan. Left empty it names itself: trainers need not know of it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            regex=r"^[a-z0-9][a-z0-9-]{0,29}$",
            error_messages={"invalid": _("Use small letters, digits and hyphens.")},
            **{"label": _("Short name"), "required": False, **kwargs},
        )

    def clean(self, value: Any) -> str:
        return super().clean(value) or f"n{secrets.token_hex(2)}"


class CodesBlock(blocks.FieldBlock):
    """Short codes in one line, with commas between; its value is a list."""

    def __init__(self, *, help_text: Any = None, **kwargs: Any) -> None:
        self.field = CodesFormField(required=False, help_text=help_text)
        super().__init__(**kwargs)

    def value_from_form(self, value: Any) -> list[str]:
        return self.field.to_python(value)

    def plain(self, value: Any) -> list[str]:
        return list(value or ())

    def streamed(self, data: Any) -> list[str]:
        return list(data)

    class Meta:
        default = ()


class TextsBlock(blocks.StructBlock):
    """A fixed row of short texts; in files a list. Those at the end may be empty."""

    def plain(self, value: Any) -> list[str]:
        return [text for text in value.values() if text and text.strip()]

    def streamed(self, data: Sequence[str]) -> dict[str, str]:
        return {name: data[place] if place < len(data) else "" for place, name in enumerate(self.child_blocks)}
