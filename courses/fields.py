"""Field types of pages that keep their definitions out of migrations."""

import re
from typing import Any

from django import forms
from django.db import models
from django.utils.text import slugify
from wagtail.fields import StreamField


class LeanStreamField(StreamField):
    """A stream whose blocks stay out of migrations.

    In a migration it knows no block: the value is then a plain list, so that a data migration can read and
    save it without losing anything.
    """

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    @property
    def is_bare(self) -> bool:
        return bool(self.block_types_arg == ())

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs

    def to_python(self, value: Any) -> Any:
        return value if self.is_bare else super().to_python(value)

    def get_default(self) -> Any:
        return [] if self.is_bare else super().get_default()


class CodesFormField(forms.CharField):
    """Short codes in one line, with commas between."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        if isinstance(value, list | tuple):
            return list(value)
        codes = [code.strip() for code in str(super().to_python(value) or "").replace(";", ",").split(",")]
        return list(dict.fromkeys(code for code in codes if code))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial or "") != self.to_python(data or "")


class CodesField(models.JSONField):
    """A list of short codes: law tags, sources, needed modules."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        kwargs = {key: value for key, value in kwargs.items() if key not in {"encoder", "decoder"}}
        return models.Field.formfield(self, **{"form_class": CodesFormField, "empty_value": "", **kwargs})


UUID_SLUG = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WORD = re.compile(r"[a-z]{4,}")


def is_neutral(slug: str) -> bool:
    """True for a short code with one word at most, such as 3, m2 or kelas-1: addresses show on a shared phone.

    Empty is fine (a code comes later), and so is the UUID under which Wagtail previews a page without code.
    """
    if UUID_SLUG.fullmatch(slug):
        return True
    return len(slug) <= 20 and slug == slugify(slug) and len(WORD.findall(slug)) <= 1
