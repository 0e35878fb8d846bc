"""The question bank in the editor."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from assessments.models import Phrase, Question
from assessments.views import bank, carrying
from assessments.views import graph as graph  # its address registers itself
from assessments.views.analysis import AnalysisReport, QuestionInspectView


class QuestionViewSet(SnippetViewSet):
    model = Question
    index_view_class = bank.QuestionIndexView
    add_view_class = bank.QuestionCreateView
    edit_view_class = bank.QuestionEditView
    copy_view_class = bank.QuestionCopyView
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
        bank.UseColumn("asked_times", label=_("Asked")),
        bank.LikeColumn("like", label=_("Nearly the same")),
    ]
    list_per_page = 50
    filterset_class = bank.QuestionFilterSet
    search_backend_name = None
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
        "picture_alt",
        "sound_words",
        "choices",
        "is_true",
        "pairs",
        "accepted",
        "slips",
        "value",
        "tolerance",
        "unit",
        "gives_parts",
        "reason",
        "is_critical",
        "difficulty",
        "competency",
        "tags",
        "family",
        "laws",
        "sources",
        "to_check",
        "version",
    ]


register_snippet(QuestionViewSet)


class PhraseViewSet(SnippetViewSet):
    model = Phrase
    icon = "openquote"
    menu_label = _("Phrases")
    menu_order = 260
    add_to_admin_menu = True
    list_display: ClassVar[list] = ["text", Column("get_level_display", label=_("fits the level"))]


register_snippet(PhraseViewSet)


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


@hooks.register("before_delete_snippet")
def keep_what_was_asked(request: HttpRequest, instances: Any) -> HttpResponse | None:
    return bank.keep_what_was_asked(request, instances)


@hooks.register("register_admin_urls")
def carrying_urls() -> list[Any]:
    return [
        path("soal/masuk/", carrying.take_in, name="questions_in"),
        path("soal/masuk/<uuid:import_id>/", carrying.show_import, name="questions_import"),
        path("soal/masuk/<uuid:import_id>/muat/", carrying.agree, name="questions_agree"),
        path("soal/templat/", carrying.template, name="questions_template"),
        path("soal/keluar/", carrying.take_out, name="questions_out"),
        path("soal/keluar/<int:module_id>/<str:form>/", carrying.download, name="questions_download"),
    ]
