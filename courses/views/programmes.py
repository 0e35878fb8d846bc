"""Programmes in the editor."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from courses.models import Programme
from lms.kit.snippets import SavedByHand


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
