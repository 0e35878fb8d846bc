"""The questions that rest on a law, for the reports of the editor. Only reads."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models import Question
from courses import resting
from courses.resting import Due, Resting
from courses.rules import checklist


def questions() -> Iterable[Resting]:
    for question in Question.objects.select_related("module"):
        for law in question.laws:
            yield Resting(
                law=law,
                kind=_("question"),
                title=str(question),
                module=question.module.title if question.module else "",
                checked_on=question.checked_on,
                edit_url=reverse("wagtailsnippets_assessments_question:edit", args=[question.pk]),
            )


def due(today: date) -> Iterable[Due]:
    """Questions that rest on a law and that nobody checked within a year; the others change with no law."""
    is_due = Q(checked_on=None) | Q(checked_on__lt=today - checklist.CHECKED_FOR)
    for question in Question.objects.filter(is_due).exclude(laws=[]).select_related("module"):
        yield Due(
            kind=_("question"),
            title=str(question),
            module=question.module.title if question.module else "",
            laws=tuple(question.laws),
            checked_on=question.checked_on,
            checked_by=question.checked_by,
            is_live=question.module is not None and question.module.live,
            edit_url=reverse("wagtailsnippets_assessments_question:edit", args=[question.pk]),
        )


def register() -> None:
    """Called once at start-up."""
    resting.register_resting(questions, due)
