"""Two reports of the editor: what is due for another look, and what rests on a law."""

from typing import Any, ClassVar

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from courses import resting
from courses.models import LessonPage, ModulePage
from lms.kit import clock
from lms.kit.cells import plain


class TrainerReport(ReportView):
    permission_policy = page_permission_policy
    any_permission_required: ClassVar[list[str]] = ["add", "change", "publish"]
    custom_value_preprocess: ClassVar[dict[Any, Any]] = {
        **ReportView.custom_value_preprocess,
        str: {ReportView.FORMAT_CSV: plain, ReportView.FORMAT_XLSX: plain},
    }


def modules() -> list[tuple[str, str]]:
    return [(title, title) for title in ModulePage.objects.order_by("path").values_list("title", flat=True)]


def kinds() -> list[tuple[str, str]]:
    return [(str(kind), str(kind)) for kind in dict.fromkeys(str(row.kind) for row in resting.due(clock.today()))]


class DueFilterSet(WagtailFilterSet):
    module = django_filters.ChoiceFilter(label=_("module"), choices=modules)
    kind = django_filters.ChoiceFilter(label=_("kind"), choices=kinds)
    live = django_filters.BooleanFilter(label=_("Published"))

    class Meta:
        model = LessonPage
        fields: ClassVar[list[str]] = []

    def filter_queryset(self, queryset: Any) -> Any:
        """Of plain rows: they come from several apps."""
        wanted = self.form.cleaned_data
        module, kind, live = wanted.get("module"), wanted.get("kind"), wanted.get("live")
        return [
            row
            for row in queryset
            if (not module or row.module == module)
            and (not kind or str(row.kind) == kind)
            and (live is None or row.is_live == live)
        ]


class DueReport(TrainerReport):
    page_title = _("To be checked again")
    header_icon = "time"
    verbose_name = verbose_name_plural = _("item")
    index_url_name = "due_report"
    index_results_url_name = "due_report_results"
    filterset_class = DueFilterSet
    export_filename = "perlu-diperiksa"
    list_export: ClassVar[list[str]] = ["title", "kind", "module", "checked_on", "checked_by", "law_list"]
    export_headings: ClassVar[dict[str, Any]] = {
        "title": _("title"),
        "kind": _("kind"),
        "module": _("module"),
        "checked_on": _("last checked on"),
        "checked_by": _("checked by"),
        "law_list": _("laws"),
    }
    columns: ClassVar[list[Column]] = [
        TitleColumn("title", label=_("title"), get_url=lambda row: row.edit_url),
        Column("kind", label=_("kind")),
        Column("module", label=_("module")),
        DateColumn("checked_on", label=_("last checked on")),
        Column("checked_by", label=_("checked by")),
        Column("law_list", label=_("laws")),
        BooleanColumn("is_live", label=_("Published")),
    ]

    def get_queryset(self) -> Any:
        return resting.due(clock.today())


def laws() -> list[tuple[str, str]]:
    return [(law, law) for law in dict.fromkeys(row.law for row in resting.by_law())]


class LawFilterSet(WagtailFilterSet):
    law = django_filters.ChoiceFilter(label=_("law"), choices=laws)

    class Meta:
        model = LessonPage
        fields: ClassVar[list[str]] = []

    def filter_queryset(self, queryset: Any) -> Any:
        """Of plain rows: they come from several apps."""
        law = self.form.cleaned_data.get("law")
        return [row for row in queryset if not law or row.law == law]


class LawReport(TrainerReport):
    page_title = _("What rests on a law")
    header_icon = "clipboard-list"
    verbose_name = verbose_name_plural = _("item")
    index_url_name = "law_report"
    index_results_url_name = "law_report_results"
    filterset_class = LawFilterSet
    export_filename = "dasar-hukum"
    list_export: ClassVar[list[str]] = ["law", "kind", "title", "module", "checked_on"]
    export_headings: ClassVar[dict[str, Any]] = {
        "law": _("law"),
        "kind": _("kind"),
        "title": _("title"),
        "module": _("module"),
        "checked_on": _("last checked on"),
    }
    columns: ClassVar[list[Column]] = [
        Column("law", label=_("law")),
        TitleColumn("title", label=_("title"), get_url=lambda row: row.edit_url),
        Column("kind", label=_("kind")),
        Column("module", label=_("module")),
        DateColumn("checked_on", label=_("last checked on")),
    ]

    def get_queryset(self) -> Any:
        return resting.by_law()
