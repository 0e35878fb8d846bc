"""Whom a coordinator ticked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PeopleField(forms.TypedMultipleChoiceField):
    """Numbers of people from boxes. Who they are, and whether she may, the action asks."""

    def valid_value(self, value: Any) -> bool:
        return str(value).isdecimal() and len(str(value)) < 16


class BatchForm(forms.Form):
    people = PeopleField(coerce=int, error_messages={"required": _("Tick at least one name.")})
