"""The library in the editor."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, SnippetViewSet

from lms.kit import clock
from lms.kit.snippets import SavedByHand
from lms.library import shelving
from lms.library.forms import ResourceForm
from lms.library.models import Resource


class Shelved(SavedByHand):
    """One action stores what was written."""

    def save_instance(self) -> Resource:
        form: Any = self.form  # type: ignore[attr-defined]
        by: Any = self.request.user  # type: ignore[attr-defined]
        return shelving.keep(resource=form.instance, file=form.checked_file, by=by, now=clock.now())


class ResourceCreateView(Shelved, CreateView):
    pass


class ResourceEditView(Shelved, EditView):
    pass


class ResourceDeleteView(DeleteView):
    def delete_action(self) -> None:
        shelving.remove(resource=self.object, by=self.request.user, now=clock.now())


def together(heading: Any, *names: str) -> MultiFieldPanel:
    return MultiFieldPanel([FieldPanel(name) for name in names], heading=heading)


PANELS = [
    FieldPanel("title"),
    FieldPanel("outer_title"),
    FieldPanel("text"),
    together(_("What it is"), "kind", "language", "author", "year", "licence", "tags"),
    together(_("How to get it"), "upload", "place", "is_public"),
    together(_("Checked"), "checked_on", "checked_by"),
]


class ResourceViewSet(SnippetViewSet):
    model = Resource
    add_view_class = ResourceCreateView
    edit_view_class = ResourceEditView
    delete_view_class = ResourceDeleteView
    copy_view_enabled = False
    icon = "folder-open-1"
    menu_label = _("Library")
    menu_order = 257
    add_to_admin_menu = True
    list_per_page = 50
    list_display: ClassVar[list[Any]] = [
        "title",
        Column("get_kind_display", label=_("Kind")),
        Column("form", label=_("File")),
        BooleanColumn("is_public", label=_("Visitors see it")),
        "checked_on",
    ]
    list_filter: ClassVar[list[str]] = ["kind", "language", "is_public"]
    search_fields: ClassVar[list[str]] = ["title", "author", "tags"]
    edit_handler = ObjectList(PANELS, base_form_class=ResourceForm)


register_snippet(ResourceViewSet)


@hooks.register("before_bulk_action")
def remove_each(request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any) -> None:
    """Several at once go the same way as one: with their files, and with a line in the trail for each."""
    by: Any = request.user
    if action_type == "delete" and action.model is Resource:
        for resource in objects:
            shelving.remove(resource=resource, by=by, now=clock.now())
