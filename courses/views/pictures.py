"""Pictures on their way in through the editor."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from lms.kit import pictures, sniffing
from lms.kit.unfit import UnfitFile


class PictureField(WagtailImageField):
    """Refuses with a sentence what is no clean picture; what it takes has lost place, camera and names already."""

    def to_python(self, data: Any) -> Any:
        if not data:
            return super().to_python(data)
        try:
            content, suffix = pictures.cleaned(data.read(pictures.MOST_BYTES + 1))
            if sniffing.suffix_of(data.name).replace("jpeg", "jpg") != suffix[1:]:
                raise sniffing.disguised()
        except UnfitFile as unfit:
            raise forms.ValidationError(unfit.sentence.render(_)) from unfit
        return super().to_python(SimpleUploadedFile(data.name, content, data.content_type))


class PictureForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            usual = self.fields["file"]
            self.fields["file"] = PictureField(
                label=usual.label, widget=usual.widget, required=usual.required, allow_empty_file=True
            )
