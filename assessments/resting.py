"""The questions that rest on a law, for the report of the editor. Only reads."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models import Question
from courses import resting
from courses.resting import Resting


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


def register() -> None:
    """Called once at start-up."""
    resting.register_resting(questions)
