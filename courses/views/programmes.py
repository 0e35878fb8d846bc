"""Programmes in the editor."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from courses.models import Programme


class SavedByHand:
    """Wagtail stores a snippet while somebody types. A programme shows at once: never half-typed."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.autosave_enabled = False


class ProgrammeCreateView(SavedByHand, CreateView):
    pass


class ProgrammeEditView(SavedByHand, EditView):
    pass


class ProgrammeViewSet(SnippetViewSet):
    model = Programme
    add_view_class = ProgrammeCreateView
    edit_view_class = ProgrammeEditView
    icon = "folder-open-inverse"
    menu_label = _("Programmes")
    menu_order = 240
    add_to_admin_menu = True
    list_display: ClassVar[list] = ["title", "outer_title"]
