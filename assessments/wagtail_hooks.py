"""The question bank in the editor."""

import json
from typing import Any, ClassVar

from django.db.models import TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CopyView, CreateView, EditView, SnippetViewSet

from assessments.models import Question
from assessments.views.analysis import AnalysisReport, QuestionInspectView


def law_tags() -> list[tuple[str, str]]:
    """Every law that a question names."""
    tags = {tag for laws in Question.objects.values_list("laws", flat=True) for tag in laws}
    return [(tag, tag) for tag in sorted(tags)]


class QuestionFilterSet(WagtailFilterSet):
    law = ChoiceFilter(label=_("Law"), choices=law_tags, method="resting_on")

    def resting_on(self, questions: Any, _name: str, tag: str) -> Any:
        """The questions that name this law: to look at when it changes (domain.md 3.9)."""
        written = questions.annotate(written_laws=Cast("laws", TextField()))
        return written.filter(written_laws__icontains=json.dumps(tag))

    class Meta:
        model = Question
        fields: ClassVar[list[str]] = ["module", "use", "kind", "is_critical"]


class SavedByHand:
    """Wagtail stores a snippet while somebody types. A question is asked as it is stored: never half-typed."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.autosave_enabled = False


class QuestionCreateView(SavedByHand, CreateView):
    pass


class QuestionEditView(SavedByHand, EditView):
    pass


class QuestionCopyView(SavedByHand, CopyView):
    pass


class QuestionViewSet(SnippetViewSet):
    model = Question
    add_view_class = QuestionCreateView
    edit_view_class = QuestionEditView
    copy_view_class = QuestionCopyView
    inspect_view_class = QuestionInspectView
    icon = "help"
    menu_label = _("Question bank")
    menu_order = 250
    add_to_admin_menu = True
    list_display: ClassVar[list] = [
        "code",
        Column("ask", label=_("Question")),
        Column("get_kind_display", label=_("kind of question")),
        Column("get_use_display", label=_("used in")),
        BooleanColumn("is_critical", label=_("Safety question")),
        "lesson",
        "version",
    ]
    list_per_page = 50
    filterset_class = QuestionFilterSet
    search_fields: ClassVar[list[str]] = ["code", "stem"]
    ordering: ClassVar[list[str]] = ["module", "place", "code"]
    copy_view_enabled = True
    inspect_view_enabled = True
    inspect_view_fields: ClassVar[list[str]] = [
        "code",
        "module",
        "lesson",
        "use",
        "kind",
        "stem",
        "choices",
        "is_true",
        "reason",
        "is_critical",
        "family",
        "laws",
        "sources",
        "to_check",
        "version",
    ]


register_snippet(QuestionViewSet)


class AnalysisItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("assessments.change_question"))


@hooks.register("register_reports_menu_item")
def analysis_item() -> MenuItem:
    return AnalysisItem(
        _("Questions to look at"), reverse("analysis_report"), name="analysis", icon_name="help", order=30
    )


@hooks.register("register_admin_urls")
def analysis_urls() -> list[Any]:
    return [
        path("reports/soal/", AnalysisReport.as_view(), name="analysis_report"),
        path("reports/soal/results/", AnalysisReport.as_view(results_only=True), name="analysis_report_results"),
    ]
