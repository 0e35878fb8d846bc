"""Forms that are doors: the same class reads a web form and an entry that a phone sends later."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext

from lms.kit import identifiers

IDENTIFIER_CODE = "identifier"


class PartsRenderer(TemplatesSetting):
    """Draw every form field by the product's own part."""

    field_template_name = "parts/field.html"


class SafeTextField(forms.CharField):
    """A text about practice: refused when it seems to carry a real person's data, and never echoed."""

    widget = forms.Textarea

    def validate(self, value: str) -> None:
        super().validate(value)
        found = identifiers.kinds(value or "")
        if found:
            raise ValidationError(identifiers.sentence_for(found).render(gettext), code=IDENTIFIER_CODE)


class EntryForm(forms.Form):
    """A form whose sending is an entry: it carries a UUID, so that sending twice changes nothing.

    `kind` names the entry in the inbox. `person` is who sends it.
    """

    kind: ClassVar[str]

    entry = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    made_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, person: Any, **kwargs: Any) -> None:
        self.person = person
        super().__init__(data, **kwargs)

    @property
    def own_data(self) -> dict[str, Any]:
        """What was sent, without the envelope (valid forms only)."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"entry", "made_at"}}

    def first_error(self) -> str:
        for errors in self.errors.values():
            return str(errors[0])
        return ""

    def unsafe_fields(self) -> set[str]:
        """The fields that seemed to carry a real person's data: their text is never stored."""
        return {
            name
            for name, errors in self.errors.as_data().items()
            if any(error.code == IDENTIFIER_CODE for error in errors)
        }
