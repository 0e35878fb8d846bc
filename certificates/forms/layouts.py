"""The layout of certificates in the editor: pictures come as files and are kept, clean and small, as text."""

import base64
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from certificates.models.layouts import SIGNATORIES
from certificates.paper.png import small_png
from lms.kit import pictures
from lms.kit.unfit import UnfitFile

PICTURES = ("logo", *(f"picture_{place}" for place in SIGNATORIES))


class Kept(str):
    """A picture that is there already, as the widget for files wants to see it."""

    url = "#"

    def __str__(self) -> str:
        return _("a picture is kept")


class PictureField(forms.FileField):
    """A picture as a file; the value is its PNG as base64 text, empty for none."""

    def prepare_value(self, value: Any) -> Any:
        return Kept(value) if value else None

    def clean(self, data: Any, initial: Any = None) -> str:
        if data is False:
            return ""
        given = super().clean(data, initial)
        return given if isinstance(given, str) else _small(given.read()) if given else ""


def _small(content: bytes) -> str:
    try:
        clean, _suffix = pictures.cleaned(content)
    except UnfitFile as unfit:
        raise ValidationError(unfit.sentence.render(_)) from unfit
    return base64.b64encode(small_png(clean)).decode()


class LayoutForm(WagtailAdminModelForm):  # type: ignore[misc]
    logo = PictureField(label=gettext_lazy("logo"), required=False)
    picture_1 = PictureField(label=gettext_lazy("picture of the signature"), required=False)
    picture_2 = PictureField(label=gettext_lazy("picture of the signature"), required=False)
    picture_3 = PictureField(label=gettext_lazy("picture of the signature"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for place in SIGNATORIES:
            if cleaned.get(f"picture_{place}") and not cleaned.get(f"name_{place}"):
                self.add_error(f"name_{place}", _("Write whose signature this is."))
        return cleaned
