"""The question bank in the editor."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from assessments.models import Question


class QuestionFilterSet(WagtailFilterSet):
    class Meta:
        model = Question
        fields: ClassVar[list[str]] = ["module", "use", "kind", "is_critical"]


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = _("Question bank")
    menu_order = 250
    add_to_admin_menu = True
    list_display: ClassVar[list] = [
        "code",
        "ask",
        "get_kind_display",
        "get_use_display",
        BooleanColumn("is_critical", label=_("Safety question")),
        "lesson",
        "version",
    ]
    list_per_page = 50
    filterset_class = QuestionFilterSet
    search_fields: ClassVar[list[str]] = ["code", "stem"]
    ordering: ClassVar[list[str]] = ["module", "place", "code"]
    copy_view_enabled = True
    inspect_view_enabled = False


register_snippet(QuestionViewSet)
