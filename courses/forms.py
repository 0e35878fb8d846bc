from django import forms

from lms.kit.forms import EntryForm


class LessonDoneForm(EntryForm):
    """She has read a lesson. Whether she skipped a story is nobody's business: it is not asked."""

    kind = "courses.lesson_done"

    step = forms.UUIDField(widget=forms.HiddenInput)
