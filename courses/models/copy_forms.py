"""What the editor asks before it copies a page. A copy is a draft of its own: never published, never an alias."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm


class NeutralCopyForm(CopyForm):
    """The code in the address is found, not typed; the copy takes the next free one where it goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("publish_copies", None)
        self.fields.pop("alias", None)
        slug = self.fields["new_slug"]
        slug.required, slug.initial = False, ""
        slug.label = _("Short code in the address")
        slug.help_text = _("Leave it empty: the copy takes the next free code.")
        self.fields["new_title"].help_text = _("Say in the title how this copy differs.")
        self.fields["new_parent_page"].help_text = _("Where the copy goes. It comes last there, as a draft.")

    def clean(self) -> dict[str, Any]:
        parent = self.cleaned_data.get("new_parent_page") or self.page.get_parent()
        if not self.cleaned_data.get("new_slug"):
            self.cleaned_data["new_slug"] = self.page.specific.slug_below(parent)
        cleaned: dict[str, Any] = super().clean()
        return cleaned
