"""The question bank in the editor: its list, what is said after saving, and why a question cannot go."""

import json
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.snippets.views.snippets import CopyView, CreateView, EditView, IndexView

from assessments import twins, uses
from assessments.models import Question
from lms.kit.snippets import SavedByHand

MOST_WORDS = 8
SEARCHED = ("code", "stem", "reason", "written_choices", "written_pairs", "written_tags")


def listed(field: str) -> list[tuple[str, str]]:
    """Every word that a question names in this list, to choose from."""
    words = {word for found in Question.objects.values_list(field, flat=True) for word in found}
    return [(word, word) for word in sorted(words)]


class QuestionFilterSet(WagtailFilterSet):
    law = ChoiceFilter(label=_("Law"), choices=lambda: listed("laws"), method="naming")
    tag = ChoiceFilter(label=_("Tag"), choices=lambda: listed("tags"), method="naming")

    def naming(self, questions: Any, name: str, word: str) -> Any:
        """The questions that name this law (to look at when it changes, domain.md 3.9), or this tag."""
        field = {"law": "laws", "tag": "tags"}[name]
        written = questions.annotate(**{f"filtered_{field}": Cast(field, TextField())})
        return written.filter(**{f"filtered_{field}__icontains": json.dumps(word)})

    class Meta:
        model = Question
        fields: ClassVar[list[str]] = ["module", "kind", "use", "is_critical", "difficulty", "competency"]


class UseColumn(Column):
    """In how many exams, and how many times in all."""

    def get_value(self, instance: Any) -> str:
        if not instance.asked_times:
            return gettext("Not yet")
        exams = ngettext("in %(count)s exam", "in %(count)s exams", instance.asked_exams)
        times = ngettext("%(count)s time", "%(count)s times", instance.asked_times)
        return f"{exams % {'count': instance.asked_exams}}, {times % {'count': instance.asked_times}}"


class LikeColumn(Column):
    """Codes of questions of the module that say nearly the same."""

    def get_value(self, instance: Any) -> str:
        return ", ".join(getattr(instance, "like", ()))


class QuestionIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Question]:
        return uses.counted(super().get_base_queryset()).select_related("module")

    def search_queryset(self, queryset: QuerySet[Question]) -> QuerySet[Question]:
        """Every word somewhere in the question. Plain comparing: no sign of any keyboard can be wrong in it."""
        if not self.is_searching:
            return queryset
        found = queryset.annotate(
            written_choices=Cast("choices", TextField()),
            written_pairs=Cast("pairs", TextField()),
            written_tags=Cast("tags", TextField()),
        )
        for word in self.search_query.split()[:MOST_WORDS]:
            anywhere = Q()
            for field in SEARCHED:
                anywhere |= Q(**{f"{field}__icontains": word})
            found = found.filter(anywhere)
        return found

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """The questions of this page know their twins."""
        paginator, page, rows, is_paginated = super().paginate_queryset(queryset, page_size)
        rows = page.object_list = list(rows)
        near = twins.of(rows)
        for one in rows:
            one.like = near.get(one.code, ())
        return paginator, page, rows, is_paginated

    @property
    def header_buttons(self) -> list[Button]:
        buttons = list(super().header_buttons)
        if self.request.user.has_perms(["assessments.add_question", "assessments.change_question"]):
            buttons.append(
                HeaderButton(gettext("Take questions in"), url=reverse("questions_in"), icon_name="download")
            )
        buttons.append(HeaderButton(gettext("Take questions out"), url=reverse("questions_out"), icon_name="upload"))
        return buttons


class Compared(SavedByHand):
    """Saved by hand; says which questions ask nearly the same."""

    object: Question

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        near = twins.of([self.object]).get(self.object.code, ())
        if near:
            sentence = gettext("%(code)s says nearly the same as %(others)s. Put them into one family, or rest one.")
            messages.warning(self.request, sentence % {"code": self.object.code, "others": ", ".join(near)})
        return answer


class QuestionCreateView(Compared, CreateView):
    pass


class QuestionEditView(Compared, EditView):
    pass


class QuestionCopyView(SavedByHand, CopyView):
    pass


def keep_what_was_asked(request: HttpRequest, instances: Iterable[Any]) -> HttpResponse | None:
    """Called before questions are deleted, one or many: those that somebody was asked stay."""
    questions = [one for one in instances if isinstance(one, Question)]
    refusal = uses.refusal(questions)
    if not refusal:
        return None
    messages.error(request, refusal)
    return redirect(Question.snippet_viewset.get_url_name("list"))
