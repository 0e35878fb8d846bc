"""A list of short texts, one in each line."""

from typing import Any

from django import forms
from django.db import models


class LinesFormField(forms.CharField):
    """One text in each line; empty lines do not count."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        if isinstance(value, list | tuple):
            return list(value)
        return [line.strip() for line in str(super().to_python(value) or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial or "") != self.to_python(data or "")


class LinesField(models.JSONField):
    """A list of texts that may hold commas: the forms of a short answer that count."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        kwargs = {key: value for key, value in kwargs.items() if key not in {"encoder", "decoder"}}
        return models.Field.formfield(self, **{"form_class": LinesFormField, "empty_value": "", **kwargs})
