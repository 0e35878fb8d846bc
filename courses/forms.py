from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from courses.rules import CoursePlan
from lms.kit.forms import EntryForm


class LessonDoneForm(EntryForm):
    """She has read a lesson. Whether she skipped a story is nobody's business: it is not asked."""

    kind = "courses.lesson_done"

    step = forms.UUIDField(widget=forms.HiddenInput)


class EnrolForm(forms.Form):
    """Which course she begins."""

    course = forms.TypedChoiceField(coerce=UUID)

    def __init__(self, data: Any = None, *, courses: Iterable[CoursePlan]) -> None:
        super().__init__(data)
        self.fields["course"].choices = [(str(course.key), course.title) for course in courses]  # type: ignore[attr-defined]
