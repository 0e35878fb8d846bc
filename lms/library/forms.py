"""What the editor writes about a thing of the library."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from lms.kit.refusing import Refused
from lms.library import rules, shelving
from lms.library.shelving import Checked

ACCEPTED = ",".join(sorted(f".{form}" for forms_of in rules.KEPT_FORMS.values() for form in forms_of))


class ResourceForm(WagtailAdminModelForm):
    upload = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("Documents up to 5 MB, sound up to 10 MB, film up to 30 MB. A new file takes the old one's place."),
    )
    checked_file: Checked | None = None

    def clean(self) -> Any:
        cleaned = super().clean()
        upload = self.cleaned_data.get("upload")
        try:
            if upload is not None:
                self.checked_file = shelving.check(file=upload, name=upload.name, size=upload.size)
            elif not self.instance.file and not self.cleaned_data.get("place"):
                self.add_error("place", _("Upload a file, or write where it can be borrowed."))
        except Refused as refused:
            self.add_error("upload", str(refused))
        return cleaned
