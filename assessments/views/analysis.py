"""What trainers read about their questions: the report, and the use of one question."""

from dataclasses import dataclass
from typing import Any, ClassVar

import django_filters
from django.template.defaultfilters import yesno
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import InspectView

from assessments import analysis
from assessments.analysis import Asked, Taken
from assessments.models import Attempt, ExamPage, Question
from assessments.rules.analysing import discrimination, upper_lower
from courses.models import ModulePage
from lms.kit import svg
from lms.kit.cells import plain
from lms.kit.words import Sentence

LINE = 18
WIDE = 110


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of the chart of choices; `y` and `wide` in pixels, `percent` of all who were asked."""

    letter: str
    text: str
    is_right: bool
    percent: int
    y: int
    wide: int


@dataclass(frozen=True, slots=True)
class Row:
    """A version of a question as pages and spreadsheets show it. Figures are None below the minimum of answers."""

    code: str
    version: int
    question: str
    module: str
    edit_url: str | None
    times: int
    answers: int
    percent: int | None
    discrimination: float | None
    upper_lower: float | None
    bars: tuple[Bar, ...]
    choices: str
    notes: tuple[str, ...]
    is_flagged: bool
    is_newest: bool

    @property
    def note_text(self) -> str:
        return " ".join(self.notes)

    @property
    def height(self) -> int:
        return LINE * len(self.bars)

    @property
    def right_bar(self) -> int:
        return round(WIDE * svg.bar(self.percent or 0, 100).done / 100)


def row_of(one: Asked) -> Row:
    p, r, d = one.tally.difficulty, discrimination(one.tally), upper_lower(one.tally)
    bars = tuple(_bar(one, taken, place) for place, taken in enumerate(one.taken)) if one.is_enough else ()
    return Row(
        code=one.item.code,
        version=one.item.version,
        question=one.item.ask,
        module=one.question.module.title if one.question and one.question.module else one.module_code.upper(),
        edit_url=_url(one.question, "inspect") if one.question else None,
        times=one.times,
        answers=one.tally.times,
        percent=round(100 * p) if p is not None and one.is_enough else None,
        discrimination=round(r, 2) if r is not None and one.is_enough else None,
        upper_lower=round(float(d), 2) if d is not None and one.is_enough else None,
        bars=bars,
        choices="; ".join(f"{bar.letter}{'*' if bar.is_right else ''} {bar.percent}%" for bar in bars),
        notes=tuple(found.sentence.render(gettext) for found in one.findings),
        is_flagged=one.is_flagged,
        is_newest=one.is_newest,
    )


def _bar(one: Asked, taken: Taken, place: int) -> Bar:
    share = svg.bar(taken.times, one.tally.times).done
    letter = taken.option.letter
    return Bar(
        letter=letter.render(gettext) if isinstance(letter, Sentence) else letter,
        text=taken.text,
        is_right=taken.option.is_right,
        percent=round(share),
        y=LINE * place,
        wide=round(WIDE * share / 100),
    )


def _url(question: Question, view: str) -> str:
    return reverse(Question.snippet_viewset.get_url_name(view), args=[question.pk])


def exams() -> list[tuple[str, str]]:
    """Exams that somebody handed in, by the title they have now."""
    keys = set(
        Attempt.objects.filter(handed_in_at__isnull=False).order_by().values_list("exam_key", flat=True).distinct()
    )
    pages = ExamPage.objects.filter(translation_key__in=keys).order_by("path")
    return [(str(page.translation_key), page.title) for page in pages]


def modules() -> list[tuple[str, str]]:
    return [(module.code, module.title) for module in ModulePage.objects.order_by("path")]


class AnalysisFilterSet(WagtailFilterSet):
    module_code = django_filters.ChoiceFilter(label=_("module"), choices=modules)
    exam_key = django_filters.ChoiceFilter(label=_("exam"), choices=exams)

    class Meta:
        model = Attempt
        fields: ClassVar[list[str]] = ["module_code", "exam_key"]


class FigureColumn(Column):
    """A cell drawn by a template of ours; the row is `instance`."""

    def __init__(self, name: str, template: str, **more: Any) -> None:
        super().__init__(name, **more)
        self.cell_template_name = f"assessments/admin/{template}"


class AnalysisReport(ReportView):
    """No name and no single answer: trainers of every place see the same figures of the one bank."""

    page_title = _("Questions to look at")
    header_icon = "help"
    permission_policy = ModelPermissionPolicy(Question)
    any_permission_required: ClassVar[list[str]] = ["add", "change"]
    template_name = "assessments/admin/analysis.html"
    index_url_name = "analysis_report"
    index_results_url_name = "analysis_report_results"
    filterset_class = AnalysisFilterSet
    export_filename = "soal-yang-perlu-dilihat"
    paginate_by = 25
    custom_value_preprocess: ClassVar[dict[Any, Any]] = {
        **ReportView.custom_value_preprocess,
        str: {ReportView.FORMAT_CSV: plain, ReportView.FORMAT_XLSX: plain},
    }
    export_headings: ClassVar[dict[str, Any]] = {
        "note_text": _("What to look at"),
        "code": _("code"),
        "version": _("version"),
        "question": _("question"),
        "module": _("module"),
        "times": _("times asked"),
        "answers": _("first answers"),
        "percent": _("right in percent"),
        "discrimination": _("tells apart (r, -1 to 1)"),
        "upper_lower": _("strong minus weak 27 % (-1 to 1)"),
        "choices": _("chosen (* is right)"),
    }
    list_export: ClassVar[list[str]] = list(export_headings)
    columns: ClassVar[list[Column]] = [
        TitleColumn("question", label=_("Question"), get_url=lambda row: row.edit_url),
        FigureColumn("notes", "notes_cell.html", label=_("What to look at")),
        FigureColumn("percent", "right_cell.html", label=_("Right")),
        FigureColumn("bars", "choices_cell.html", label=_("What is chosen")),
        Column("answers", label=_("First answers")),
        Column("times", label=_("Times asked")),
    ]

    def get_queryset(self) -> Any:
        return Attempt.objects.all()

    def get_filtered_queryset(self) -> list[Row]:
        return [row_of(one) for one in analysis.analyse(self.filter_queryset(self.get_queryset()))]


class QuestionInspectView(InspectView):
    """The question, and below it how it was used, version by version."""

    template_name = "assessments/admin/question_inspect.html"

    def get_is_true_display_value(self) -> str:
        return str(yesno(self.object.is_true, gettext("yes,no,–")))

    def get_laws_display_value(self) -> str:
        return ", ".join(self.object.laws)

    def get_tags_display_value(self) -> str:
        return ", ".join(self.object.tags)

    def get_accepted_display_value(self) -> str:
        return "; ".join(self.object.accepted)

    def get_gives_parts_display_value(self) -> str:
        return str(yesno(self.object.gives_parts, gettext("yes,no,–")))

    def get_sources_display_value(self) -> str:
        return ", ".join(self.object.sources)

    def get_is_critical_display_value(self) -> str:
        return str(yesno(self.object.is_critical, gettext("yes,no,–")))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = analysis.of_question(self.object)
        exams, times = analysis.use_of(versions)
        rows = [row_of(one) for one in versions]
        return {**super().get_context_data(**kwargs), "rows": rows, "asked_exams": exams, "asked_times": times}
